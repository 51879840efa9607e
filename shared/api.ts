import { z } from 'zod';
import { contradictionCodes } from './contradictions.ts';
import { answerSchema, code, date } from './query.ts';
import { families, kindFamilies } from './kinds.ts';
import { levels } from './unit.ts';
import { viewIds } from './views.ts';

/** The wire: every reply's schema. Handlers return these types; the OpenAPI document is made from them. */

export const text = z.object({ zh: z.string(), en: z.string() });

export const healthReply = z.object({
  status: z.literal('ok'),
  version: z.string(),
  dataVersion: z.int(),
});

export const catalogueReply = z.object({
  kpis: z.array(
    z.object({
      id: z.string(),
      name: text,
      unit: z.string(),
      better: z.enum(['up', 'down', 'neutral']),
      type: z.enum(['count', 'ratio', 'median']),
      numerator: text,
      denominator: text.nullable(),
      definition: text,
      norm: z.number().nullable(),
      splitsByKind: z.boolean(),
    }),
  ),
  kinds: z.array(z.object({ code: z.string(), family: z.enum(kindFamilies), name: text })),
  views: z.array(z.object({ id: z.enum(viewIds), name: text })),
});

export const unitSchema = z.object({
  code: z.string(),
  name: z.string(),
  parent: z.string().nullable(),
  level: z.enum(levels),
  openedOn: z.string().nullable(),
  closedOn: z.string().nullable(),
  mergedInto: z.string().nullable(),
  splitFrom: z.string().nullable().optional(),
  past: z.array(z.object({ until: z.string(), name: z.string(), parent: z.string().nullable() })).optional(),
});
export const unitsReply = z.object({ units: z.array(unitSchema) });

/** What the pages need to know of the centre before they ask anything. */
export const centreReply = z.object({
  demo: z.boolean(),
  role: z.string(),
  /** The last day that any ledger covers; null while there is none. */
  asOf: z.string().nullable(),
  /** The last day that a unit's own ledgers cover, of those that have any. */
  lastDays: z.record(z.string(), z.string()),
  /** Years in which some ledger covers a month, ascending. */
  years: z.array(z.int()),
  /** The month with which the centre's year begins, 1…12. */
  yearStart: z.int(),
  dataVersion: z.int(),
});
export type Centre = z.infer<typeof centreReply>;

export const source = z.object({
  importId: z.int(),
  file: z.string(),
  sheet: z.string(),
  row: z.int(),
});
export type Source = z.infer<typeof source>;

/** Columns beyond these belong to the family: expected, present, hours, participants, dueOn, closedOn, … */
export const recordRow = z.looseObject({
  id: z.string(),
  family: z.string(),
  unit: z.string(),
  date: z.string(),
  kind: z.string().nullable(),
  title: z.string().nullable(),
  source: source.nullable(),
});
export type RecordRow = z.infer<typeof recordRow>;

export const recordsReply = z.object({
  total: z.int(),
  sums: z.object({
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    unknown: z.int(),
  }),
  rows: z.array(recordRow),
  next: z.string().nullable(),
});
export type RecordsReply = z.infer<typeof recordsReply>;

/** Of which contradictions: the unit with all under it, the years, up to a day, one kind alone. */
export const contradictionsQuestion = z.strictObject({
  unit: code.optional(),
  years: z.array(z.int('is not a year (YYYY)')).min(1).optional(),
  /** What is later is not looked at. Absent: the last day that any ledger covers. */
  asOf: date.optional(),
  code: z.enum(contradictionCodes, `is none of ${contradictionCodes.join(', ')}`).optional(),
  limit: z.int().min(1).max(500).default(100),
  cursor: z.string().max(300).optional(),
});
export type ContradictionsQuestion = z.output<typeof contradictionsQuestion>;

export const contradictionSchema = z.object({
  code: z.enum(contradictionCodes),
  /** Stays the same while the contradiction does. */
  id: z.string(),
  family: z.enum(families),
  unit: z.string(),
  date: z.string(),
  /** The month that it falls in, or the year that it is of. */
  period: z.string(),
  text,
  /** The rows that contradict each other, or themselves. */
  records: z.array(recordRow),
});
export type Contradiction = z.infer<typeof contradictionSchema>;

export const contradictionsReply = z.object({
  asked: z.object({ unit: z.string(), years: z.array(z.int()), asOf: z.string() }),
  dataVersion: z.int(),
  /** Of the asked kind, on all pages. */
  total: z.int(),
  /** Of every kind that there is, whichever was asked. */
  counts: z.array(z.object({ code: z.enum(contradictionCodes), count: z.int() })),
  contradictions: z.array(contradictionSchema),
  next: z.string().nullable(),
});
export type ContradictionsReply = z.infer<typeof contradictionsReply>;

export const problemCodes = [
  'heading.unknown',
  'unit.unknown',
  'unit.closed',
  'kind.unknown',
  'date.missing',
  'date.invalid',
  'date.approximate',
  'date.year_missing',
  'date.out_of_range',
  'count.unknown',
  'count.approximate',
  'count.invalid',
  'present_gt_expected',
  'closed_before_raised',
  'required.missing',
  'duplicate',
  'total.differs',
  'file.unreadable',
  'file.too_large',
  'sheet.unrecognised',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

export const importProblem = z.object({
  file: z.string(),
  sheet: z.string().nullable(),
  /** `F12`; null when the problem is of the whole sheet or file. */
  cell: z.string().nullable(),
  row: z.int().nullable(),
  code: z.enum(problemCodes),
  severity: z.enum(['error', 'warning']),
  message: text,
  /** The cell's text as it stands in the ledger. */
  value: z.string().nullable(),
});
export type ImportProblem = z.infer<typeof importProblem>;

export const importSheet = z.object({
  file: z.string(),
  sheet: z.string(),
  /** Null where the sheet is not recognised. */
  ledger: z.enum(families).nullable(),
  /** The one unit of the sheet; null when rows name their own. */
  unit: z.string().nullable(),
  /** Coverage, as months. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  rows: z.int(),
  accepted: z.int(),
  rejected: z.int(),
  unknown: z.int(),
  duplicates: z.int(),
});
export type ImportSheet = z.infer<typeof importSheet>;

export const commitReply = z.object({
  id: z.int(),
  status: z.literal('committed'),
  records: z.int(),
  dataVersion: z.int(),
});
export const undoReply = z.object({
  id: z.int(),
  /** `stopped`: it was being committed; it waits again. */
  status: z.enum(['undone', 'dropped', 'stopped']),
  records: z.int(),
  dataVersion: z.int(),
});

/** Who is signed in. */
export const sessionReply = z.object({
  name: z.string(),
  role: z.enum(['admin', 'leader', 'branch', 'auditor']),
});
export const signedOutReply = z.object({ signedOut: z.literal(true) });
export const unitsImportReply = z.object({ units: z.int(), dataVersion: z.int() });

/** RFC 9457. */
export const problemReply = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type ProblemReply = z.infer<typeof problemReply>;

export { answerSchema };
