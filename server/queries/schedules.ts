import type { Selectable } from 'kysely';
import { newId } from '../ids.ts';
import type { Db } from '../../db/connect.ts';
import type { BriefingScheduleTable } from '../../db/types.ts';
import type { BriefingFormat, ScheduleBody, ScheduleReply } from '../../shared/briefing.ts';
import { checkTarget, type Delivery } from '../briefing/send.ts';
import { checkCron, timeAfter } from '../briefing/times.ts';
import { Refusal } from '../errors.ts';
import type { BriefingDoing } from './briefings.ts';
import { settings } from './settings.ts';
import type { SnapshotAsker } from './snapshots.ts';

/** Schedules: what is made again and again, when, and where it goes. They are run in schedule-run.ts. */

type Doing = BriefingDoing & { readonly delivery: Delivery };
export type ScheduleRow = Selectable<BriefingScheduleTable> & { readonly title: string };

const rows = (db: Db) =>
  db
    .selectFrom('briefing_schedule as s')
    .innerJoin('briefing as b', 'b.id', 's.briefing_id')
    .selectAll('s')
    .select('b.title');

/** Where it is posted. */
export const targetOf = ({ goes_to }: Pick<ScheduleRow, 'goes_to'>): ScheduleBody['to'] =>
  goes_to === null ? null : (JSON.parse(goes_to) as ScheduleBody['to']);

/** Its own making, and the office may put any right. An auditor reads. */
const mayChange = ({ maker }: Pick<ScheduleRow, 'maker'>, { role, name }: SnapshotAsker): boolean =>
  role === 'admin' || (role !== 'auditor' && maker === name);

type Seen = { readonly timeZone: string; readonly who: SnapshotAsker };
const replyOf = (row: ScheduleRow, { timeZone, who }: Seen): ScheduleReply => ({
  id: row.id,
  briefing: row.briefing_id,
  title: row.title,
  cron: row.cron,
  format: row.format as BriefingFormat,
  to: targetOf(row),
  isOn: row.is_on === 1,
  maker: row.maker,
  mine: mayChange(row, who),
  nextAt:
    row.is_on === 1 ? (timeAfter(row.cron, timeZone, new Date(row.since_at))?.toISOString() ?? null) : null,
  last:
    row.last_at === null ? null : { at: row.last_at, briefing: row.last_briefing, problem: row.last_problem },
});

/** All schedules, in the order in which they were made. */
export async function listSchedules(db: Db, who: SnapshotAsker): Promise<ScheduleReply[]> {
  const { timeZone } = await settings(db);
  const found = await rows(db).orderBy('s.created_at').orderBy('s.id').execute();
  return found.map((row) => replyOf(row, { timeZone, who }));
}

/** @throws Refusal 404 */
export async function scheduleRow(db: Db, id: string): Promise<ScheduleRow> {
  const row = await rows(db).where('s.id', '=', id).executeTakeFirst();
  if (row === undefined)
    throw new Refusal(404, `There is no schedule "${id}"`, [{ path: 'id', message: 'is not a schedule' }]);
  return row;
}

export const getSchedule = async (db: Db, id: string, who: SnapshotAsker): Promise<ScheduleReply> =>
  replyOf(await scheduleRow(db, id), { timeZone: (await settings(db)).timeZone, who });

/** The row of a schedule that the asker may change. @throws Refusal 404, 403 */
export async function ownSchedule(db: Db, id: string, who: SnapshotAsker): Promise<ScheduleRow> {
  const row = await scheduleRow(db, id);
  if (!mayChange(row, who)) throw new Refusal(403, 'only who made the schedule, or the office, may do this');
  return row;
}

async function checkBriefing(db: Db, id: string): Promise<void> {
  const row = await db.selectFrom('briefing').select('sealed_at').where('id', '=', id).executeTakeFirst();
  const message =
    row === undefined ? 'is not a briefing' : row.sealed_at === null ? 'is a draft: seal it first' : null;
  if (message !== null) throw new Refusal(422, `"briefing" ${message}`, [{ path: 'briefing', message }]);
}

/** @throws Refusal 422 at `briefing`, `cron` or `to` */
export async function createSchedule(
  db: Db,
  body: ScheduleBody,
  { who, now, delivery }: Doing,
): Promise<ScheduleReply> {
  await checkBriefing(db, body.briefing);
  checkCron(body.cron, (await settings(db)).timeZone, now());
  checkTarget(body.to, delivery);
  const id = newId(9);
  const at = now().toISOString();
  await db
    .insertInto('briefing_schedule')
    .values({
      id,
      briefing_id: body.briefing,
      cron: body.cron,
      format: body.format,
      goes_to: body.to === null ? null : JSON.stringify(body.to),
      is_on: body.isOn ? 1 : 0,
      maker: who.name,
      created_at: at,
      since_at: at,
      last_at: null,
      last_briefing: null,
      last_problem: null,
    })
    .execute();
  return getSchedule(db, id, who);
}

export type SchedulePatch = { readonly [K in keyof ScheduleBody]?: ScheduleBody[K] | undefined };

/**
 * Changes a schedule; what is absent stays. The next time is looked for from now on.
 * @throws Refusal 404, 403, 422
 */
export async function changeSchedule(
  db: Db,
  { id, patch }: { readonly id: string; readonly patch: SchedulePatch },
  { who, now, delivery }: Doing,
): Promise<ScheduleReply> {
  await ownSchedule(db, id, who);
  const { briefing, cron, format, to, isOn } = patch;
  if (briefing !== undefined) await checkBriefing(db, briefing);
  if (cron !== undefined) checkCron(cron, (await settings(db)).timeZone, now());
  if (to !== undefined) checkTarget(to, delivery);
  await db
    .updateTable('briefing_schedule')
    .set({
      // What was made of another outline is no former one of this.
      ...(briefing === undefined ? {} : { briefing_id: briefing, last_briefing: null }),
      ...(cron === undefined ? {} : { cron }),
      ...(format === undefined ? {} : { format }),
      ...(to === undefined ? {} : { goes_to: to === null ? null : JSON.stringify(to) }),
      ...(isOn === undefined ? {} : { is_on: isOn ? 1 : 0 }),
      since_at: now().toISOString(),
    })
    .where('id', '=', id)
    .execute();
  return getSchedule(db, id, who);
}

/** Ends a schedule; the briefings that it has made stay. @throws Refusal 404, 403 */
export async function removeSchedule(db: Db, id: string, who: SnapshotAsker): Promise<{ removed: true }> {
  await ownSchedule(db, id, who);
  await db.deleteFrom('briefing_schedule').where('id', '=', id).execute();
  return { removed: true };
}
