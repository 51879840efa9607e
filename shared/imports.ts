import { z } from 'zod';
import { importProblem, importSheet, problemCodes } from './api.ts';
import { twinChoices, vocabularyKinds } from './codes.ts';
import { date } from './query.ts';
import { families } from './kinds.ts';
import { isMonth } from './period.ts';
import { printable } from './text.ts';

/**
 * An import on its way in: what the preview shows, what a person chooses in it, how far it is.
 */
const text = z.object({ zh: z.string(), en: z.string() });
const month = z.string().refine(isMonth, 'is not a month (YYYY-MM)');

/** `checking`: its files are being read; `checked`: it waits for a commit. */
export const importStatuses = ['checking', 'checked', 'committed', 'undone', 'dropped'] as const;

/** What a long piece of work is at. `of` is null where the end is not known yet. */
export const importProgress = z.object({
  phase: z.enum(['waiting', 'reading', 'judging', 'storing', 'undoing', 'comparing']),
  /** Rows done; bytes while a file is being unpacked. */
  done: z.int(),
  of: z.int().nullable(),
});
export type ImportProgress = z.infer<typeof importProgress>;

/** One table of a sheet, with its number in the import, counted from 1 through the report's tables. */
export const importTable = importSheet.extend({
  /** Stays the same when the import is checked again: file, sheet and row of the header. `1-2-5`. */
  key: z.string(),
  /** The header's rows, counted from 1; null where none was recognised. */
  header: z.object({ from: z.int(), to: z.int() }).nullable(),
  /** Headings in the order of the columns. `key` is null where the heading is not known. */
  columns: z.array(
    z.object({ at: z.int(), heading: z.string(), key: z.string().nullable(), label: text.nullable() }),
  ),
  /** Lines of the sheet that belong to the table, its totals and notes among them. */
  lines: z.int(),
});
export type ImportTable = z.infer<typeof importTable>;

/** What the reader does not know and a person can say once. */
export const importQuestion = z.object({
  what: z.enum(vocabularyKinds),
  /** Of a heading its ledger, of a kind `activity` or `visit`, of a unit ''. */
  scope: z.string(),
  word: z.string(),
  /** Rows that wait for the answer. */
  rows: z.int(),
  /** Where it stands first. */
  file: z.string(),
  sheet: z.string(),
  cell: z.string().nullable(),
  /** Codes that the word may mean; empty where nothing is near. */
  candidates: z.array(z.string()),
});
export type ImportQuestion = z.infer<typeof importQuestion>;

