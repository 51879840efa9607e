import { ledgerColumns, type Column } from '../../shared/fields.ts';
import type { VocabularyDraft } from '../../shared/imports.ts';
import { families, type Family } from '../../shared/kinds.ts';
import { columnOf, hasLetter, kindsOf, type KindScope } from '../../shared/vocabulary.ts';
import { Remembered } from './remembered.ts';
import { bare } from './text.ts';

export type KindReading =
  | { readonly is: 'kinds'; readonly codes: readonly string[] }
  | { readonly is: 'blank' }
  | { readonly is: 'unknown'; readonly word: string };

/** A heading's column; a lower rank is read first where two columns of a sheet are of one key. */
export type KnownHeading = { readonly column: Column; readonly rank: number };
export type KindWords = {
  /** Words as `foldedWord` makes them, and the codes that they mean. */
  readonly known: ReadonlyMap<string, string>;
  readonly taught: ReadonlyMap<string, string>;
  /** Words that are looked for within a title. */
  readonly titles: readonly (readonly [word: string, code: string])[];
  readonly readings: Remembered<KindReading>;
};
export type TaughtAlias = { readonly word: string; readonly unit: string };

/** All words by which headings, kinds and units are known: the shipped ones and those that the centre has taught. */
export type Vocabulary = {
  readonly headings: Readonly<Record<Family, ReadonlyMap<string, KnownHeading>>>;
  /** Of whichever ledger. */
  readonly everyHeading: ReadonlySet<string>;
  readonly kinds: Readonly<Record<KindScope, KindWords>>;
  readonly aliases: readonly TaughtAlias[];
};

/** A person has said what it means: it is read before the words that are only usual. */
export const TAUGHT_RANK = -1;

/** The word as it is compared and kept. */
export const foldedWord = (what: VocabularyDraft['what'], word: string): string =>
  what === 'kind' ? bare(word).toLowerCase() : bare(word);

const longestWord = 100;
/** Can it be a word: does it hold a letter, and is it short enough to be kept? */
export function canBeTaught(what: VocabularyDraft['what'], word: string): boolean {
  const folded = foldedWord(what, word);
  return hasLetter(folded) && word.trim().length <= longestWord && folded.length <= longestWord;
}

/** @param taught a meaning that is none (any more) is passed over, and the shipped words hold */
export function vocabularyOf(taught: readonly VocabularyDraft[]): Vocabulary {
  const of = (what: VocabularyDraft['what'], scope: string): VocabularyDraft[] =>
    taught.filter((word) => word.what === what && word.scope === scope);
  const headings = Object.fromEntries(
    families.map((family) => [family, headingsOf(family, of('heading', family))]),
  ) as Record<Family, ReadonlyMap<string, KnownHeading>>;
  return {
    headings,
    everyHeading: new Set(families.flatMap((family) => [...headings[family].keys()])),
    kinds: {
      activity: kindWords('activity', of('kind', 'activity')),
      visit: kindWords('visit', of('kind', 'visit')),
    },
    aliases: of('unit', '').map(({ word, means }) => ({ word: foldedWord('unit', word), unit: means })),
  };
}

function headingsOf(family: Family, taught: readonly VocabularyDraft[]): ReadonlyMap<string, KnownHeading> {
  // Reversed: of two columns with the same word the first in the list has it.
  const shipped = [...ledgerColumns[family]]
    .reverse()
    .flatMap((column) => column.headings.map((word, rank) => [bare(word), { column, rank }] as const));
  const said = taught.flatMap(({ word, means }) => {
    const column = columnOf(family, means);
    return column ? [[foldedWord('heading', word), { column, rank: TAUGHT_RANK }] as const] : [];
  });
  return new Map([...shipped, ...said]);
}

function kindWords(scope: KindScope, drafts: readonly VocabularyDraft[]): KindWords {
  const shipped = kindsOf(scope).flatMap((kind) =>
    [kind.name.zh, kind.name.en, kind.code, ...kind.synonyms].map(
      (word) => [foldedWord('kind', word), kind.code] as const,
    ),
  );
  const codes = new Set(kindsOf(scope).map((kind) => kind.code));
  const taught = new Map(
    drafts.flatMap(({ word, means }) =>
      codes.has(means) ? [[foldedWord('kind', word), means] as const] : [],
    ),
  );
  const known = new Map([...shipped, ...taught]);
  return {
    known,
    taught,
    // A word taught for cells (`会议`) may stand in any title by chance: there only the shipped ones are looked for.
    titles: [...new Map(shipped)].map(([word, code]) => [word, known.get(word) ?? code] as const),
    readings: new Remembered(),
  };
}

/** What is known without having been taught anything. */
export const shippedVocabulary: Vocabulary = vocabularyOf([]);
