/** Where an instant becomes a day. Everything else in the product counts in days, without a clock. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once a zone: making one takes longer than all the rest. */
function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  formats.set(timeZone, made);
  return made;
}

/**
 * The day on the wall calendar of a time zone, ISO, whatever the zone of the machine.
 * @param timeZone an IANA name, as `Asia/Shanghai`
 * @throws RangeError where there is no such zone, or the instant is none
 */
export function dayIn(timeZone: string, instant: Date): string {
  // By its parts: how a locale joins them is no standard, and has changed with the library before.
  const parts = formatIn(timeZone).formatToParts(instant);
  const part = (type: 'year' | 'month' | 'day'): string => parts.find((p) => p.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** Is it a zone that this machine knows? */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
