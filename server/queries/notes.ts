import { sql, type Kysely, type Selectable } from 'kysely';
import type { Database, NoteTable } from '../../db/types.ts';
import type { Note, NoteBody, NotePatch, NotesQuestion } from '../../shared/desk.ts';
import { dayIn } from '../../shared/clock.ts';
import { kindByCode } from '../../shared/kinds.ts';
import { kpiById } from '../../shared/kpis.ts';
import { UnitTree } from '../../shared/unit.ts';
import type { Who } from '../auth/session.ts';
import { Refusal } from '../errors.ts';
import { keptSince } from './kept.ts';
import { settings } from './settings.ts';
import { listUnits } from './units.ts';

type Asker = Pick<Who, 'name' | 'role'>;
type Doing = { readonly who: Asker; readonly now: () => Date };
type Row = Selectable<NoteTable>;

/** One's own; the office may put any right. */
const mayChange = (row: Pick<Row, 'author'>, who: Asker): boolean =>
  row.author === who.name || who.role === 'admin';

/** @param timeZone whose days are the centre's days */
const said = (row: Row, { who, timeZone }: { who: Asker; timeZone: string }): Note => ({
  id: row.id,
  kpi: row.kpi,
  unit: row.unit,
  period: row.period,
  ...(row.kinds === '' ? {} : { kind: row.kinds.split(',') }),
  body: row.body,
  author: row.author,
  createdAt: row.created_at,
  day: dayIn(timeZone, new Date(row.created_at)),
  editedAt: row.edited_at,
  mine: mayChange(row, who),
  removed: row.removed_at !== null,
});

const refuse = (path: string, message: string): never => {
  throw new Refusal(422, `${path} ${message}`, [{ path, message }]);
};

/**
 * Counts the changes of notes: a page that was drawn with them is drawn anew after each. The data keep their version, since
 * no figure changes.
 */
export async function notesVersion(db: Kysely<Database>): Promise<number> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', 'notesVersion')
    .executeTakeFirst();
  return Number(row?.value ?? 0);
}
async function counted(trx: Kysely<Database>): Promise<void> {
  await trx
    .insertInto('setting')
    .values({ key: 'notesVersion', value: '1' })
    .onConflict((c) =>
      c.column('key').doUpdateSet({ value: sql`cast(cast(setting.value as integer) + 1 as text)` }),
    )
    .execute();
}

/**
 * Notes on points of a unit and of all under it, the oldest first; the latest where there are too many.
 * @throws Refusal 422 for an unknown unit
 */
export async function listNotes(
  db: Kysely<Database>,
  { unit, kpi, limit }: NotesQuestion,
  who: Asker,
): Promise<Note[]> {
  const tree = new UnitTree(await listUnits(db));
  if (unit !== undefined && !tree.byCode.has(unit)) refuse('unit', `"${unit}" is no unit`);
  let query = db.selectFrom('note').selectAll().where('removed_at', 'is', null);
  if (unit !== undefined && unit !== tree.roots[0]?.code)
    query = query.where(
      'unit',
      'in',
      tree.subtree(unit).map((u) => u.code),
    );
  if (kpi) query = query.where('kpi', 'in', [...kpi]);
  const rows = await query.orderBy('id', 'desc').limit(limit).execute();
  const { timeZone } = await settings(db);
  return rows.toReversed().map((row) => said(row, { who, timeZone }));
}

/** @throws Refusal 422 for a KPI, unit or kind that there is not */
export async function writeNote(db: Kysely<Database>, draft: NoteBody, { who, now }: Doing): Promise<Note> {
  const { kpi, unit, period, kind = [], body } = draft;
  if (!kpiById.has(kpi)) refuse('kpi', `"${kpi}" is not in the catalogue`);
  const unknown = kind.find((k) => !kindByCode.has(k));
  if (unknown !== undefined) refuse('kind', `"${unknown}" is no kind`);
  if (kind.length > 0 && kpiById.get(kpi)?.splitsByKind !== true)
    refuse('kind', `${kpi} is not split by kind`);
  return db.transaction().execute(async (trx) => {
    const known = await trx.selectFrom('unit').select('code').where('code', '=', unit).executeTakeFirst();
    if (!known) refuse('unit', `"${unit}" is no unit`);
    await trx.deleteFrom('note').where('removed_at', '<', keptSince(now())).execute();
    await counted(trx);
    const row = await trx
      .insertInto('note')
      .values({
        kpi,
        unit,
        period,
        kinds: [...new Set(kind)].sort().join(','),
        body,
        author: who.name,
        created_at: now().toISOString(),
        edited_at: null,
        removed_at: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return said(row, { who, timeZone: (await settings(trx)).timeZone });
  });
}

/**
 * Rewords, removes, or brings back.
 * @throws Refusal 404 for one that is not there, 403 for another's
 */
export async function changeNote(
  db: Kysely<Database>,
  { id, patch }: { id: number; patch: NotePatch },
  { who, now }: Doing,
): Promise<Note> {
  return db.transaction().execute(async (trx) => {
    const row = await trx.selectFrom('note').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row || (row.removed_at !== null && !mayChange(row, who)))
      throw new Refusal(404, `there is no note ${id}`, [{ path: 'id', message: 'is not there' }]);
    if (!mayChange(row, who))
      throw new Refusal(403, `the note is ${row.author}’s`, [{ path: 'id', message: 'is another’s' }]);
    const { body = row.body, removed } = patch;
    await counted(trx);
    const changed = await trx
      .updateTable('note')
      .set({
        body,
        edited_at: body === row.body ? row.edited_at : now().toISOString(),
        removed_at: removed === undefined ? row.removed_at : removed ? now().toISOString() : null,
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return said(changed, { who, timeZone: (await settings(trx)).timeZone });
  });
}
