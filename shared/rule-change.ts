import { z } from 'zod';
import { layers, strengths } from './norms.ts';
import { cellSchema } from './query.ts';
import { printable } from './text.ts';

/** The wire of the rules: what stands, a change as data, and which figures it moves. */

const code = z.string().max(64);
const words = z.string().trim().max(500).regex(printable, 'has control characters');
const day = z.string().max(10);
const version = z.int();

const text = z.object({ zh: z.string(), en: z.string() });
const ofNorm = {
  layer: z.enum(layers),
  unit: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  source: text,
  strength: z.enum(strengths),
  note: z.string().nullable(),
};
const every = z.enum(['month', 'quarter', 'year', 'never']);
const per = z.enum(['branch', 'group']);

/** Rows as they stand, each with the version of the data that brought it in. */
const slotNorm = z.object({
  id: z.int(),
  version,
  ...ofNorm,
  kind: z.string(),
  every,
  per,
  minMembers: z.int().nullable(),
});
const valueNorm = z.object({ id: z.int(), version, ...ofNorm, kpi: z.string(), value: z.number() });
const exemption = z.object({
  id: z.int(),
  version,
  unit: z.string(),
  kind: z.string(),
  from: z.string(),
  to: z.string().nullable(),
  reason: z.string(),
  decidedBy: z.string(),
  decidedOn: z.string(),
});
const definitionChange = z.object({
  id: z.int(),
  version,
  kpi: z.string(),
  on: z.string(),
  note: z.string(),
});

export const rulesReply = z.object({
  norms: z.array(z.union([slotNorm, valueNorm])),
  exemptions: z.array(exemption),
  definitionChanges: z.array(definitionChange),
  settings: z.object({
    yearStart: z.int(),
    timeZone: z.string(),
    /** Are the names that imports bring kept, for the office and the branch's own secretary? */
    keepNames: z.boolean(),
    /** Hours of half a day and of a day, where a ledger writes a duration so; null: unknown. */
    halfDay: z.number().nullable(),
    day: z.number().nullable(),
  }),
});
export type RulesReply = z.infer<typeof rulesReply>;

/** A norm as it is written: of a kind (`every`, `per`, `minMembers`) or of a figure (`value`). */
export const normDraft = z.strictObject({
  layer: z.enum(layers, `is none of ${layers.join(', ')}`),
  unit: code.nullable().default(null),
  kind: code.nullable().default(null),
  kpi: code.nullable().default(null),
  every: every.nullable().default(null),
  per: per.nullable().default(null),
  minMembers: z.int('is not a whole number').min(1, 'is less than 1').max(100_000).nullable().default(null),
  /** A ratio shown in % lies in 0…1. */
  value: z.number().nullable().default(null),
  from: day.nullable().default(null),
  to: day.nullable().default(null),
  /** English falls back to Chinese. */
  source: z.strictObject({ zh: words, en: words.default('') }),
  strength: z.enum(strengths, `is none of ${strengths.join(', ')}`),
  note: words.nullable().default(null),
});
export type NormDraft = z.infer<typeof normDraft>;

export const exemptionDraft = z.strictObject({
  unit: code,
  kind: code,
  from: day,
  to: day.nullable().default(null),
  reason: words,
  decidedBy: words,
  decidedOn: day,
});
export type ExemptionDraft = z.infer<typeof exemptionDraft>;

export const definitionDraft = z.strictObject({ kpi: code, on: day, note: words });
export type DefinitionDraft = z.infer<typeof definitionDraft>;

export const settingsDraft = z.strictObject({
  yearStart: z.int('is not a whole number').optional(),
  timeZone: z.string().max(64).optional(),
  /** Turned off, the names kept until then are deleted for good. */
  keepNames: z.boolean('is neither true nor false').optional(),
  /** Hours; null: unknown. */
  halfDay: z.number('is not a number').nullable().optional(),
  day: z.number('is not a number').nullable().optional(),
});
export type SettingsDraft = z.infer<typeof settingsDraft>;

const id = z.int().min(1).max(2_147_483_647);
/** The version of the row that the change was made from: one changed since by somebody else is a conflict. */
const ifVersion = version.optional();
const changeOf = <W extends string, D extends z.ZodType>(what: W, row: D) =>
  z.discriminatedUnion('action', [
    z.strictObject({ what: z.literal(what), action: z.literal('add'), row }),
    z.strictObject({ what: z.literal(what), action: z.literal('change'), id, ifVersion, row }),
    z.strictObject({ what: z.literal(what), action: z.literal('remove'), id, ifVersion }),
  ]);

/** One change of the rules: POST /api/rules. */
export const ruleChange = z.discriminatedUnion('what', [
  changeOf('norm', normDraft),
  changeOf('exemption', exemptionDraft),
  changeOf('definition', definitionDraft),
]);
export type RuleChange = z.infer<typeof ruleChange>;

export const settingChange = z.strictObject({
  what: z.literal('setting'),
  action: z.literal('change'),
  row: settingsDraft,
});
export type SettingChange = z.infer<typeof settingChange>;

/** Whatever can be looked at before it is done, and taken back. */
export const anyChange = z.discriminatedUnion('what', [...ruleChange.options, settingChange]);
export type AnyChange = z.infer<typeof anyChange>;

export const previewBody = z.strictObject({ change: anyChange });

export const changeReply = z.object({
  /** The row's number; null for settings. */
  id: z.int().nullable(),
  /** False where all stood so already. */
  changed: z.boolean(),
  dataVersion: z.int(),
  /** The change that takes this one back. */
  undo: anyChange.nullable(),
});
export type ChangeReply = z.infer<typeof changeReply>;

const figure = cellSchema.pick({ value: true, numerator: true, denominator: true, status: true });
const place = { kpi: z.string(), unit: z.string(), within: z.string().optional(), period: z.string() };
const movedFigure = z.object({ ...place, before: figure, after: figure });
export type MovedFigure = z.infer<typeof movedFigure>;
/** A figure that stays, held against another norm: whether it meets it is judged otherwise. */
const flip = z.object({
  ...place,
  value: z.number(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  normBefore: z.number().nullable(),
  normAfter: z.number().nullable(),
  metBefore: z.boolean().nullable(),
  metAfter: z.boolean().nullable(),
});
export type Flip = z.infer<typeof flip>;

export const previewReply = z.object({
  moved: z.array(movedFigure),
  flips: z.array(flip),
  /** Of both, before the lists were cut to their first entries. */
  total: z.int(),
  /** Null while no ledger has been imported: there are no figures to move. */
  asOf: z.string().nullable(),
  /** Records whose names the change deletes for good. */
  namesDeleted: z.int(),
});
export type PreviewReply = z.infer<typeof previewReply>;
