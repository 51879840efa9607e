import type { ImportProblem, ImportSheet } from '../../shared/api.ts';
import type { Unit } from '../../shared/unit.ts';
import type { NewCoverage } from '../../db/types.ts';
import { blocksOf } from './block.ts';
import { contradictionPrint, fingerprint } from './fingerprint.ts';
import type { DayHours } from './hours.ts';
import { isOwnNotes } from './own-notes.ts';
import { problem } from './problem.ts';
import { cellName, type Sheet } from './sheet.ts';
import type { Draft, Staged, StagedContradiction, StagedRecord } from './staged.ts';
import { judgeTable, type Table, type Taken } from './table.ts';
import { UnitFinder } from './units.ts';
import { shippedVocabulary, type Vocabulary } from './vocabulary.ts';

export type JudgeContext = {
  readonly units: readonly Unit[];
  /** Set by hand: a unit's code, a year, first and last month (`YYYY-MM`). */
  readonly options: {
    readonly unit?: string | undefined;
    readonly year?: number | undefined;
    readonly from?: string | undefined;
    readonly to?: string | undefined;
  };
  /** The day of the check, ISO: a year that is not over reaches to its last dated row. */
  readonly today: string;
  /** The shipped one, where the centre has taught nothing. */
  readonly vocabulary?: Vocabulary;
  /** What half a day and a day are in hours; unknown where it is not set. */
  readonly dayHours?: DayHours | undefined;
};

export type Judgement = {
  readonly sheets: ImportSheet[];
  readonly problems: ImportProblem[];
  readonly staged: Staged;
};

/**
 * Cells to records and problems, without clock or database: good rows are staged, bad ones are listed with their cell,
 * and every sheet is accounted for.
 * @param files the sheets of each file, in the order in which they were sent
 */
export function judge(files: readonly (readonly Sheet[])[], context: JudgeContext): Judgement {
  const { vocabulary = shippedVocabulary } = context;
  const finder = new UnitFinder(context.units, vocabulary.aliases);
  const content = new Content();
  const sheets: ImportSheet[] = [];
  const problems: ImportProblem[] = [];
  const coverage: NewCoverage[] = [];
  files.forEach((file, f) =>
    file.forEach((sheet, s) => {
      const unread = reasonUnread(sheet, file);
      if ((sheet.rows.length === 0 && !unread) || isOwnNotes(sheet)) return;
      const blocks = unread ? [] : blocksOf(sheet, vocabulary);
      if (blocks.length === 0) {
        problems.push(
          problem({ file: sheet.file, sheet: sheet.name }, 'sheet.unrecognised', unread ?? noLedger),
        );
        sheets.push(unrecognised(sheet));
      }
      for (const block of blocks) {
        const table = judgeTable(sheet, block, {
          finder,
          vocabulary,
          stated: context.options,
          today: context.today,
          dayHours: context.dayHours,
          fileNo: f + 1,
          sheetNo: s + 1,
        });
        const found = content.take(table);
        sheets.push(found.sheet);
        // One by one: what is spread into a call has to lie on the stack, and a ledger may be long.
        for (const p of inOrder([...table.problems, ...found.problems])) problems.push(p);
        for (const c of table.coverage) coverage.push(c);
      }
    }),
  );
  return {
    sheets,
    problems,
    staged: { records: content.records, contradictions: content.contradictions, coverage: merged(coverage) },
  };
}

const noLedger = { zh: '不是台账，未读', en: 'no ledger was recognised here; it was not read' };

function reasonUnread(sheet: Sheet, file: readonly Sheet[]): { zh: string; en: string } | null {
  if (sheet.hidden)
    return {
      zh: `“${sheet.name}”是隐藏的工作表，未读`,
      en: `"${sheet.name}" is a hidden sheet and was not read`,
    };
  return file.every((s) => s.rows.length === 0) && sheet === file[0]
    ? { zh: '没有内容', en: 'there is nothing in it' }
    : null;
}

