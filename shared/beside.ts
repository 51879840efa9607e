import { judging, type Change } from './change.ts';
import { normsOf } from './charts/norms.ts';
import { ask, bySameDays, finder, grainLookedAt, kpiOf, periodLookedAt, thisYear } from './charts/parts.ts';
import { whyAlone, whyClosed } from './charts/peers.ts';
import type { ViewState } from './charts/view.ts';
import { formatNumber, formatValue, formatWithUnit, isSmall } from './format.ts';
import { countsPerMember, isPercent, type Kpi } from './kpi.ts';
import { headlineKpis } from './kpis.ts';
import type { Answer, Cell, Question } from './query.ts';
import type { Lang, Text } from './text.ts';
import { shortName, type Unit, type UnitTree } from './unit.ts';

/** Two to four units as columns: each headline figure, and what lies between the units. Pure. */

export type BesideCell = {
  readonly unit: Unit;
  readonly now: Cell | null;
  readonly before: Cell | null;
  /** Against the unit's own last year; null where there is nothing now. */
  readonly change: Change | null;
  readonly norm: number | null;
  /** Why it is not set against the other units; null where it is. */
  readonly why: Text | null;
};
export type BesideRow = {
  readonly kpi: Kpi;
  readonly cells: readonly BesideCell[];
  /** How far the units lie apart, and who is left out of that and why. */
  readonly between: Text;
};

/** The headline figures, and before them the page's own where it is another. */
export const besideKpis = (state: Pick<ViewState, 'kpi'>): readonly string[] =>
  headlineKpis.some((id) => id === state.kpi) ? headlineKpis : [state.kpi, ...headlineKpis];

const countsIn = (state: ViewState): string[] =>
  besideKpis(state).filter((id) => countsPerMember(kpiOf({ kpi: id })));

/** Of each unit the figures of this year and the last, then of each its counts per member. */
export function besideQuestions(state: ViewState, units: readonly Unit[]): Question[] {
  const year = thisYear(state);
  const toDate = bySameDays(state);
  // The headline figures are of all kinds, whatever the page's own is narrowed to.
  const plain = { ...state, kind: undefined, per: undefined };
  const of = { grain: grainLookedAt(state), toDate };
  return [
    ...units.map(({ code }) =>
      ask({ ...plain, unit: code }, { ...of, years: [year - 1, year], kpi: besideKpis(state) }),
    ),
    ...units.map(({ code }) =>
      ask(
        { ...plain, unit: code, kpi: countsIn(state)[0] ?? state.kpi, per: 'member' },
        { ...of, years: [year], kpi: countsIn(state) },
      ),
    ),
  ];
}

type Given = {
  readonly state: ViewState;
  readonly tree: UnitTree;
  readonly units: readonly Unit[];
  /** To `besideQuestions`, in their order. */
  readonly answers: readonly Answer[];
};

/** One row a figure, one cell a unit. Empty while an answer is missing. */
export function besideRows(given: Given): BesideRow[] {
  const { state, units, answers } = given;
  if (answers.length < units.length * 2) return [];
  return besideKpis(state).map((id) => {
    const kpi = kpiOf({ kpi: id });
    const cells = units.map((unit, i) => cellFor(kpi, unit, answers[i], given));
    return { kpi, cells, between: between(kpi, cells, eachOf(kpi, given)) };
  });
}

function cellFor(kpi: Kpi, unit: Unit, answer: Answer | undefined, { state, tree }: Given): BesideCell {
  const year = thisYear(state);
  const of = { kpi: kpi.id, unit: unit.code };
  const cell = (y: number): Cell | null => finder(answer)({ ...of, period: periodLookedAt(state, y) });
  const [now, before] = [cell(year), cell(year - 1)];
  if (answer === undefined || now === null)
    return { unit, now, before, change: null, norm: null, why: noFigure };
  const input = { state, tree, answers: [answer] };
  return {
    unit,
    now,
    before,
    change: judging(answer, tree)(kpi, now, before),
    norm: normsOf({ ...state, kpi: kpi.id, per: undefined }, answer)(now),
    why: whyClosed(unit, input) ?? whyAlone(kpi, unit, now, input)?.text ?? null,
  };
}
const noFigure: Text = { zh: '没有数', en: 'no figure' };

/** A count over the members of each unit: what counts of units of different size are compared by. */
function eachOf(kpi: Kpi, { state, units, answers }: Given): (Cell | null)[] {
  if (!countsPerMember(kpi)) return units.map(() => null);
  const period = periodLookedAt(state, thisYear(state));
  return units.map((unit, i) => {
    return finder(answers[units.length + i])({ kpi: kpi.id, unit: unit.code, period });
  });
}

type Named = { readonly name: string; readonly value: number };

/** `最多差 4.1 个百分点（东港站 92.0%，西港站 87.9%）；白浪站：缺 4、5月台账，不比较`. */
function between(kpi: Kpi, cells: readonly BesideCell[], each: readonly (Cell | null)[]): Text {
  const isCount = kpi.type === 'count';
  const seen = isCount ? kpiOf({ kpi: kpi.id, per: 'member' }) : kpi;
  const compared = cells.flatMap((c, i): Named[] => {
    const cell = isCount ? (each[i] ?? null) : c.now;
    if (c.why !== null || cell === null || cell.value === null || isSmall(seen, cell)) return [];
    return [{ name: shortName(c.unit.name), value: cell.value }];
  });
  const say = (lang: Lang): string =>
    [
      isCount && !countsPerMember(kpi) ? notByMember[lang] : sayGap(seen, compared, isCount, lang),
      ...cells.flatMap((c) =>
        c.why === null ? [] : [`${shortName(c.unit.name)}${lang === 'zh' ? '：' : ': '}${c.why[lang]}`],
      ),
    ].join(lang === 'zh' ? '；' : '; ');
  return { zh: say('zh'), en: say('en') };
}
const notByMember: Text = {
  zh: '次数随单位大小，不比多少',
  en: 'counts go with a unit’s size: not set against each other',
};
const tooFew: Text = { zh: '不足两个可比', en: 'fewer than two can be compared' };

function sayGap(kpi: Kpi, compared: readonly Named[], isEach: boolean, lang: Lang): string {
  const sorted = compared.toSorted((a, b) => b.value - a.value);
  const [most, least] = [sorted[0], sorted.at(-1)];
  if (most === undefined || least === undefined || compared.length < 2) return tooFew[lang];
  const value = (n: Named): string => `${n.name} ${formatValue(kpi, n.value)}`;
  const by = most.value - least.value;
  const amount = isPercent(kpi) ? formatNumber(by * 100, kpi.digits) : formatNumber(by, kpi.digits);
  if (!/[1-9]/.test(amount))
    return lang === 'zh'
      ? `${isEach ? '人均' : ''}没有差别（${formatWithUnit(kpi, most.value, lang)}）`
      : `${isEach ? 'per member ' : ''}no difference (${formatWithUnit(kpi, most.value, lang)})`;
  if (lang === 'zh') {
    const gap = isPercent(kpi) ? `${amount} 个百分点` : formatWithUnit(kpi, by, lang);
    return `${isEach ? '按人均' : ''}最多差 ${gap}（${value(most)}，${value(least)}）`;
  }
  const gap = isPercent(kpi) ? `${amount} percentage points` : formatWithUnit(kpi, by, lang);
  return `${gap} apart at most (${value(most)}, ${value(least)})`;
}
