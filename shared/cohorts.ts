import { z } from 'zod';
import { source } from './api.ts';
import { statuses } from './codes.ts';
import { questionSchema } from './query.ts';

/** Rectification by the year in which raised, on the wire. */

/** Years absent: from the first that a ledger of the scope covers to the as-of day's. */
export const rectificationQuestion = questionSchema.pick({
  unit: true,
  years: true,
  asOf: true,
  structure: true,
});

export const rectificationItem = z.object({
  unit: z.string(),
  id: z.string(),
  title: z.string().nullable(),
  /** The day raised. */
  date: z.string(),
  nature: z.enum(['immediate', 'deadline', 'long_term']).nullable(),
  /** The first due date, before any extension. */
  dueOn: z.string().nullable(),
  extendedTo: z.string().nullable(),
  reportedOn: z.string().nullable(),
  closedOn: z.string().nullable(),
  /** The ledger's own words. */
  progress: z.string().nullable(),
  source,
});
export type RectificationItem = z.infer<typeof rectificationItem>;

/** Null where the year is not reported: that is not none. */
const count = z.int().nullable();

export const cohortSchema = z.object({
  year: z.int(),
  /** `none`: no rectification ledger of the scope covers a month of it · `na`: none was due. */
  status: z.enum(statuses),
  coverage: z.object({ covered: z.int(), due: z.int() }),
  /** Without long-term items; `closed`, `reported` and `open` add up to it. */
  raised: count,
  closed: count,
  /** Said to be done, and not verified. */
  reported: count,
  open: count,
  extended: count,
  overdue: count,
  greatestAge: count,
  longTerm: count,
  recurrences: count,
  /** Closed by the first due date, of the `due` that have fallen due. */
  onTime: count,
  due: count,
  withoutDue: count,
  /** Kaplan–Meier; null also while half are not closed. */
  medianDays: count,
  censored: count,
});
export type Cohort = z.infer<typeof cohortSchema>;

export const rectificationReply = z.object({
  unit: z.string(),
  asOf: z.string(),
  yearStart: z.int(),
  /** By year, ascending. */
  cohorts: z.array(cohortSchema),
  /** Whenever raised, the oldest first; `age` in days past the first due date. */
  overdue: z.array(rectificationItem.extend({ age: z.int(), state: z.enum(['reported', 'open']) })),
  /** Of the cohorts; `days` from the closing of the earlier one to the day raised again. */
  recurrences: z.array(z.object({ item: rectificationItem, earlier: rectificationItem, days: z.int() })),
  /** Of the years of the cohorts, in none of their figures. */
  longTerm: z.array(rectificationItem),
});
export type RectificationReply = z.infer<typeof rectificationReply>;
