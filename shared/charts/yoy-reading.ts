import type { Break } from '../breaks.ts';
import { judging, type Judge } from '../change.ts';
import { formatPeriodInYear, formatToDate, isSmall, yearName, isAtLeast } from '../format.ts';
import { isPercent, type Kpi } from '../kpi.ts';
import { rangeOf, sameDay, yearOfDay, type Grain } from '../period.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import { breaksIn } from './break-marks.ts';
import { normsOf } from './norms.ts';
import { notedIn, sayNote, type Noted, type NotePlace } from './notes.ts';
import {
  finder,
  isLookedAt,
  known,
  kpiOf,
  markOf,
  ofWholeYears,
  periodsIn,
  standOf,
  startOf,
  thisYear,
  tipLine,
  type Known,
  type Stand,
} from './parts.ts';
import { isSum, isTotalAtLeast, judgingTotals, markOfTotal, runningTotals, totalTip } from './sums.ts';
import type { Mark, ViewInput, ViewState } from './view.ts';

/** What the year-over-year answers say, before anything is drawn. */

export const grainIn = (state: ViewState): Grain => (state.grain === 'quarter' ? 'quarter' : 'month');

export type Year = {
  readonly year: number;
  readonly ago: number;
  readonly cells: readonly (Cell | null)[];
  /** What each period is held against. */
  readonly norms: readonly (number | null)[];
};
export type Reading = {
  readonly state: ViewState;
  readonly kpi: Kpi;
  /** Periods of this year, in order. */
  readonly periods: readonly string[];
  /** Which of them are picked out: in the place of each. None picked: they are all alike. */
  readonly picked: readonly boolean[] | null;
  readonly stands: readonly Stand[];
  readonly years: readonly Year[];
  readonly now: Year;
  /** The period that the as-of day cuts, and the same days of it a year earlier. */
  readonly running: {
    readonly index: number;
    readonly period: string;
    readonly now: Cell | null;
    readonly before: Cell | null;
  } | null;
  /** Are the cells running totals? */
  readonly isSum: boolean;
  /** This year's periods, each by itself. */
  readonly own: readonly (Cell | null)[];
  /** The norm that a running total is to come to by the year's end; null where it is held against one at any time. */
  readonly toCome: number | null;
  readonly notes: readonly Noted[];
  /** What happened to the unit and the rules in these years. */
  readonly breaks: readonly Break[];
  readonly changeOf: Judge | null;
};

export const runningPeriod = (state: ViewState): number =>
  periodsIn(state, thisYear(state), grainIn(state)).findIndex((p) => standOf(p, state) === 'running');

/** The column of a year's chart in which a day lies, by its year's own periods. */
export function columnOf(r: Reading, day: string): { index: number; period: string } | null {
  const { state } = r;
  const own = periodsIn(state, yearOfDay(day, startOf(state)), grainIn(state));
  const index = own.findIndex((p) => {
    const { from, to } = rangeOf(p, startOf(state));
    return day >= from && day <= to;
  });
  const period = own[index];
  return period === undefined ? null : { index, period };
}

export function read(input: ViewInput): Reading {
  const { answers, tree } = input;
  const state = ofWholeYears(input.state);
  const find = finder(answers[0]);
  const same = finder(answers[1]);
  const normOf = normsOf(state, answers[0]);
  const grain = grainIn(state);
  const last = thisYear(state);
  const kpi = kpiOf(state);
  const sum = isSum(state);
  const own = periodsIn(state, last, grain).map((period) => find({ period }));
  const years = state.years.map((year) => {
    const own = periodsIn(state, year, grain);
    const cells = own.map((period) => find({ period }));
    return {
      year,
      ago: last - year,
      cells: sum ? runningTotals(kpi, cells, state) : cells,
      norms: own.map((period) => normOf({ unit: state.unit, period })),
    };
  });
  const periods = periodsIn(state, last, grain);
  const now = years.at(-1) ?? { year: last, ago: 0, cells: [], norms: [] };
  const index = runningPeriod(state);
  const period = periods[index];
  const running =
    period === undefined
      ? null
      : {
          index,
          period,
          now: now.cells[index] ?? null,
          before: sameDaysOf(
            { state, kpi, sum },
            periodsIn(state, last - 1, grain).slice(0, index + 1),
            same,
          ),
        };
  return {
    state,
    kpi,
    isSum: sum,
    own,
    toCome: sum && !isPercent(kpi) ? normOf({ unit: state.unit, period: String(last) }) : null,
    notes: notedIn({ ...input, state }),
    periods,
    picked: input.state.only === undefined ? null : periods.map((p) => isLookedAt(input.state, p)),
    stands: periods.map((p) => standOf(p, state)),
    years,
    now,
    running,
    breaks: breaksIn({ ...input, state }),
    changeOf: answers[0] ? (sum ? judgingTotals : judging)(answers[0], tree) : null,
  };
}

