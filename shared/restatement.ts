import { z } from 'zod';
import { families } from './kinds.ts';
import { grainOf } from './period.ts';
import { stepCodes } from './codes.ts';
import { cellSchema, code, date, structures } from './query.ts';

/** What the dashboard said on a past day, against now: the question, and the answer in four parts. */

const version = z
  .string()
  .regex(/^\d{1,9}$/, 'is not the number of a version')
  .transform(Number);

export const restatementQuestion = z
  .strictObject({
    kpi: z.array(code).min(1, 'name at least one KPI').max(32),
    unit: code.optional(),
    by: z.enum(['unit']).optional(),
    period: z.string().refine((p) => grainOf(p) !== null, 'is not a period (2022, 2022-Q1, 2022-03)'),
    /** The past day, to its end in the centre's time zone; or the version itself. */
    knownOn: date.optional(),
    version: version.optional(),
    /** For both sides. Absent: for each the last day that any ledger covered. */
    asOf: date.optional(),
    toDate: z.boolean().default(false),
    kind: z.array(code).min(1).max(64).optional(),
    structure: z.enum(structures).default('then'),
  })
  .refine((q) => (q.knownOn === undefined) !== (q.version === undefined), {
    path: ['knownOn'],
    message: 'name either knownOn or version',
  });
export type RestatementQuestion = z.output<typeof restatementQuestion>;

/**
 * `late`: ledgers for months not handed in by then · `corrections`: other records added, changed or
 * taken back · `definitions`: units, norms, exemptions, settings · `movement`: what happened later.
 */
export type StepCode = (typeof stepCodes)[number];

const words = z.object({ zh: z.string(), en: z.string() });
/** By which version of the data, when and by whom; null where it was before the journal. */
const doing = {
  version: z.int().nullable(),
  at: z.string().nullable(),
  actor: z.string().nullable(),
};

export const reasonSchema = z.discriminatedUnion('type', [
  /** Rows of one unit's ledger that an import brought, changed or lost. */
  z.object({
    type: z.literal('ledger'),
    how: z.enum(['added', 'changed', 'removed']),
    /** The change by which: `import`, `undo`, … */
    what: z.string().nullable(),
    importId: z.int(),
    files: z.array(z.string()),
    unit: z.string(),
    family: z.enum(families),
    /** The months that the rows are of, ascending. */
    months: z.array(z.string()),
    records: z.int(),
    ...doing,
  }),
  /** What is asked of units, or the units themselves. `then` is null where it is new, `now` where it is gone. */
  z.object({
    type: z.enum(['unit', 'norm', 'exemption', 'definition', 'setting']),
    unit: z.string().nullable(),
    then: words.nullable(),
    now: words.nullable(),
    ...doing,
  }),
  /** A unit not known then, taken into the late ledgers because they are of it. */
  z.object({ type: z.literal('new_unit'), unit: z.string(), ...doing }),
  /** Days after the earlier cut-off, and items closed in them; or days that are no longer looked at. */
  z.object({
    type: z.enum(['days', 'closed', 'fewer_days']),
    from: z.string(),
    to: z.string(),
    records: z.int(),
  }),
]);
export type Reason = z.infer<typeof reasonSchema>;

export const stepSchema = z.object({
  code: z.enum(stepCodes),
  from: cellSchema.nullable(),
  to: cellSchema.nullable(),
  /** Differences: what is not reported counts as nothing. Null where neither side has it. */
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  /** Null where either side has no value. */
  value: z.number().nullable(),
  because: z.array(reasonSchema),
});
export type Step = z.infer<typeof stepSchema>;

export const figureSchema = z.object({
  kpi: z.string(),
  unit: z.string(),
  /** Null: the unit was not known. */
  then: cellSchema.nullable(),
  now: cellSchema.nullable(),
  steps: z.array(stepSchema),
});
export type Figure = z.infer<typeof figureSchema>;

export const changeSchema = z.object({
  version: z.int(),
  at: z.string(),
  actor: z.string(),
  what: z.string(),
  detail: z.string().nullable(),
  /** Of an import, or of one taken back. */
  importId: z.int().nullable(),
  files: z.array(z.string()),
});
export type ChangeRow = z.infer<typeof changeSchema>;

const side = z.object({ version: z.int(), at: z.string().nullable(), asOf: z.string() });
export const restatementReply = z.object({
  unit: z.string(),
  period: z.string(),
  then: side,
  now: side,
  /** Since when changes are noted; what came before counts as known since ever. */
  journalFrom: z.string().nullable(),
  figures: z.array(figureSchema),
  /** The changes in between, the latest first, at most as many as a page of `/api/changes` holds. */
  changes: z.array(changeSchema),
  changesTotal: z.int(),
});
export type Restatement = z.infer<typeof restatementReply>;

export const CHANGES_MAX = 200;
export const changesQuestion = z.strictObject({
  limit: z.int().min(1).max(CHANGES_MAX).default(50),
  /** Only changes before this version. */
  before: version.optional(),
});
export const changesReply = z.object({
  total: z.int(),
  dataVersion: z.int(),
  journalFrom: z.string().nullable(),
  changes: z.array(changeSchema),
  /** The `before` of the next page; null at the end. */
  next: z.int().nullable(),
});
export type ChangesReply = z.infer<typeof changesReply>;
