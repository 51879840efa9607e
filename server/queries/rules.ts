import type { Kysely, Selectable } from 'kysely';
import type { Database, DefinitionChangeTable, ExemptionTable, NormTable } from '../../db/types.ts';
import type {
  AnyChange,
  ChangeReply,
  DefinitionDraft,
  ExemptionDraft,
  NormDraft,
  RuleChange,
  RulesReply,
  SettingChange,
  SettingsDraft,
} from '../../shared/rule-change.ts';
import { ruleFaults } from '../../shared/rules.ts';
import { Refusal } from '../errors.ts';
import { changing, type Doer } from './centre.ts';
import { keepPast } from './journal.ts';
import { listDefinitionChanges, listExemptions, listNorms, toNorm } from './norms.ts';
import { settingKeys, settings, settingText } from './settings.ts';

/** All rules, each row with the version of the data that brought it in, and the centre's settings. */
export async function listRules(db: Kysely<Database>): Promise<RulesReply> {
  const norms = await db.selectFrom('norm').selectAll().orderBy('id').execute();
  const versions = async (table: 'exemption' | 'definition_change'): Promise<Map<number, number>> =>
    new Map((await db.selectFrom(table).select(['id', 'version']).execute()).map((r) => [r.id, r.version]));
  const [ofExemptions, ofChanges] = [await versions('exemption'), await versions('definition_change')];
  return {
    norms: norms.map((row) => ({ ...toNorm(row), version: row.version })),
    exemptions: (await listExemptions(db)).map((e) => ({ ...e, version: ofExemptions.get(e.id) ?? 0 })),
    definitionChanges: (await listDefinitionChanges(db)).map((d) => ({
      ...d,
      version: ofChanges.get(d.id) ?? 0,
    })),
    settings: await settings(db),
  };
}

/**
 * Makes one change of the rules, as one committed change of data.
 * @param at where the change's row stands in what was sent, for the paths of faults: `row.`
 * @throws Refusal 404 (no such row), 409 (changed since `ifVersion`), 422 naming each faulty field
 */
export async function changeRules(
  db: Kysely<Database>,
  change: AnyChange,
  { now, actor, at = 'row.' }: Doer & { at?: string },
): Promise<ChangeReply> {
  return db
    .transaction()
    .execute((trx) =>
      changing(
        trx,
        { at: now().toISOString(), actor, what: change.what, detail: detailOf(change) },
        (version) => applyChange(trx, change, { version, at }),
      ),
    );
}

type Applied = Omit<ChangeReply, 'dataVersion'>;
const unchanged = (id: number | null): Applied => ({ id, changed: false, undo: null });

/** Writes the change within a transaction; the caller counts it, or takes it back. */
export async function applyChange(
  trx: Kysely<Database>,
  change: AnyChange,
  of: { version: number; at: string },
): Promise<Applied> {
  await refuseFaulty(trx, change, of.at);
  return change.what === 'setting'
    ? applySettings(trx, change, of.version)
    : applyRow(trx, change, of.version);
}

async function refuseFaulty(trx: Kysely<Database>, change: AnyChange, at: string): Promise<void> {
  const units = await trx.selectFrom('unit').select('code').execute();
  const faults = ruleFaults(change, {
    units: new Set(units.map((u) => u.code)),
    norms: await listNorms(trx),
    exemptions: await listExemptions(trx),
    settings: await settings(trx),
  });
  if (faults.length === 0) return;
  const errors = faults.map((f) => ({ path: at + f.path, message: f.says.en }));
  throw new Refusal(422, 'The change cannot be made; nothing was changed', errors);
}

const tables = { norm: 'norm', exemption: 'exemption', definition: 'definition_change' } as const;

async function applyRow(trx: Kysely<Database>, change: RuleChange, version: number): Promise<Applied> {
  // The three tables have `id` and `version` alike; the rows are made by `toRow`, which knows the table.
  const table = tables[change.what] as 'norm';
  if (change.action === 'add') {
    const { id } = await trx
      .insertInto(table)
      .values({ ...(toRow(change) as Selectable<NormTable>), version })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { id, changed: true, undo: { what: change.what, action: 'remove', id, ifVersion: version } };
  }
  const { id, ifVersion } = change;
  const before = await trx.selectFrom(table).selectAll().where('id', '=', id).executeTakeFirst();
  if (!before) throw new Refusal(404, `there is no ${change.what} ${id}`);
  if (ifVersion !== undefined && before.version !== ifVersion)
    throw new Refusal(
      409,
      `${change.what} ${id} was changed since, by version ${before.version} of the data`,
    );
  if (change.action === 'remove') {
    await keepPast(trx, table, [before], version);
    await trx.deleteFrom(table).where('id', '=', id).execute();
    return { id, changed: true, undo: { ...draftOf(change.what, before), action: 'add' } };
  }
  const row = toRow(change) as Selectable<NormTable>;
  if (Object.entries(row).every(([column, value]) => before[column as keyof typeof before] === value))
    return unchanged(id);
  await keepPast(trx, table, [before], version);
  await trx
    .updateTable(table)
    .set({ ...row, version })
    .where('id', '=', id)
    .execute();
  const undo = { ...draftOf(change.what, before), action: 'change' as const, id, ifVersion: version };
  return { id, changed: true, undo };
}

