import type { ImportProblem, ImportSheet } from '../../shared/api.ts';
import type { TableChoice } from '../../shared/imports.ts';
import type { Family } from '../../shared/kinds.ts';
import type { Unit } from '../../shared/unit.ts';
import type { NewCoverage } from '../../db/types.ts';
import { blockLines } from './block.ts';
import { Content, doubling } from './content.ts';
import type { Headed, Header } from './header.ts';
import type { DayHours } from './hours.ts';
import { notesNames, isOwnNotes } from './own-notes.ts';
import { problem } from './problem.ts';
import type { LedgerFile } from './read.ts';
import type { Sheet } from './sheet.ts';
import type { StagedContradiction, StagedRecord } from './staged.ts';
import { besideLine, TableJudge, type Line, type Taken } from './table.ts';
import { UnitFinder } from './units.ts';
import { damaged, Unreadable } from './unreadable.ts';
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
  /** The same of single tables, by their key; it holds over the options. */
  readonly tables?: ReadonlyMap<string, TableChoice>;
  /** The day of the check, ISO: a year that is not over reaches to its last dated row. */
  readonly today: string;
  /** The shipped one, where the centre has taught nothing. */
  readonly vocabulary?: Vocabulary;
  /** What half a day and a day are in hours; unknown where it is not set. */
  readonly dayHours?: DayHours | undefined;
};

/** A table as it begins. */
export type TableStart = {
  /** `1-2-5`: file, sheet and row of the header, each from 1. */
  readonly key: string;
  readonly file: string;
  readonly sheet: string;
  readonly ledger: Family;
  readonly header: { readonly from: number; readonly to: number };
  readonly columns: readonly Headed[];
};

/** What is met on the way through the files, in their order; `table` counts from 1, sheets that are no ledger among them. */
export type Found =
  | { readonly is: 'table'; readonly table: number; readonly start: TableStart }
  | {
      readonly is: 'line';
      readonly table: number;
      readonly line: Line;
      readonly record: StagedRecord | null;
      readonly twin: string | null;
    }
  | {
      readonly is: 'end';
      readonly table: number;
      readonly sheet: ImportSheet;
      readonly coverage: readonly NewCoverage[];
    }
  | { readonly is: 'problem'; readonly problem: ImportProblem }
  | { readonly is: 'contradiction'; readonly contradiction: StagedContradiction };

/** A file turned out to be unreadable after rows of it were met: all is to be judged again without it. */
export class Broken extends Error {
  constructor(
    readonly fileNo: number,
    readonly problem: ImportProblem,
  ) {
    super(problem.message.en);
    this.name = 'Broken';
  }
}

/**
 * Cells to records and problems, without clock or database: good rows are taken, bad ones are listed with their cell,
 * and every sheet is accounted for. Files are given one after the other; rows come and go, and nothing is held but what
 * tells a row that stands twice.
 */
export class Judging {
  private readonly way: Way;
  private fileNo = 0;

  constructor(context: JudgeContext) {
    const { vocabulary = shippedVocabulary } = context;
    const finder = new UnitFinder(context.units, vocabulary.aliases);
    this.way = { finder, vocabulary, content: new Content(), context, tables: 0 };
  }

  /**
   * @param refused why the file is known to be unreadable
   * @throws Broken where it turns out so after rows of it were met
   */
  *file(file: LedgerFile, refused?: ImportProblem): Generator<Found> {
    const fileNo = ++this.fileNo;
    if (refused) {
      yield { is: 'problem', problem: refused };
      return;
    }
    let met = false;
    try {
      for (const found of judgeFile(file, fileNo, this.way)) {
        met = true;
        yield found;
      }
    } catch (error) {
      const refusal = refusalOf(file.name, error);
      if (met) throw new Broken(fileNo, refusal);
      yield { is: 'problem', problem: refusal };
    }
  }
}

type Way = {
  readonly finder: UnitFinder;
  readonly vocabulary: Vocabulary;
  readonly content: Content;
  readonly context: JudgeContext;
  tables: number;
};

function refusalOf(file: string, error: unknown): ImportProblem {
  const { code, zh, en } =
    error instanceof Unreadable
      ? error
      : damaged('文件损坏或不是台账', 'the file is damaged, or is no ledger');
  return problem({ file, sheet: null }, code, { zh, en });
}

function* judgeFile(file: LedgerFile, fileNo: number, way: Way): Generator<Found> {
  let sheetNo = 0;
  let isEmpty = true;
  let first: Sheet | null = null;
  for (const opened of file.sheets()) {
    // A file in a folder or a zip is known by its whole name.
    const sheet = { ...opened, file: file.name };
    first ??= sheet;
    sheetNo++;
    for (const found of sheet.hidden
      ? unread(sheet, hidden(sheet.name), way)
      : judgeSheet(sheet, { fileNo, sheetNo }, way)) {
      isEmpty = false;
      yield found;
    }
  }
  if (isEmpty && first) yield* unread(first, { zh: '没有内容', en: 'there is nothing in it' }, way);
}

