import type { Kysely } from 'kysely';
import type { Db } from '../../db/connect.ts';
import type { Database } from '../../db/types.ts';
import { dayIn } from '../../shared/clock.ts';
import type { Answer } from '../../shared/query.ts';
import { Refusal } from '../errors.ts';
import { dataVersion } from './centre.ts';
import { holdingsAt, layOut } from './holdings.ts';
import { settings } from './settings.ts';
import { Shelf } from './shelf.ts';
import { listUnits } from './units.ts';

/** From which version, and since when, changes are noted; nulls while none is. */
export type JournalBegin = { readonly version: number | null; readonly at: string | null };

export async function journalBegin(db: Kysely<Database>): Promise<JournalBegin> {
  const first = await db
    .selectFrom('change')
    .select(['version', 'at'])
    .orderBy('version')
    .limit(1)
    .executeTakeFirst();
  return first ?? { version: null, at: null };
}

/** The earliest version that can be told apart: what was there before the journal counts as known since ever. */
export async function earliestVersion(db: Kysely<Database>): Promise<number> {
  const { version } = await journalBegin(db);
  return version === null ? dataVersion(db) : version - 1;
}

/**
 * The version that was in force at the end of a day, by the centre's own clock: the last one made on
 * or before it. Before the journal begins it is the one that the journal begins from.
 */
export async function versionOn(db: Kysely<Database>, day: string): Promise<number> {
  const { timeZone } = await settings(db);
  const changes = await db
    .selectFrom('change')
    .select(['version', 'at'])
    .orderBy('version', 'desc')
    .execute();
  return changes.find((c) => dayIn(timeZone, new Date(c.at)) <= day)?.version ?? earliestVersion(db);
}

/** Runs the work in a transaction of its own, or in the one that it is called in. */
export const wholly = <T>(db: Kysely<Database>, work: (trx: Kysely<Database>) => Promise<T>): Promise<T> =>
  db.isTransaction ? work(db) : db.transaction().setIsolationLevel('repeatable read').execute(work);

type World = { readonly db: Db; close(): Promise<void> };
/** Past worlds never change: those asked for last are kept, by the database that they are of. */
const worlds = new WeakMap<Kysely<Database>, Shelf<World>>();
const WORLDS_KEPT = 3;

/**
 * The data as they were at a version, in a database of its own, for the time of `use`. Every figure
 * asked of it is made by the same code as now.
 * @throws Refusal 422 where there are too many records
 */
export async function worldAt<T>(
  db: Kysely<Database>,
  version: number,
  use: (world: Db) => Promise<T>,
): Promise<T> {
  const make = async (): Promise<World> => {
    const world = await layOut(await wholly(db, (trx) => holdingsAt(trx, version)), version);
    return { db: world, close: () => world.destroy() };
  };
  // A transaction ends before long, and with it whatever would be kept under its name.
  const shelf = db.isTransaction ? new Shelf<World>(0) : (worlds.get(db) ?? new Shelf<World>(WORLDS_KEPT));
  if (!db.isTransaction) worlds.set(db, shelf);
  return shelf.using(String(version), make, (world) => use(world.db));
}

/**
 * What was answered at the end of a past day: the same question, put to the data of that day.
 * @throws Refusal 422 where nothing was known yet, or where there are too many records
 */
export async function asKnown(
  db: Kysely<Database>,
  knownOn: string,
  ask: (world: Kysely<Database>) => Promise<Answer>,
): Promise<Answer> {
  const version = await versionOn(db, knownOn);
  const now = version === (await dataVersion(db)) ? await ask(db) : null;
  // A change may have come in while it was being answered.
  const made =
    now?.dataVersion === version
      ? now
      : await worldAt(db, version, async (world) => {
          // Otherwise the unit would be called unknown, which it is not.
          if ((await listUnits(world)).length === 0) await refuseUnknown(db, knownOn);
          return ask(world);
        });
  return { ...made, query: { ...made.query, knownOn } };
}

async function refuseUnknown(db: Kysely<Database>, knownOn: string): Promise<never> {
  const { at } = await journalBegin(db);
  const begins = at && `; the journal begins on ${dayIn((await settings(db)).timeZone, new Date(at))}`;
  const message = `nothing was known on ${knownOn}${begins ?? ''}`;
  throw new Refusal(422, 'The question is about a day on which nothing was known', [
    { path: 'knownOn', message },
  ]);
}
