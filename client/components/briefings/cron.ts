/**
 * Five-field cron expressions, as far as the form offers them in words. What an expression means, and when it
 * comes next, is for the server to say.
 */

export const presets = ['month', 'quarter', 'year', 'week', 'own'] as const;
export type Preset = (typeof presets)[number];
/** `time` is `HH:MM`; `weekday` is 0 (Sunday) … 6; `own` is the expression where no preset fits. */
export type When = {
  readonly preset: Preset;
  readonly time: string;
  readonly weekday: number;
  readonly own: string;
};

const EARLY = '08:00';
const MONDAY = 1;
export const DEFAULT_WHEN: When = { preset: 'month', time: EARLY, weekday: MONDAY, own: '0 8 1 * *' };

const pad = (n: string): string => n.padStart(2, '0');
const isTime = (time: string): boolean => /^([01]?\d|2[0-3]):[0-5]\d$/.test(time);

/** The expression; null where the time is none, or an own expression has not five fields. */
export function cronOf({ preset, time, weekday, own }: When): string | null {
  if (preset === 'own')
    return own.trim().split(/\s+/).length === 5 ? own.trim().replaceAll(/\s+/g, ' ') : null;
  if (!isTime(time)) return null;
  const [hour, minute] = time.split(':').map(Number);
  const days = { month: '1 * *', quarter: '1 1,4,7,10 *', year: '1 1 *', week: `* * ${weekday}` }[preset];
  return `${minute} ${hour} ${days}`;
}

/** `0 8 1 * *` → every month on the 1st at 08:00. What fits no preset is one's own. */
export function whenOf(cron: string): When {
  const own: When = { ...DEFAULT_WHEN, preset: 'own', own: cron };
  const [minute = '', hour = '', ...rest] = cron.trim().split(/\s+/);
  const time = `${pad(hour)}:${pad(minute)}`;
  if (rest.length !== 3 || !isTime(time)) return own;
  const [day, month, weekday = ''] = rest;
  if (/^[0-6]$/.test(weekday) && day === '*' && month === '*')
    return { ...own, preset: 'week', time, weekday: Number(weekday) };
  if (day !== '1' || weekday !== '*') return own;
  if (month === '*') return { ...own, preset: 'month', time };
  if (month === '1') return { ...own, preset: 'year', time };
  if (month === '1,4,7,10' || month === '*/3') return { ...own, preset: 'quarter', time };
  return own;
}