const unrecognised = ({ file, name }: Sheet): ImportSheet => ({
  file,
  sheet: name,
  ledger: null,
  unit: null,
  from: null,
  to: null,
  rows: 0,
  accepted: 0,
  rejected: 0,
  unknown: 0,
  duplicates: 0,
});

/** By row and cell, what is of the whole sheet first. */
const inOrder = (problems: ImportProblem[]): ImportProblem[] =>
  problems
    .map((p, i) => ({ p, i }))
    .sort((a, b) => (a.p.row ?? 0) - (b.p.row ?? 0) || a.i - b.i)
    .map(({ p }) => p);

const merged = (coverage: readonly NewCoverage[]): NewCoverage[] => [
  ...new Map(coverage.map((c) => [`${c.unit} ${c.family} ${c.from_month} ${c.to_month}`, c])).values(),
];

/** All content of one import: the same content twice is stored once, and the second is a contradiction. */
class Content {
  readonly records: StagedRecord[] = [];
  readonly contradictions: StagedContradiction[] = [];
  private readonly first = new Map<string, Taken>();
  private readonly times = new Map<string, number>();

  take(table: Table): { sheet: ImportSheet; problems: ImportProblem[] } {
    const problems: ImportProblem[] = [];
    let accepted = 0;
    let unknown = 0;
    for (const row of table.taken) {
      const content = contentOf(row);
      const print = fingerprint(content);
      const twin = this.first.get(print);
      if (twin) {
        problems.push(doubled(row, twin));
        this.contradict(
          {
            ...sourceOf(row),
            family: row.draft.family,
            title: row.draft.title,
            code: 'duplicate',
            cell: cellName(0, row.row - 1),
            value: null,
          },
          print,
        );
        continue;
      }
      this.first.set(print, row);
      accepted++;
      if (row.draft.unknown) unknown++;
      this.records.push({ ...sourceOf(row), ...row.draft, fingerprint: print } as StagedRecord);
    }
    for (const found of table.contradictions)
      this.contradict(
        found,
        fingerprint([found.unit, found.family, found.date, found.title, found.value, unnumbered(found.raw)]),
      );
    const duplicates = table.taken.length - accepted;
    return { sheet: { ...table.sheet, accepted, unknown, duplicates }, problems };
  }

  private contradict(found: Omit<StagedContradiction, 'fingerprint'>, content: string): void {
    const key = `${found.code} ${content}`;
    const n = (this.times.get(key) ?? 0) + 1;
    this.times.set(key, n);
    this.contradictions.push({ ...found, fingerprint: contradictionPrint(found.code, content, n) });
  }
}

type Said = Pick<Taken, 'unit' | 'date'> & {
  readonly draft: Pick<Draft, 'family' | 'title' | 'kinds'> & { readonly figures: object };
};

/** What a record says, wherever it was written: the same event twice has the same content. */
export const contentOf = ({ unit, date, draft }: Said): unknown => [
  unit,
  draft.family,
  date,
  draft.title,
  draft.kinds,
  Object.entries(draft.figures)
    // Rows without an extension are known from before extensions were kept.
    .filter(([key, value]) => key !== 'extended_to' || value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1)),
];

const sourceOf = ({ fileNo, sheetNo, file, sheet, row, raw, unit, date }: Taken): Omit<Taken, 'draft'> => ({
  fileNo,
  sheetNo,
  file,
  sheet,
  row,
  raw,
  unit,
  date,
});

/** A row's cells without a running number in front: that may change when the ledger is copied. */
const unnumbered = (raw: string): string => raw.replace(/^\["\d{0,4}",/, '[');

const doubled = (row: Taken, twin: Taken): ImportProblem =>
  problem({ file: row.file, sheet: row.sheet, row: row.row - 1, column: 0 }, 'duplicate', {
    zh: `与 ${twin.file}“${twin.sheet}”第 ${twin.row} 行相同，只计一次`,
    en: `the same as row ${twin.row} of ${twin.sheet} in ${twin.file}; counted once`,
  });
