import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import { isTimeZone } from '../../shared/clock.ts';

/** What the centre has settled for itself. */
export type Settings = {
  /** The month with which its year begins, 1…12. */
  readonly yearStart: number;
  /** IANA name of the zone whose days are the centre's days. */
  readonly timeZone: string;
  /** Are names of persons kept? Then the office and the branch's own secretary see them, and nobody else. */
  readonly keepNames: boolean;
  /** Hours of half a day and of a day, as a duration; null: unknown. */
  readonly halfDay: number | null;
  readonly day: number | null;
};

const defaults: Settings = {
  yearStart: 1,
  timeZone: 'Asia/Shanghai',
  keepNames: false,
  halfDay: null,
  day: null,
};

/** Hours: more than none, at most a day's. */
const hours = (text: string | undefined): number | null => {
  const n = Number(text ?? '');
  return text !== undefined && text !== '' && n > 0 && n <= 24 ? n : null;
};

/** A setting's value as it is kept: '' is unknown. */
export const settingText = (value: Settings[keyof Settings]): string => (value === null ? '' : String(value));

export const settingKeys = Object.keys(defaults) as readonly (keyof Settings)[];

/** The centre's settings; what is not set, or set to what cannot be, is the default. */
export async function settings(db: Kysely<Database>): Promise<Settings> {
  const rows = await db
    .selectFrom('setting')
    .select(['key', 'value'])
    .where('key', 'in', settingKeys)
    .execute();
  const value = (key: string): string | undefined => rows.find((r) => r.key === key)?.value;
  const month = Number(value('yearStart') ?? defaults.yearStart);
  const zone = value('timeZone') ?? defaults.timeZone;
  return {
    yearStart: Number.isInteger(month) && month >= 1 && month <= 12 ? month : defaults.yearStart,
    timeZone: isTimeZone(zone) ? zone : defaults.timeZone,
    keepNames: value('keepNames') === 'true',
    halfDay: hours(value('halfDay')),
    day: hours(value('day')),
  };
}
