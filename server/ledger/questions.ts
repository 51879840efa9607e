import type { ImportProblem } from '../../shared/api.ts';
import type { ImportQuestion, VocabularyDraft } from '../../shared/imports.ts';
import type { Unit } from '../../shared/unit.ts';
import { columnOf, isFamily, isKindScope } from '../../shared/vocabulary.ts';
import { Nearest, type Worded } from './nearest.ts';
import { UnitFinder } from './units.ts';
import { canBeTaught, foldedWord, type Vocabulary } from './vocabulary.ts';

// Nobody answers more; what is past it is no word but free text in the wrong column.
const mostKept = 2000;
const mostAsked = 200;

const asks: Partial<Record<ImportProblem['code'], VocabularyDraft['what']>> = {
  'heading.unknown': 'heading',
  'kind.unknown': 'kind',
  'unit.unknown': 'unit',
};

type Asked = Omit<ImportQuestion, 'candidates'>;

/** Gathers from an import's problems, one by one, what a person could say once: each word is asked about once. */
export class Questions {
  private readonly asked = new Map<string, Asked>();
  private readonly finder: UnitFinder;
  private readonly near = new Map<string, Nearest>();

  constructor(
    private readonly vocabulary: Vocabulary,
    units: readonly Unit[],
  ) {
    this.finder = new UnitFinder(units, vocabulary.aliases);
  }

  /**
   * @param ledger of the table in which the problem was found; null where it has none
   * @param rows that wait for the answer: of a heading those that fill its column. Nothing is asked for none
   */
  add(problem: ImportProblem, ledger: string | null, rows = 1): void {
    const what = asks[problem.code];
    if (what === undefined || problem.value === null || rows === 0) return;
    // A ledger without a column of kinds is warned of, and has no word to ask about.
    if (what === 'kind' && problem.severity !== 'error') return;
    const scope = what === 'unit' ? '' : ledger;
    const isScope = what === 'unit' || (scope !== null && (what === 'kind' ? isKindScope : isFamily)(scope));
    if (scope === null || !isScope || !canBeTaught(what, problem.value)) return;
    const key = `${what} ${scope} ${foldedWord(what, problem.value)}`;
    const known = this.asked.get(key);
    if (known) known.rows += rows;
    else if (this.asked.size < mostKept)
      this.asked.set(key, {
        what,
        scope,
        word: problem.value.trim(),
        rows,
        file: problem.file,
        sheet: problem.sheet ?? '',
        cell: problem.cell,
      });
  }

  /** The questions for which most rows wait first; as they were found where as many do. */
  list(): ImportQuestion[] {
    return [...this.asked.values()]
      .sort((a, b) => b.rows - a.rows)
      .slice(0, mostAsked)
      .map((asked) => ({ ...asked, candidates: this.candidates(asked) }));
  }

  private candidates({ what, scope, word }: Asked): string[] {
    const found = what === 'unit' ? this.finder.named(word) : null;
    if (found?.is === 'several') return found.units.map((unit) => unit.code);
    const key = `${what} ${scope}`;
    const near = this.near.get(key) ?? new Nearest(this.meanings(what, scope));
    this.near.set(key, near);
    return near.to(word);
  }

  /** All that a word can mean, with the words that are known to mean it. */
  private meanings(what: Asked['what'], scope: string): Worded[] {
    if (what === 'unit') return this.finder.units.map(({ code, name }) => ({ code, words: [name] }));
    const { headings, kinds } = this.vocabulary;
    if (what === 'heading') {
      const known = isFamily(scope)
        ? [...headings[scope]].filter(([, { column }]) => columnOf(scope, column.key))
        : [];
      return wordsByCode(known.map(([word, { column }]) => [word, column.key]));
    }
    return isKindScope(scope) ? wordsByCode([...kinds[scope].known]) : [];
  }
}

function wordsByCode(known: readonly (readonly [word: string, code: string])[]): Worded[] {
  const words = new Map<string, string[]>();
  for (const [word, code] of known) words.set(code, [...(words.get(code) ?? []), word]);
  return [...words].map(([code, of]) => ({ code, words: of }));
}

/** The questions that an import's problems come to. @param ledgerOf the ledger of the table that a problem is of */
export function questionsOf(
  problems: readonly ImportProblem[],
  known: {
    readonly ledgerOf: (problem: ImportProblem) => string | null;
    readonly vocabulary: Vocabulary;
    readonly units: readonly Unit[];
  },
): ImportQuestion[] {
  const questions = new Questions(known.vocabulary, known.units);
  for (const problem of problems) questions.add(problem, known.ledgerOf(problem));
  return questions.list();
}
