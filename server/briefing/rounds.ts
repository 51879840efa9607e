import type { Db } from '../../db/connect.ts';
import type { Log } from '../log.ts';
import { runDue, type Running } from '../queries/schedule-run.ts';

/** The one timer of the server: it looks for schedules that are due. */

/** Milliseconds between two looks: a schedule counts in minutes. */
const EVERY = 20_000;

export type Rounds = { close(): Promise<void> };

/** @param ready is waited for before each look: nothing is written while a long import has the database */
export function startRounds(
  db: Db,
  { log, ready, every = EVERY, ...by }: Running & { log: Log; ready: () => Promise<void>; every?: number },
): Rounds {
  let round: Promise<unknown> | null = null;
  const look = (): void => {
    // A long round is not overtaken by the next.
    round ??= ready()
      .then(() => runDue(db, by))
      .catch((error: unknown) => log.error({ err: error }, 'schedules could not be looked at'))
      .finally(() => (round = null));
  };
  const timer = setInterval(look, every);
  timer.unref();
  look();
  return {
    close: async () => {
      clearInterval(timer);
      await round;
    },
  };
}
