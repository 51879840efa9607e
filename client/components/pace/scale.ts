import type { Pace } from '../../../shared/due.ts';

/** The value at the right end of bars that stand below each other: all of them fit. Slots end at all of them. */
export function barEnd(paces: readonly Pace[]): number {
  const values = paces.flatMap((p) => [p.now.value, p.norm, p.course.least, p.before.value, p.due.value]);
  return Math.max(1, ...values.filter((v) => v !== null));
}
