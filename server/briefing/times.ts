import { Cron } from 'croner';
import { Refusal } from '../errors.ts';

/** When a schedule is due, by the wall clock of the centre's time zone. */

/**
 * The first time after an instant; null: there is none.
 * @param cron five fields
 */
export const timeAfter = (cron: string, timeZone: string, after: Date): Date | null =>
  new Cron(cron, { timezone: timeZone, mode: '5-part', paused: true }).nextRun(after);

/** @throws Refusal 422 at `cron` where it is no expression of five fields, or names a day that never comes */
export function checkCron(cron: string, timeZone: string, now: Date): void {
  const refuse = (message: string): never => {
    throw new Refusal(422, `"cron" ${message}`, [{ path: 'cron', message }]);
  };
  let next: Date | null;
  try {
    next = timeAfter(cron, timeZone, now);
  } catch (error) {
    return refuse(reasonOf(error));
  }
  if (next === null) refuse('names a time that never comes');
}

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^Cron\w*: /, '').split('\n')[0] ?? '';