const hidden = (name: string): { zh: string; en: string } => ({
  zh: `“${name}”是隐藏的工作表，未读`,
  en: `"${name}" is a hidden sheet and was not read`,
});
const noLedger = { zh: '不是台账，未读', en: 'no ledger was recognised here; it was not read' };

function* unread({ file, name }: Sheet, why: { zh: string; en: string }, way: Way): Generator<Found> {
  yield { is: 'problem', problem: problem({ file, sheet: name }, 'sheet.unrecognised', why) };
  const none = { ledger: null, unit: null, from: null, to: null };
  const counts = { rows: 0, accepted: 0, rejected: 0, unknown: 0, duplicates: 0 };
  yield { is: 'end', table: ++way.tables, sheet: { file, sheet: name, ...none, ...counts }, coverage: [] };
}

type At = { readonly fileNo: number; readonly sheetNo: number };

function* judgeSheet(sheet: Sheet, at: At, way: Way): Generator<Found> {
  const rows = notesNames.includes(sheet.name) ? [...sheet.rows] : sheet.rows;
  if (Array.isArray(rows) && isOwnNotes(sheet.name, rows)) return;
  const counted = new Counted(rows);
  let open: OpenTable | null = null;
  for (const step of blockLines({ ...sheet, rows: counted }, way.vocabulary)) {
    if (step.is === 'begin') {
      if (open) yield* endOf(open, way);
      const key = `${at.fileNo}-${at.sheetNo}-${step.header.from + 1}`;
      const { tables, options, today, dayHours } = way.context;
      const stated = { ...options, ...tables?.get(key) };
      const judged = new TableJudge(sheet, step, {
        finder: way.finder,
        vocabulary: way.vocabulary,
        stated,
        today,
        dayHours,
        ...at,
      });
      open = { judged, table: ++way.tables, accepted: 0, unknown: 0, duplicates: 0 };
      yield { is: 'table', table: open.table, start: startOf(sheet, step.header, key) };
      for (const p of judged.problems) yield { is: 'problem', problem: p };
      for (const row of step.above) yield lineOf(open.table, besideLine(row));
    } else if (open) {
      const line = step.is === 'header' ? besideLine(step.row, 'header') : open.judged.line(step.row);
      const { found, contradictions } = take(open, line, way);
      yield found;
      for (const contradiction of contradictions) yield { is: 'contradiction', contradiction };
    }
  }
  if (open) yield* endOf(open, way);
  else if (counted.rows > 0) yield* unread(sheet, noLedger, way);
}

type OpenTable = {
  readonly judged: TableJudge;
  readonly table: number;
  accepted: number;
  unknown: number;
  duplicates: number;
};

/** Rows, and how many there were. */
class Counted implements Iterable<Sheet['rows'] extends Iterable<infer R> ? R : never> {
  rows = 0;
  constructor(private readonly of: Sheet['rows']) {}

  *[Symbol.iterator]() {
    for (const row of this.of) {
      this.rows++;
      yield row;
    }
  }
}

const startOf = (sheet: Sheet, header: Header, key: string): TableStart => ({
  ledger: header.family,
  key,
  file: sheet.file,
  sheet: sheet.name,
  header: { from: header.from + 1, to: header.to + 1 },
  columns: header.columns,
});

const lineOf = (table: number, line: Line): Found => ({ is: 'line', table, line, record: null, twin: null });

/** A line with its record, unless the same content was met before. */
function take(
  open: OpenTable,
  line: Line,
  { content }: Way,
): { found: Found; contradictions: readonly StagedContradiction[] } {
  const { table } = open;
  const contradictions = line.contradictions.map((c) => content.contradict(c));
  if (!line.taken) return { found: lineOf(table, line), contradictions };
  const { record, twin } = content.take(line.taken);
  if (twin === null) {
    open.accepted++;
    if (record.unknown) open.unknown++;
    return { found: { is: 'line', table, line, record, twin }, contradictions };
  }
  open.duplicates++;
  const said = { ...line, problems: [...line.problems, doubled(line.taken, twin)] };
  return {
    found: { is: 'line', table, line: said, record: null, twin },
    contradictions: [content.contradict(doubling(line.taken), record.fingerprint)],
  };
}

function* endOf(
  { judged, table, accepted, unknown, duplicates }: OpenTable,
  { content }: Way,
): Generator<Found> {
  const { sheet, contradictions, coverage } = judged.end();
  for (const c of contradictions) yield { is: 'contradiction', contradiction: content.contradict(c) };
  yield { is: 'end', table, sheet: { ...sheet, accepted, unknown, duplicates }, coverage };
}

function doubled(row: Taken, twin: string): ImportProblem {
  const [file = '', sheet = '', line = ''] = twin.split('\n');
  return problem({ file: row.file, sheet: row.sheet, row: row.row - 1, column: 0 }, 'duplicate', {
    zh: `与 ${file}“${sheet}”第 ${line} 行相同，只计一次`,
    en: `the same as row ${line} of ${sheet} in ${file}; counted once`,
  });
}
