import type { Break } from '../breaks.ts';
import { formatPeriodList } from '../format.ts';
import { meetsNorm, type Kpi } from '../kpi.ts';
import { rangeOf, type Grain } from '../period.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import { existsIn, shortName, type Unit } from '../unit.ts';
import { breaksIn } from './break-marks.ts';
import { normsOf } from './norms.ts';
import {
  daysOfYear,
  finder,
  isKnown,
  isLookedAt,
  kpiOf,
  ofWholeYears,
  periodsIn,
  sayNoFigure,
  sentence,
  standOf,
  startOf,
  thisYear,
  unitsOf,
} from './parts.ts';
import type { ViewInput, ViewState } from './view.ts';

/** What the answers of units by period say, before anything is drawn. */

export const grainIn = (state: ViewState): Grain => (state.grain === 'quarter' ? 'quarter' : 'month');

export type Row = {
  readonly unit: Unit;
  readonly cells: readonly (Cell | null)[];
  readonly total: Cell | null;
  /** What each period is held against. */
  readonly norms: readonly (number | null)[];
  /** What happened to the unit itself. */
  readonly breaks: readonly Break[];
};
export type Reading = {
  readonly state: ViewState;
  readonly kpi: Kpi;
  readonly periods: readonly string[];
  /** Which of them are picked out: in the place of each. None picked: they are all alike. */
  readonly picked: readonly boolean[] | null;
  readonly rows: readonly Row[];
  readonly top: number;
  /** Changes of the rules that bind all rows. */
  readonly rules: readonly Break[];
};

const isRule = (b: Break): boolean =>
  (b.code === 'norm' || b.code === 'value' || b.code === 'definition') && b.units.length === 0;

/** The rows of units that were open in the year, with their periods and the year's figure. */
export function read(input: ViewInput): Reading {
  const { answers, tree } = input;
  const state = ofWholeYears(input.state);
  const find = finder(answers[0]);
  const total = finder(answers[1]);
  const normOf = normsOf(state, answers[0]);
  const year = thisYear(state);
  const inYear = { ...input, state: { ...state, years: [year] } };
  const periods = periodsIn(state, year, grainIn(state));
  const rows = unitsOf(answers[0], tree)
    .filter((unit) => existsIn(unit, daysOfYear(state, year)))
    .map((unit) => ({
      unit,
      cells: periods.map((period) => find({ unit: unit.code, period })),
      total: total({ unit: unit.code, period: String(year) }),
      norms: periods.map((period) => normOf({ unit: unit.code, period })),
      breaks: breaksIn(inYear, unit.code).filter((b) => !isRule(b)),
    }))
    .filter((row) => row.cells.some((c) => c !== null));
  const values = rows.flatMap((row) => row.cells.filter(isKnown).map((c) => c.value));
  const rules = breaksIn(inYear).filter(isRule);
  const picked = input.state.only === undefined ? null : periods.map((p) => isLookedAt(input.state, p));
  return { state, kpi: kpiOf(state), periods, picked, rows, top: Math.max(0, ...values), rules };
}

/** The column in which a day lies. */
export function columnOf(r: Reading, day: string): { index: number; period: string } | null {
  const index = r.periods.findIndex((p) => {
    const { from, to } = rangeOf(p, startOf(r.state));
    return day >= from && day <= to;
  });
  const period = r.periods[index];
  return period === undefined ? null : { index, period };
}

/** Is the norm of a tally met? Where none is held against it, all is asked for. */
export const isMet = (kpi: Kpi, value: number, norm: number | null): boolean =>
  meetsNorm(kpi, value, norm ?? 1) === true;

/** Slots and months of ledgers are few by nature: one missed of three is a fact, not a sample. */
export const isTally = (kpi: Kpi): boolean => kpi.from === 'slots' || kpi.from === 'coverage';

