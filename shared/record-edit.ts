import { z } from 'zod';
import { source } from './api.ts';
import { families, type Family } from './kinds.ts';
import { natures, recordFields, type FieldType, type FieldValue } from './record-fields.ts';
import { printable } from './text.ts';

/** The wire of a record that is entered, corrected or removed by hand, and of its page. */

const text = z.string().max(2000).trim().regex(printable, 'has control characters');
const day = z.string().max(10).nullable();
const whole = z.number('is not a number').nullable();
const types: Readonly<Record<FieldType, z.ZodType<FieldValue>>> = {
  unit: z.string().max(64),
  day,
  text: text.transform((t) => t || null).nullable(),
  count: whole,
  least: whole,
  hours: whole,
  kinds: z.array(z.string().max(64)).max(20),
  kind: z.string().max(64).nullable(),
  nature: z.enum(natures, `is none of ${natures.join(', ')}`).nullable(),
  flag: z.boolean(),
};

/** Whatever is not written is unknown in a new record, and stays as it is in one that is corrected. */
const fieldsOf = (family: Family) =>
  z
    .strictObject(Object.fromEntries(recordFields[family].map(({ key, type }) => [key, types[type]])))
    .partial();

const ofFamilies = <S extends z.core.$ZodLooseShape>(more: S) => {
  const of = <F extends Family>(family: F) =>
    z.strictObject({ family: z.literal(family), fields: fieldsOf(family), ...more });
  return z.discriminatedUnion('family', [
    of('activity'),
    of('visit'),
    of('volunteering'),
    of('rectification'),
    of('headcount'),
  ]);
};

/** Its length is judged with the fields, so that the form can say it as well. */
const why = z.string().max(1000).trim();
/** The version of the record that the change was made from: one changed since by somebody else is a conflict. */
const ifVersion = z.int().optional();

export const recordDraft = ofFamilies({ why: why.default('') });
export type RecordDraft = {
  readonly family: Family;
  readonly fields: Readonly<Record<string, FieldValue | undefined>>;
  readonly why: string;
};
export const recordCorrection = ofFamilies({ why, ifVersion });
export type RecordCorrection = RecordDraft & { readonly ifVersion?: number | undefined };
export const recordRemoval = z.strictObject({ why, ifVersion });
export type RecordRemoval = z.output<typeof recordRemoval>;
/** Takes a removal back. */
export const recordRestoring = z.strictObject({ why });

const fieldValue = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);
const fields = z.record(z.string(), fieldValue);
export const editActions = ['enter', 'correct', 'remove'] as const;

export const recordPageReply = z.object({
  unit: z.string(),
  id: z.string(),
  family: z.enum(families),
  /** False of one that is no more: then all the rest is what it was. */
  there: z.boolean(),
  /** The version of the data that brought the record in as it is. */
  version: z.int(),
  fields,
  source,
  /** The cells of its row, or the texts as they were entered. */
  raw: z.array(z.unknown()),
  /** Cells of its row that name persons, in full; null where none are kept, and for whoever may not see them. */
  names: z.array(z.object({ heading: z.string(), text: z.string() })).nullable(),
  /** The import that brought it. */
  broughtBy: z.object({
    importId: z.int(),
    source: z.enum(['files', 'hand']),
    at: z.string(),
    actor: z.string(),
  }),
  /** By which change it went; null while it is there, and where that was not noted. */
  goneBy: z.object({ version: z.int(), at: z.string(), actor: z.string(), what: z.string() }).nullable(),
  /** The earliest first. */
  history: z.array(
    z.object({
      action: z.enum(editActions),
      at: z.string(),
      actor: z.string(),
      why: z.string(),
      version: z.int(),
      fields: z.array(z.object({ field: z.string(), from: fieldValue, to: fieldValue })),
    }),
  ),
});
export type RecordPage = z.infer<typeof recordPageReply>;

export const recordChangedReply = z.object({
  unit: z.string(),
  id: z.string(),
  family: z.enum(families),
  /** False where all stood so already. */
  changed: z.boolean(),
  dataVersion: z.int(),
  /** What takes the change back; `fields` are those that it moved, as they were. */
  undo: z
    .discriminatedUnion('action', [
      z.object({ action: z.literal('correct'), fields, ifVersion: z.int() }),
      z.object({ action: z.literal('remove'), ifVersion: z.int() }),
      z.object({ action: z.literal('restore') }),
    ])
    .nullable(),
});
export type RecordChanged = z.infer<typeof recordChangedReply>;
