import { noReport } from '../import/report.ts';
import type { Kysely } from 'kysely';
import type { Db } from '../../db/connect.ts';
import type { Database, EditTable } from '../../db/types.ts';
import { HAND_FILE, isByHand } from '../../shared/by-hand.ts';
import { kindByCode, type Family } from '../../shared/kinds.ts';
import type {
  RecordChanged,
  RecordCorrection,
  RecordDraft,
  RecordRemoval,
} from '../../shared/record-edit.ts';
import { correctionFaults, recordFaults, whyFaults } from '../../shared/record-faults.ts';
import {
  accounted,
  fieldChanges,
  recordFields,
  wholeRecord,
  type FieldChange,
  type FieldValue,
  type RecordFields,
} from '../../shared/record-fields.ts';
import { Refusal } from '../errors.ts';
import { changing, type ChangeNote, type Doer } from './centre.ts';
import { foundOr404, knownTo, refuse, refuseChanged, refuseTwin, unknown } from './record-guards.ts';
import { lastImage } from './record-page.ts';
import {
  coverMonth,
  deleteRecord,
  fieldsIn,
  figuresOf,
  findRecord,
  insertRecord,
  kindsOf,
  printOf,
  replaceRecord,
  titleOf,
  uncoverMonth,
  type Found,
  type Place,
} from './record-store.ts';

type Action = EditTable['action'];
type Said = Omit<RecordChanged, 'dataVersion'>;

/**
 * Enters a record by hand, as an import of its own: it covers its own month, and can be taken back.
 * @throws Refusal 422 naming each faulty field, 409 where the unit has a record of that content
 */
export async function enterRecord(
  db: Db,
  { family, fields: written, why }: RecordDraft,
  doer: Doer,
): Promise<RecordChanged> {
  return db.transaction().execute(async (trx) => {
    const known = await knownTo(trx, doer);
    const fields = accounted(family, wholeRecord(family, written));
    refuse([...recordFaults(family, fields, known), ...whyFaults(why, { isRequired: false })]);
    const unit = String(fields['unit']);
    const fingerprint = printOf(family, fields);
    const importId = await handImport(trx, doer);
    const place = { unit, id: `${importId}-0-0-1` };
    return changing(trx, noteOf(doer, { action: 'enter', family, ...place }), async (version) => {
      await refuseTwin(trx, family, { unit, id: null, print: fingerprint });
      const row = {
        ...place,
        date: String(fields['date']),
        title: titleOf(fields),
        import_id: importId,
        file: HAND_FILE,
        sheet: '',
        row: 1,
        raw: JSON.stringify(recordFields[family].map(({ key }) => textOf(fields[key] ?? null))),
        fingerprint,
        version,
        ...figuresOf(family, fields),
        ...(family === 'activity' ? { kinds: kindsOf(fields) } : {}),
      };
      await insertRecord(trx, { family, row });
      await coverMonth(trx, { unit, family, importId, date: row.date }, version);
      await trx
        .updateTable('import')
        .set({ records: 1, data_version: version })
        .where('id', '=', importId)
        .execute();
      const changes = fieldChanges(family, wholeRecord(family, {}), fields);
      await noteEdit(trx, { family, row }, { action: 'enter', why, changes, version, doer });
      return { ...place, family, changed: true, undo: { action: 'remove', ifVersion: version } } as const;
    });
  });
}

/** A field as text, as it stands among the cells of a row. */
const textOf = (value: FieldValue): string =>
  Array.isArray(value)
    ? value.map((code) => kindByCode.get(String(code))?.name.zh ?? code).join('、')
    : value === true
      ? '约'
      : value === false || value === null
        ? ''
        : (kindByCode.get(String(value))?.name.zh ?? String(value));