/** Which units have not reported, and what, for up to two of them; for more, how many. */
function saysMissing(r: Reading, lang: Lang): string | null {
  const gaps = r.rows.flatMap((row) => {
    const periods = row.cells.flatMap((c) => (isDue(r, c) && c.status === 'none' ? [c.period] : []));
    const isAll = row.cells.every((c) => !isDue(r, c) || c.status === 'none' || c.status === 'na');
    return periods.length === 0 ? [] : [{ name: shortName(row.unit.name), periods, isAll }];
  });
  if (gaps.length === 0) return null;
  if (gaps.length > 2)
    return lang === 'zh'
      ? `${gaps.length} 个支部有月份未报`
      : `${gaps.length} units have periods not reported`;
  return lang === 'zh'
    ? gaps
        .map(
          (g) => `${g.name}${g.isAll && r.picked === null ? '至今' : formatPeriodList(g.periods, lang)}未报`,
        )
        .join('，')
    : gaps
        .map(
          (g) =>
            `${g.name}: ${g.isAll && r.picked === null ? 'nothing reported' : `${formatPeriodList(g.periods, lang)} not reported`}`,
        )
        .join(', ');
}

const isDue = (r: Reading, cell: Cell | null): cell is Cell =>
  cell !== null && standOf(cell.period, r.state) !== 'later';

/** One line on the figures: how many units miss nothing, and which have not reported. */
export function says(input: ViewInput, lang: Lang): string {
  const all = read(input);
  if (all.picked === null) return saysOf(all, lang);
  const r = onlyPicked(all);
  const name = formatPeriodList(r.periods, lang);
  return `${name}${lang === 'zh' ? '：' : ': '}${saysOf(r, lang)}`;
}

/** The columns that are picked, and no others. */
function onlyPicked(r: Reading): Reading {
  const ofPicked = <T>(all: readonly T[]): T[] => all.filter((_, i) => r.picked?.[i] === true);
  return {
    ...r,
    periods: ofPicked(r.periods),
    rows: r.rows.map((row) => ({ ...row, cells: ofPicked(row.cells), norms: ofPicked(row.norms) })),
  };
}

function saysOf(r: Reading, lang: Lang): string {
  if (!r.rows.some((row) => row.cells.some((c) => isDue(r, c) && c.value !== null)))
    return noFigureIn(r, lang);
  return sentence([saysTally(r, lang), saysMissing(r, lang)], lang);
}

function noFigureIn(r: Reading, lang: Lang): string {
  if (r.picked === null) return sayNoFigure(r.state, lang);
  const isLater = r.periods.every((p) => standOf(p, r.state) === 'later');
  if (lang === 'zh') return isLater ? '未到期。' : '台账未报，或没有数值。';
  return isLater ? 'Not due.' : 'Not reported, or no value.';
}

/** How many cells there are of each state: `99 格有数，其中 3 格为零，2 格未报；格色深浅只表示数的大小`. */
function saysStates(r: Reading, lang: Lang): string {
  const cells = r.rows.flatMap((row) => row.cells.filter((c) => isDue(r, c)));
  const known = cells.filter(isKnown);
  const zero = known.filter((c) => c.value === 0).length;
  const missing = cells.filter((c) => c.status === 'none').length;
  const parts =
    lang === 'zh'
      ? [
          `${known.length} 格有数`,
          ...(zero > 0 ? [`其中 ${zero} 格为零`] : []),
          ...(missing > 0 ? [`${missing} 格未报`] : []),
        ]
      : [
          `${known.length} cells have a figure`,
          ...(zero > 0 ? [`${zero} of them zero`] : []),
          ...(missing > 0 ? [`${missing} not reported`] : []),
        ];
  const shade = lang === 'zh' ? '；格色深浅只表示数的大小' : '; the shade shows the size of the figure only';
  return parts.join(lang === 'zh' ? '，' : ', ') + shade;
}

function saysTally(r: Reading, lang: Lang): string {
  if (!isTally(r.kpi)) return saysStates(r, lang);
  const short = r.rows.filter((row) =>
    row.cells.some((c, i) => isKnown(c) && !isMet(r.kpi, c.value, row.norms[i] ?? null)),
  ).length;
  const over = r.kpi.numerator.label[lang];
  const under = 'denominator' in r.kpi ? r.kpi.denominator.label[lang] : '';
  return lang === 'zh'
    ? `格内为“${over}/${under}”；${r.rows.length} 个支部中 ${r.rows.length - short} 个${r.picked === null ? '至今' : ''}没有缺项`
    : `cells are “${over}/${under}”; ${r.rows.length - short} of ${r.rows.length} units miss nothing${r.picked === null ? ' so far' : ''}`;
}