/** One side of two events that are alike. */
const twinSide = z.object({
  file: z.string(),
  sheet: z.string(),
  row: z.int(),
  title: z.string().nullable(),
  /** The record's own, where it is stored already. */
  record: z.string().nullable(),
  importId: z.int().nullable(),
  /** Figures that differ between the two, by column. */
  figures: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
/** The same event in two files, or in a file and in what is stored: alike, and not the same to the letter. */
export const importTwin = z.object({
  id: z.string(),
  unit: z.string(),
  ledger: z.enum(families),
  date,
  /** What came first, or is stored. */
  first: twinSide,
  second: twinSide,
});
export type ImportTwin = z.infer<typeof importTwin>;

const replaced = z.object({ unit: z.string(), ledger: z.enum(families), from: month, to: month });
const replaceRow = z.object({
  is: z.enum(['added', 'changed', 'gone']),
  date,
  title: z.string().nullable(),
  /** Row of the new file; null for what is gone. */
  row: z.int().nullable(),
  /** The stored record that goes, or is changed. */
  record: z.string().nullable(),
  /** Corrected by hand since it was imported: replacing it takes the correction away. */
  edited: z.boolean(),
  fields: z.array(
    z.object({
      field: z.string(),
      from: z.union([z.string(), z.number(), z.null()]),
      to: z.union([z.string(), z.number(), z.null()]),
    }),
  ),
});
/** Months of a unit's ledger that are stored already: the new file may take their place. */
export const importReplace = replaced.extend({
  stored: z.int(),
  same: z.int(),
  added: z.int(),
  changed: z.int(),
  gone: z.int(),
  edited: z.int(),
  /** The first of those that differ; `same` and the counts say how many there are. */
  rows: z.array(replaceRow),
});
export type ImportReplace = z.infer<typeof importReplace>;

/** What is stated of single tables, by their `key`; it holds over what their titles say. */
export const checkAgainBody = z.strictObject({
  tables: z
    .array(
      z.strictObject({
        table: z.string().max(40),
        unit: z.string().max(100).optional(),
        from: month.optional(),
        to: month.optional(),
      }),
    )
    .max(1000)
    .default([]),
});
export type TableChoice = z.output<typeof checkAgainBody>['tables'][number];

export const importReply = z.object({
  id: z.int(),
  status: z.enum(importStatuses),
  /** Null where nothing is under way. */
  progress: importProgress.nullable(),
  source: z.enum(['files', 'hand']),
  createdAt: z.string(),
  actor: z.string(),
  files: z.array(z.object({ name: z.string(), sha256: z.string(), bytes: z.int() })),
  /** Records stored by the commit; null before it. */
  records: z.int().nullable(),
  dataVersion: z.int().nullable(),
  sheets: z.array(importTable),
  /** The first of them; `problemsTotal` says how many there are, the rejected-rows file holds all. */
  problems: z.array(importProblem),
  problemsTotal: z.int(),
  problemCounts: z.array(
    z.object({ code: z.enum(problemCodes), severity: z.enum(['error', 'warning']), count: z.int() }),
  ),
  questions: z.array(importQuestion),
  twins: z.array(importTwin),
  twinsTotal: z.int(),
  replaces: z.array(importReplace),
  /** More rows than are searched for events that are alike, and for what could be replaced. */
  tooLongToCompare: z.boolean(),
  /** What was stated by hand of single tables; a new check replaces it. */
  stated: checkAgainBody.shape.tables.unwrap(),
});
export type ImportReply = z.infer<typeof importReply>;

/** Without the long lists; `counts` says how long they are. */
export const importSummary = importReply
  .omit({
    sheets: true,
    problems: true,
    problemsTotal: true,
    problemCounts: true,
    questions: true,
    twins: true,
    twinsTotal: true,
    replaces: true,
    tooLongToCompare: true,
    stated: true,
  })
  .extend({
    counts: z.object({
      sheets: z.int(),
      rows: z.int(),
      accepted: z.int(),
      errors: z.int(),
      warnings: z.int(),
    }),
  });
export type ImportSummary = z.infer<typeof importSummary>;
export const importsReply = z.object({ imports: z.array(importSummary) });
export type ImportsReply = z.infer<typeof importsReply>;

export const commitBody = z
  .strictObject({
    /** Spans in which the new rows take the place of all that is stored. Must be among the import's `replaces`. */
    replace: z.array(replaced).max(5000).default([]),
    /** Of an event that stands twice; without a choice both are stored. */
    twins: z
      .array(z.strictObject({ id: z.string().max(200), keep: z.enum(twinChoices) }))
      .max(5000)
      .default([]),
  })
  .default({ replace: [], twins: [] });
export type CommitChoices = z.output<typeof commitBody>;
export type Replaced = CommitChoices['replace'][number];

/** A page of a table's lines, as the preview's grid shows them. */
export const gridQuestion = z.strictObject({
  /** The table's number in the import's report, from 1. */
  table: z.coerce.number().int().min(1).default(1),
  /** Lines to pass over. */
  from: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  /** Only lines that are left out. */
  only: z.enum(['all', 'left_out']).default('all'),
});

/** What became of a line. `known`: stored before; `beside`: a total, a note, a heading of a part. */
export const lineStates = ['header', 'taken', 'left_out', 'double', 'known', 'beside'] as const;
export type LineState = (typeof lineStates)[number];
export const gridLine = z.object({
  /** As the spreadsheet counts. */
  row: z.int(),
  is: z.enum(lineStates),
  cells: z.array(
    z.object({
      /** The column, from 0. */
      at: z.int(),
      text: z.string(),
      /** What the cell was read as; null where it is kept as it is, or not read at all. */
      reads: text.nullable(),
      problems: z.array(importProblem.pick({ code: true, severity: true, message: true })),
    }),
  ),
  /** Of the line as a whole. */
  problems: z.array(importProblem.pick({ code: true, severity: true, message: true })),
});
export type GridLine = z.infer<typeof gridLine>;
export const gridReply = z.object({ total: z.int(), lines: z.array(gridLine) });
export type GridReply = z.infer<typeof gridReply>;

const figure = z.object({
  value: z.number().nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  status: z.string(),
});
/** Which KPIs a commit would move, and by how much: asked before and after, in a transaction that is taken back. */
export const effectReply = z.object({
  moved: z.array(
    z.object({ kpi: z.string(), unit: z.string(), period: z.string(), before: figure, after: figure }),
  ),
  total: z.int(),
  asOf: z.object({ before: z.string().nullable(), after: z.string().nullable() }),
  /** A commit or a drop came before the answer: nothing is told, and nobody needs it any more. */
  stopped: z.boolean(),
});
export type EffectReply = z.infer<typeof effectReply>;

/** What was corrected by hand in an import's records since it was committed. */
export const importEditsReply = z.object({
  edits: z.array(
    z.object({
      unit: z.string(),
      record: z.string(),
      ledger: z.enum(families),
      date: z.string(),
      title: z.string().nullable(),
      at: z.string(),
      actor: z.string(),
      why: z.string(),
    }),
  ),
});
export type ImportEditsReply = z.infer<typeof importEditsReply>;

/** Absent: an undo is refused where records were corrected by hand since. */
export const undoQuestion = z.strictObject({ edited: z.enum(['keep', 'drop']).optional() });

/** A word and what it means, as a person has answered; kept for the centre. */
export const vocabularyDraft = z.strictObject({
  what: z.enum(vocabularyKinds),
  scope: z.string().max(40),
  word: z.string().trim().min(1).max(100).regex(printable),
  means: z.string().min(1).max(100),
});
export type VocabularyDraft = z.output<typeof vocabularyDraft>;
export const vocabularyRow = vocabularyDraft.extend({ id: z.int(), actor: z.string(), at: z.string() });
export type VocabularyRow = z.infer<typeof vocabularyRow>;
export const vocabularyReply = z.object({ words: z.array(vocabularyRow) });