/** Last year's figure to the same day: of the running period, or from the year's beginning. */
function sameDaysOf(
  { state, kpi, sum }: { state: ViewState; kpi: Kpi; sum: boolean },
  periods: readonly string[],
  same: ReturnType<typeof finder>,
): Cell | null {
  const cells = periods.map((period) => same({ period }));
  const asOf = sameDay(thisYear(state) - 1, state.asOf, startOf(state));
  return (sum ? runningTotals(kpi, cells, { ...state, asOf }) : cells).at(-1) ?? null;
}

/** A point of a line. Over too few a rate is no point: it would bend the line by chance. */
export const pointOf = (r: Reading, cell: Cell | null | undefined): number | null =>
  cell == null || isSmall(r.kpi, cell) ? null : cell.value;

/** The running period, where it has a figure to draw. */
export type RunningPoint = { readonly index: number; readonly now: Known; readonly before: Known | null };
export function runningPoint({ running }: Reading): RunningPoint | null {
  const now = known(running?.now);
  return running === null || now === null
    ? null
    : { index: running.index, now, before: known(running.before) };
}

/** What happened in the column's period of any of the years. */
export const breaksAt = (r: Reading, index: number): Break[] =>
  r.breaks.filter((b) => columnOf(r, b.on)?.index === index);

export function tipOf(r: Reading, index: number, lang: Lang): string {
  const { state } = r;
  const lines = [...r.years].reverse().flatMap(({ year, cells }) => {
    const cell = cells[index] ?? null;
    return cell === null ? [] : [lineOf(r, cell, { lang, name: yearName(year, startOf(state)) })];
  });
  const before = r.running?.index === index ? r.running.before : null;
  if (before !== null) lines.push(lineOf(r, before, { lang, name: sameDaysName(state, lang) }));
  const period = r.periods[index];
  return [
    ...(period === undefined ? [] : [columnName(r, period, lang)]),
    ...lines,
    ...breaksAt(r, index).map((b) => b.text[lang]),
    ...notesAt(r, index).map((noted) => sayNote(noted, lang)),
  ].join('\n');
}

/** One figure for a pointer. */
export const lineOf = (
  r: Reading,
  cell: Cell,
  { lang, name, state = r.state }: { lang: Lang; name: string; state?: ViewState },
): string => (r.isSum ? totalTip : tipLine)(r.kpi, cell, { lang, state, name });

/** A period as a column or a row is called: `9月`; of running totals `1–9月` · `Jan–Sep`. */
export const columnName = (r: Reading, period: string, lang: Lang): string =>
  r.isSum
    ? formatToDate(rangeOf(period, startOf(r.state)).to, lang, startOf(r.state))
    : formatPeriodInYear(period, lang);

/** What a click on a figure opens. */
export const markIn = (r: Reading, cell: Cell | null, toDate = false): Mark | undefined =>
  (r.isSum ? markOfTotal : markOf)(r.state, cell, toDate);

/** Is the figure a lower bound? A running total is one from the first period on that is not wholly reported. */
export const isLeast = (r: Reading, cell: Cell): boolean =>
  (r.isSum ? isTotalAtLeast : isAtLeast)(r.kpi, cell);

/** The notes on the column's period of any of the years. */
export const notesAt = (r: Reading, index: number): Noted[] =>
  r.notes.filter(({ note }) => r.years.some((y) => y.cells[index]?.period === note.period));

/** The notes at their points. */
export const notePlaces = (r: Reading): NotePlace[] =>
  r.notes.flatMap((noted) =>
    r.years.flatMap(({ cells }) => {
      const index = cells.findIndex((c) => c?.period === noted.note.period);
      return index < 0 ? [] : [{ noted, index, value: cells[index]?.value ?? null }];
    }),
  );

/** `2024 同期` · `2024, same days`. */
export function sameDaysName(state: ViewState, lang: Lang): string {
  const year = yearName(thisYear(state) - 1, startOf(state));
  return lang === 'zh' ? `${year} 同期` : `${year}, same days`;
}