/** An import that brings records without a file; its version and number of records come with them. */
export async function handImport(trx: Kysely<Database>, { now, actor }: Doer): Promise<number> {
  const { id } = await trx
    .insertInto('import')
    .values({
      status: 'committed',
      source: 'hand',
      created_at: now().toISOString(),
      actor,
      files: '[]',
      report: JSON.stringify(noReport),
      records: 0,
      data_version: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/**
 * Corrects fields of a record. What was imported is still known by its row as it was: the same ledger
 * once more adds nothing, and the correction stands. Nothing changed makes no version.
 * @throws Refusal 404, 409 (changed since `ifVersion`), 422 naming each faulty field
 */
export async function correctRecord(
  db: Db,
  place: Place,
  { family, fields: written, why, ifVersion }: RecordCorrection,
  doer: Doer,
): Promise<RecordChanged> {
  return db.transaction().execute(async (trx) => {
    const known = await knownTo(trx, doer);
    return changing(trx, noteOf(doer, { action: 'correct', family, ...place }), async (version) => {
      const found = await foundOr404(trx, place);
      const { row } = found;
      refuseChanged(found, ifVersion);
      if (found.family !== family)
        refuse([{ path: 'family', says: { zh: '与记录不符', en: `is ${found.family} in this record` } }]);
      const before = fieldsIn(family, row);
      refuse([...correctionFaults(family, { before, written }, known), ...whyFaults(why)]);
      const after = wholeRecord(family, written, before);
      const changes = fieldChanges(family, before, after);
      if (changes.length === 0) return { ...place, family, changed: false, undo: null };
      await replaceRecord(trx, found, { ...(await columnsOf(trx, found, after, changes)), version });
      const moved = { unit: row.unit, family, importId: row.import_id };
      await noteEdit(trx, found, { action: 'correct', why, changes, version, doer });
      await coverMonth(trx, { ...moved, date: String(after['date']) }, version);
      await uncoverMonth(trx, { ...moved, date: row.date }, version);
      const fields = Object.fromEntries(changes.map(({ field, from }) => [field, from as never]));
      return { ...place, family, changed: true, undo: { action: 'correct', fields, ifVersion: version } };
    });
  });
}

/** The columns of the new version. A record that was entered by hand is known by what it says now. */
async function columnsOf(
  trx: Kysely<Database>,
  { family, row }: Found,
  after: RecordFields,
  changes: readonly FieldChange[],
): Promise<Record<string, unknown>> {
  const columns: Record<string, unknown> = {
    date: String(after['date']),
    title: titleOf(after),
    ...figuresOf(family, after),
    ...(changes.some((c) => c.field === 'kinds') ? { kinds: kindsOf(after) } : {}),
  };
  if (!isByHand(row)) return columns;
  const print = printOf(family, after);
  await refuseTwin(trx, family, { unit: row.unit, id: row.id, print });
  return { ...columns, fingerprint: print };
}

/**
 * Takes a record away; the journal keeps what it was.
 * @throws Refusal 404, 409 (changed since `ifVersion`), 422 without a reason
 */
export async function removeRecord(
  db: Db,
  place: Place,
  { why, ifVersion }: RecordRemoval,
  doer: Doer,
): Promise<RecordChanged> {
  return db.transaction().execute(async (trx) => {
    const { family } = await foundOr404(trx, place);
    return changing(trx, noteOf(doer, { action: 'remove', family, ...place }), async (version) => {
      const found = await foundOr404(trx, place);
      const { row } = found;
      refuse(whyFaults(why));
      refuseChanged(found, ifVersion);
      await deleteRecord(trx, found, version);
      await uncoverMonth(trx, { unit: row.unit, family, importId: row.import_id, date: row.date }, version);
      await noteEdit(trx, found, { action: 'remove', why, changes: [], version, doer });
      return { ...place, family, changed: true, undo: { action: 'restore' } } as const satisfies Said;
    });
  });
}

/**
 * Brings a removed record back as it was, under its own number.
 * @throws Refusal 404, 409 where it is there, came in anew, or its import was taken back; 422 without a reason
 */
export async function restoreRecord(
  db: Db,
  place: Place,
  { why }: { readonly why: string },
  doer: Doer,
): Promise<RecordChanged> {
  return db.transaction().execute(async (trx) => {
    if (await findRecord(trx, place)) throw new Refusal(409, `record ${place.id} of ${place.unit} is there`);
    const image = await lastImage(trx, place);
    if (!image) throw unknown(place);
    const { family } = image;
    const { import_id: importId, fingerprint, date, unit } = image.row;
    refuse(whyFaults(why));
    const from = await trx
      .selectFrom('import')
      .select('status')
      .where('id', '=', importId)
      .executeTakeFirst();
    if (from?.status !== 'committed')
      throw new Refusal(409, `import ${importId}, which brought it, was undone`);
    return changing(trx, noteOf(doer, { action: 'enter', family, ...place }), async (version) => {
      await refuseTwin(trx, family, { unit, id: place.id, print: fingerprint });
      const row = { ...image.row, version };
      await insertRecord(trx, { family, row });
      await noteEdit(trx, { family, row }, { action: 'enter', why, changes: [], version, doer });
      await coverMonth(trx, { unit, family, importId, date }, version);
      return { ...place, family, changed: true, undo: { action: 'remove', ifVersion: version } } as const;
    });
  });
}

/** A line of the journal: `correct visit A 1-1-1-5`. */
const noteOf = (
  { now, actor }: Doer,
  { action, family, unit, id }: Place & { action: Action; family: Family },
): ChangeNote => ({
  at: now().toISOString(),
  actor,
  what: 'record',
  detail: `${action} ${family} ${unit} ${id}`,
});

async function noteEdit(
  trx: Kysely<Database>,
  { family, row }: Found,
  of: { action: Action; why: string; changes: readonly FieldChange[]; version: number; doer: Doer },
): Promise<void> {
  const { action, why, changes, version, doer } = of;
  await trx
    .insertInto('edit')
    .values({
      unit: row.unit,
      family,
      record_id: row.id,
      import_id: row.import_id,
      action,
      at: doer.now().toISOString(),
      actor: doer.actor,
      why,
      fields: JSON.stringify(changes),
      version,
    })
    .execute();
}
