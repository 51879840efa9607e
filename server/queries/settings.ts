import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import { isTimeZone } from '../../shared/clock.ts';

/** What the centre has settled for itself. */
export type Settings = {
  /** The month with which its year begins, 1…12. */
  readonly yearStart: number;
  /** IANA name of the zone whose days are the centre's days. */
  readonly timeZone: string;
};

const defaults: Settings = { yearStart: 1, timeZone: 'Asia/Shanghai' };

/** The centre's settings; what is not set, or set to what cannot be, is the default. */
export async function settings(db: Kysely<Database>): Promise<Settings> {
  const rows = await db
    .selectFrom('setting')
    .select(['key', 'value'])
    .where('key', 'in', ['yearStart', 'timeZone'])
    .execute();
  const value = (key: string): string | undefined => rows.find((r) => r.key === key)?.value;
  const month = Number(value('yearStart') ?? defaults.yearStart);
  const zone = value('timeZone') ?? defaults.timeZone;
  return {
    yearStart: Number.isInteger(month) && month >= 1 && month <= 12 ? month : defaults.yearStart,
    timeZone: isTimeZone(zone) ? zone : defaults.timeZone,
  };
}
