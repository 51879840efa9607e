import { z } from 'zod';
import { statuses } from './codes.ts';
import { contextSchema } from './context.ts';
import { grainOf, grains, isDate } from './period.ts';

/**
 * The question: which figures, of which units, in which periods, seen from which day.
 * One vocabulary for the address of a page, `/api/query`, the command line and a snapshot.
 */

export const date = z.string().refine(isDate, 'is not a date (YYYY-MM-DD)').meta({ format: 'date' });
export const code = z.string().min(1).max(64);

const years = z.array(z.int('is not a year (YYYY)')).min(1);
const flag = z.boolean();

export const structures = ['then', 'today'] as const;
export type Structure = (typeof structures)[number];

export const questionSchema = z.strictObject({
  kpi: z.array(code).min(1, 'name at least one KPI').max(32),
  /** The scope, with its whole subtree. Absent: the root of the tree. */
  unit: code.optional(),
  by: z.enum(['unit', 'kind']).optional(),
  years: years.optional(),
  grain: z.enum(grains).default('year'),
  /** What is later is not counted. Absent: the last day that any ledger covers. */
  asOf: date.optional(),
  /** Cut every year at `asOf`'s month and day. */
  toDate: flag.default(false),
  kind: z.array(code).min(1).max(64).optional(),
  /** `then`: units where they stood at the time · `today`: in today's tree, merged units in their successors. */
  structure: z.enum(structures).default('then'),
  /** Counts over the mean headcount. */
  per: z.enum(['member']).optional(),
  /** As the data stood at the end of that day. Absent: now. */
  knownOn: date.optional(),
});
export type Question = z.input<typeof questionSchema>;

/** The question as understood, defaults filled in. */
export const askedSchema = z.object({
  kpi: z.array(z.string()),
  unit: z.string(),
  by: z.enum(['unit', 'kind']).nullable(),
  years: z.array(z.int()),
  grain: z.enum(grains),
  asOf: z.string(),
  toDate: z.boolean(),
  kind: z.array(z.string()).nullable(),
  structure: z.enum(structures).default('then'),
  per: z.enum(['member']).nullable().default(null),
  /** The month with which the centre's year begins. */
  yearStart: z.int().min(1).max(12).default(1),
  /** The day as known on which it is answered; null: now. */
  knownOn: z.string().nullable().default(null),
});
export type Asked = z.infer<typeof askedSchema>;

export const cellSchema = z.object({
  kpi: z.string(),
  unit: z.string(),
  /** Present when the question was split by kind. */
  kind: z.string().optional(),
  period: z.string(),
  /** The scope, where the unit belonged to it for a part of the period alone: the figure is of that part. */
  within: z.string().optional(),
  /** A ratio is 0…1. Null is never zero. */
  value: z.number().nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  records: z.int(),
  /** Records whose figure is not known, or known only as a lower bound. */
  unknown: z.int(),
  coverage: z.object({ covered: z.int(), due: z.int() }),
  status: z.enum(statuses),
});
export type Cell = z.infer<typeof cellSchema>;

export const answerSchema = z.object({
  query: askedSchema,
  dataVersion: z.int(),
  cells: z.array(cellSchema),
  /** What must be known to judge and to compare the figures. */
  context: contextSchema,
});
export type Answer = z.infer<typeof answerSchema>;

/** One cell's question: which records are behind it. */
export const recordsQuestionSchema = z.strictObject({
  // A parameter of that name is a list everywhere else (`fromParams`); a cell has but one KPI.
  kpi: z.preprocess(
    (given: string | readonly string[]) => (Array.isArray(given) && given.length === 1 ? given[0] : given),
    code,
  ),
  unit: code.optional(),
  period: z.string().refine((p) => grainOf(p) !== null, 'is not a period (2022, 2022-Q1, 2022-03)'),
  asOf: date.optional(),
  toDate: flag.default(false),
  kind: z.array(code).min(1).max(64).optional(),
  part: z.enum(['numerator', 'denominator']).optional(),
  structure: z.enum(structures).default('then'),
  per: z.enum(['member']).optional(),
  /** Only what the unit did while it belonged to this scope (`within` of the cell). */
  within: code.optional(),
  limit: z.int().min(1).max(1000).default(100),
  cursor: z.string().max(200).optional(),
});
export type RecordsQuestion = z.input<typeof recordsQuestionSchema>;

export { fromParams } from './params.ts';
