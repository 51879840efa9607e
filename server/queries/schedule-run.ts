import type { Db } from '../../db/connect.ts';
import type { BriefingFormat } from '../../shared/briefing.ts';
import { send, type Delivery } from '../briefing/send.ts';
import { timeAfter } from '../briefing/times.ts';
import { Refusal } from '../errors.ts';
import type { Reader } from '../reader/reader.ts';
import type { Renderer } from '../snapshot/render-thread.ts';
import { remakeBriefing } from './briefing-again.ts';
import { briefingFile } from './briefing-files.ts';
import { sealBriefing } from './briefing-seal.ts';
import { removeBriefing } from './briefings.ts';
import { scheduleRow, targetOf, type ScheduleRow } from './schedules.ts';
import { settings } from './settings.ts';

/** Makes what schedules ask for, and posts it. */

export type Running = {
  readonly now: () => Date;
  readonly renderer: Renderer;
  readonly reader?: Reader | undefined;
  readonly publicUrl: string;
  readonly delivery: Delivery;
};

/**
 * Runs what is due, one after the other. Times that were missed come to one run.
 * @returns the schedules that were run
 */
export async function runDue(db: Db, by: Running): Promise<string[]> {
  const { timeZone } = await settings(db);
  const rows = await db
    .selectFrom('briefing_schedule')
    .selectAll()
    .where('is_on', '=', 1)
    .orderBy('created_at')
    .execute();
  const run: string[] = [];
  for (const { id, cron, since_at } of rows) {
    const next = timeAfter(cron, timeZone, new Date(since_at));
    if (next === null || next > by.now()) continue;
    await runSchedule(db, await scheduleRow(db, id), by);
    run.push(id);
  }
  return run;
}

/** One at a time: two of one schedule would each be the other's former one. */
const running = new WeakMap<Db, Promise<void>>();

/** Makes one now. What stood in its way is kept with the schedule, and thrown at nobody. */
export function runSchedule(db: Db, row: ScheduleRow, by: Running): Promise<void> {
  const before = running.get(db) ?? Promise.resolve();
  const own = before.then(() => runOne(db, row.id, by));
  running.set(
    db,
    own.catch(() => {}),
  );
  return own;
}

const BROKEN_OFF = 'it was broken off';

async function runOne(db: Db, id: string, by: Running): Promise<void> {
  const row = await scheduleRow(db, id);
  const at = by.now().toISOString();
  const note = (of: { last_briefing?: string; last_problem: string | null }): Promise<unknown> =>
    db
      .updateTable('briefing_schedule')
      .set({ since_at: at, last_at: at, ...of })
      .where('id', '=', id)
      .execute();
  // Written before: one that ends the server is not begun again and again.
  await note({ last_problem: BROKEN_OFF });
  const made = await makeOne(db, row, by).catch((error: unknown) => ({ problem: reasonOf(error) }));
  if ('problem' in made) {
    await note({ last_problem: made.problem });
    return;
  }
  await note({ last_briefing: made.id, last_problem: BROKEN_OFF });
  const problem = await deliver(db, { row, id: made.id }, by);
  await note({ last_briefing: made.id, last_problem: problem });
}

/** Refusals are for people to read; of what went wrong in here they need no more than that. */
const reasonOf = (error: unknown): string =>
  error instanceof Refusal
    ? error.message
    : `something went wrong: ${error instanceof Error ? error.message : String(error)}`;

async function makeOne(db: Db, row: ScheduleRow, by: Running): Promise<{ id: string }> {
  const maker = { ...by, who: { name: row.maker, role: 'admin' as const } };
  const draft = await remakeBriefing(
    db,
    { id: row.last_briefing ?? row.briefing_id, schedule: row.id },
    maker,
  );
  try {
    return await sealBriefing(db, draft.id, maker);
  } catch (error) {
    await removeBriefing(db, draft.id, maker.who);
    throw error;
  }
}

/** @returns what stood in the way; the briefing is kept all the same */
async function deliver(
  db: Db,
  { row, id }: { row: ScheduleRow; id: string },
  by: Running,
): Promise<string | null> {
  const who = { name: row.maker, role: 'admin' as const };
  try {
    const format = row.format as BriefingFormat;
    const { bytes, type, fileName } = await briefingFile(db, { id, format }, { ...by, who });
    const to = targetOf(row);
    if (to === null) return null;
    const { sha256, title } = await db
      .selectFrom('briefing')
      .select(['sha256', 'title'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const link = `${by.publicUrl}/briefings/${id}`;
    const file = { name: fileName, type, bytes };
    await send(to, { id, title, sha256: sha256 ?? '', link, file }, by.delivery);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