type Written = Extract<RuleChange, { row: unknown }>;

/** The columns of a row, without its number and version. */
function toRow(change: Written): Readonly<Record<string, string | number | null>> {
  switch (change.what) {
    case 'norm':
      return normRow(change.row);
    case 'exemption': {
      const { unit, kind, from, to, reason, decidedBy, decidedOn } = change.row;
      return { unit, kind, from_on: from, to_on: to, reason, decided_by: decidedBy, decided_on: decidedOn };
    }
    case 'definition':
      return { kpi: change.row.kpi, on_day: change.row.on, note: change.row.note };
  }
}

function normRow(row: NormDraft): Omit<Selectable<NormTable>, 'id' | 'version'> {
  const { layer, unit, kind, kpi, every, value, strength } = row;
  const isAsked = kind !== null && every !== 'never';
  return {
    layer,
    unit,
    kind,
    kpi,
    every,
    per: kind === null ? null : isAsked ? (row.per ?? 'branch') : 'branch',
    min_members: isAsked ? row.minMembers : null,
    value,
    from_on: row.from,
    to_on: row.to,
    source_zh: row.source.zh,
    source_en: row.source.en || row.source.zh,
    strength,
    note: row.note || null,
  };
}

type Draft =
  | { what: 'norm'; row: NormDraft }
  | { what: 'exemption'; row: ExemptionDraft }
  | { what: 'definition'; row: DefinitionDraft };

/** A row of the table as it would be written again. */
function draftOf(what: RuleChange['what'], stored: object): Draft {
  if (what === 'norm') {
    const row = stored as Selectable<NormTable>;
    const { layer, unit, kind, kpi, every, per, value, strength, note } = row;
    const span = { from: row.from_on, to: row.to_on, source: { zh: row.source_zh, en: row.source_en } };
    return {
      what,
      row: {
        layer,
        unit,
        kind,
        kpi,
        every,
        per,
        minMembers: row.min_members,
        value,
        strength,
        note,
        ...span,
      },
    };
  }
  if (what === 'exemption') {
    const row = stored as Selectable<ExemptionTable>;
    const { unit, kind, reason } = row;
    const decided = { decidedBy: row.decided_by, decidedOn: row.decided_on };
    return { what, row: { unit, kind, from: row.from_on, to: row.to_on, reason, ...decided } };
  }
  const row = stored as Selectable<DefinitionChangeTable>;
  return { what, row: { kpi: row.kpi, on: row.on_day, note: row.note } };
}

async function applySettings(
  trx: Kysely<Database>,
  { row }: SettingChange,
  version: number,
): Promise<Applied> {
  const before = await settings(trx);
  const undo: SettingsDraft = {};
  for (const key of settingKeys) {
    const value = row[key];
    if (value === undefined || value === before[key]) continue;
    Object.assign(undo, { [key]: before[key] });
    // What was never set was in force as its default: the image says which.
    await keepPast(trx, 'setting', [{ key, value: settingText(before[key]), version: 0 }], version);
    await trx
      .insertInto('setting')
      .values({ key, value: settingText(value) })
      .onConflict((c) => c.column('key').doUpdateSet({ value: settingText(value) }))
      .execute();
  }
  // Names that are not to be kept are not there to be found again: no undo brings them back.
  if (undo.keepNames === true) await trx.deleteFrom('record_names').execute();
  if (Object.keys(undo).length === 0) return unchanged(null);
  return { id: null, changed: true, undo: { what: 'setting', action: 'change', row: undo } };
}

/** The change in a line of the journal: `add theme_day A 2025-01-01 – 2025-06-30`. */
function detailOf(change: AnyChange): string {
  if (change.what === 'setting')
    return Object.entries(change.row)
      .map(([key, value]) => `${key}=${value ?? ''}`)
      .join(' ');
  if (change.action === 'remove') return `remove ${change.id}`;
  const head = change.action === 'add' ? 'add' : `change ${change.id}`;
  switch (change.what) {
    case 'norm': {
      const { kind, kpi, layer, unit } = change.row;
      return [head, kind ?? kpi, layer, unit].filter(Boolean).join(' ');
    }
    case 'exemption': {
      const { kind, unit, from, to } = change.row;
      return `${head} ${kind} ${unit} ${from} – ${to ?? ''}`.trim();
    }
    case 'definition':
      return `${head} ${change.row.kpi} ${change.row.on}`;
  }
}
