import { ledgerColumns } from './fields.ts';
import type { Family } from './kinds.ts';
import type { Text } from './text.ts';

/**
 * The fields of a record, by family, as data: the form, the record's page, the check of what was
 * written and the columns of the table are all made from them.
 */
export type FieldType =
  | 'unit'
  | 'day'
  | 'text'
  /** People or things: a whole number. */
  | 'count'
  /** A lower bound ("50余人"), set only while the figure itself is not known. */
  | 'least'
  | 'hours'
  /** Kinds of activity, one or more. */
  | 'kinds'
  /** One kind of visit. */
  | 'kind'
  | 'nature'
  | 'flag';

export const natures = ['immediate', 'deadline', 'long_term'] as const;
export type FieldValue = string | number | boolean | null | readonly string[];
/** Null is "not known". What is absent was not written at all. */
export type RecordFields = Readonly<Record<string, FieldValue>>;

export type RecordField = {
  readonly key: string;
  readonly type: FieldType;
  readonly label: Text;
  /** A record without it is none. */
  readonly isRequired: boolean;
  /** Of a lower bound, the figure that it is of. */
  readonly of: string | null;
};

type Made = (family: Family) => RecordField;

/** A field is called what its column in the ledger is called. */
const labelled =
  (key: string, type: FieldType, column = key, isRequired = false): Made =>
  (family) => {
    const label = ledgerColumns[family].find((c) => c.key === column)?.label ?? { zh: key, en: key };
    return { key, type, label, isRequired, of: null };
  };
const required = (key: string, type: FieldType, column = key): Made => labelled(key, type, column, true);
const named =
  (key: string, type: FieldType, zh: string, en: string, isRequired = false): Made =>
  () => ({ key, type, label: { zh, en }, isRequired, of: null });
/** A figure, and the least that it is where it is not known. */
const bounded = (key: string): Made[] => [
  labelled(key, 'count'),
  (family) => {
    const { label } = labelled(key, 'count')(family);
    return {
      key: `${key}Min`,
      type: 'least',
      label: { zh: `${label.zh}至少`, en: `${label.en}, at least` },
      isRequired: false,
      of: key,
    };
  },
];

const unit = named('unit', 'unit', '单位', 'Unit', true);
const date = required('date', 'day');
const approximate = named('approximate', 'flag', '日期只知大致', 'The date is rough');
const when: readonly Made[] = [date, labelled('endDate', 'day', 'end'), approximate];
const note = labelled('note', 'text');

const made: Readonly<Record<Family, readonly Made[]>> = {
  activity: [
    unit,
    ...when,
    required('kinds', 'kinds', 'kind'),
    labelled('title', 'text'),
    labelled('form', 'text'),
    labelled('place', 'text'),
    ...bounded('expected'),
    ...bounded('present'),
    labelled('onDuty', 'count', 'on_duty'),
    labelled('excused', 'count'),
    labelled('unexcused', 'count'),
    labelled('exempt', 'count'),
    labelled('hours', 'hours'),
    note,
  ],
  visit: [
    unit,
    ...when,
    required('kind', 'kind'),
    labelled('title', 'text'),
    ...bounded('participants'),
    ...bounded('raised'),
    ...bounded('resolved'),
    note,
  ],
  volunteering: [
    unit,
    ...when,
    labelled('title', 'text'),
    labelled('place', 'text'),
    ...bounded('participants'),
    labelled('hours', 'hours'),
    labelled('beneficiaries', 'text'),
    note,
  ],
  rectification: [
    unit,
    date,
    approximate,
    required('title', 'text'),
    labelled('origin', 'text'),
    labelled('nature', 'nature'),
    labelled('measure', 'text'),
    labelled('responsibleDepartment', 'text', 'responsible_department'),
    labelled('dueOn', 'day', 'due'),
    labelled('extendedTo', 'day', 'extended'),
    labelled('reportedOn', 'day', 'reported'),
    labelled('closedOn', 'day', 'closed'),
    labelled('progress', 'text'),
    note,
  ],
  headcount: [unit, date, required('members', 'count')],
};

const fieldsOf = (family: Family): readonly RecordField[] => made[family].map((make) => make(family));
export const recordFields: Readonly<Record<Family, readonly RecordField[]>> = {
  activity: fieldsOf('activity'),
  visit: fieldsOf('visit'),
  volunteering: fieldsOf('volunteering'),
  rectification: fieldsOf('rectification'),
  headcount: fieldsOf('headcount'),
};

/** What a field is where nothing was written: unknown, but for those exempt, who are none unless named. */
function unwritten({ key, type }: RecordField): FieldValue {
  if (type === 'flag') return false;
  if (type === 'kinds') return [];
  return key === 'exempt' ? 0 : null;
}

/** The record whole: what was not written is taken from `before`, or else is unknown. */
export function wholeRecord(
  family: Family,
  written: Readonly<Record<string, FieldValue | undefined>>,
  before: RecordFields = {},
): RecordFields {
  return Object.fromEntries(
    recordFields[family].map((field) => {
      const { key } = field;
      const value = written[key] === undefined ? before[key] : written[key];
      return [key, value ?? unwritten(field)];
    }),
  );
}

export type FieldChange = { readonly field: string; readonly from: FieldValue; readonly to: FieldValue };

/** Kinds have no order. */
const said = (value: FieldValue | undefined): string =>
  JSON.stringify(Array.isArray(value) ? [...new Set(value)].sort() : (value ?? null));

/** The fields in which two versions of a record differ, in the order of the form. */
export function fieldChanges(family: Family, from: RecordFields, to: RecordFields): FieldChange[] {
  return recordFields[family].flatMap(({ key }) =>
    said(from[key]) === said(to[key]) ? [] : [{ field: key, from: from[key] ?? null, to: to[key] ?? null }],
  );
}

/** What some changes, the earliest first, come to in the end: a field that is again what it was is none. */
export function netChanges(changes: readonly FieldChange[]): FieldChange[] {
  const net = new Map<string, FieldChange>();
  for (const c of changes) net.set(c.field, { ...c, from: (net.get(c.field) ?? c).from });
  return [...net.values()].filter((c) => said(c.from) !== said(c.to));
}

/**
 * Where the figures leave nobody unaccounted for, the reasons that were not written are none, as in a
 * ledger: so that the same event in one is known when it comes.
 */
export function accounted(family: Family, fields: RecordFields): RecordFields {
  const { expected, present } = fields;
  if (family !== 'activity' || typeof expected !== 'number' || typeof present !== 'number') return fields;
  const reasons = ['onDuty', 'excused', 'unexcused'];
  const told = reasons.reduce((sum, reason) => sum + Number(fields[reason] ?? 0), 0);
  if (told !== expected - present) return fields;
  return { ...fields, ...Object.fromEntries(reasons.map((reason) => [reason, fields[reason] ?? 0])) };
}
