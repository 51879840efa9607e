import type { World } from './world.ts';

const isDate = /^\d{4}-\d{2}(-\d{2})?$/;
/** `2022`, `2022-Q1`, `2022-03` or a day, so many years later. */
export const later = (text: string, years: number): string =>
  `${Number(text.slice(0, 4)) + years}${text.slice(4)}`;

function moved<T>(row: T, years: number): T {
  if (typeof row !== 'object' || row === null) return row;
  const entries = Object.entries(row).map(([column, value]: [string, unknown]) => [
    column,
    typeof value === 'string' && isDate.test(value) ? later(value, years) : value,
  ]);
  return Object.fromEntries(entries) as T;
}

/** The same centre so many years later: every date of every row. The calendar repeats after 28 years, 1901 to 2099. */
export function shifted(world: World, years: number): World {
  const all = <T>(rows: readonly T[]): T[] => rows.map((r) => moved(r, years));
  const { records } = world;
  return {
    ...world,
    units: all(world.units),
    past: all(world.past),
    norms: all(world.norms),
    exemptions: all(world.exemptions),
    coverage: all(world.coverage),
    records: {
      activity: all(records.activity),
      activity_kind: records.activity_kind,
      visit: all(records.visit),
      volunteering: all(records.volunteering),
      rectification: all(records.rectification),
      contradiction: all(records.contradiction),
      headcount: all(records.headcount),
    },
    focusYear: world.focusYear + years,
  };
}
