import { isSaid, judging, type Change, type Reason } from '../change.ts';
import { formatCellLong, formatDate, formatValue, yearName } from '../format.ts';
import { isPercent, type Kpi } from '../kpi.ts';
import type { Cell } from '../query.ts';
import type { Lang, Text } from '../text.ts';
import { existsIn, shortName, type Unit } from '../unit.ts';
import { breakOf } from './compare-rows.ts';
import { normsOf } from './norms.ts';
import {
  daysOfYear,
  finder,
  isKnown,
  kpiOf,
  periodLookedAt,
  sayYear,
  sentence,
  startOf,
  thisYear,
  unitsOf,
  bySameDays,
  ofPart,
  type Known,
} from './parts.ts';
import { whyAlone, whyClosed } from './peers.ts';
import type { ViewInput, ViewState } from './view.ts';

/** Units between two years: which moved, how, and which have no two figures to be joined. */

export type Way = 'rise' | 'fall' | 'level';

export type Slope = {
  readonly unit: Unit;
  readonly then: Known;
  readonly now: Known;
  readonly change: Change;
  /** Null where the two may not be joined. */
  readonly way: Way | null;
  /** What lies between the two: a merger, a split, a changed definition. */
  readonly broken: Reason | null;
  /** In ink: picked by the reader, or, where none is picked, among those that moved most. */
  readonly inked: boolean;
};
/** A unit without two figures: never drawn as zero. */
export type SlopeApart = {
  readonly unit: Unit;
  readonly then: Cell | null;
  readonly now: Cell | null;
  readonly why: Text;
};
export type Slopes = {
  readonly kpi: Kpi;
  readonly years: readonly [then: number, now: number];
  /** Those drawn, in the order of the tree. */
  readonly drawn: readonly Slope[];
  /** All that have two figures; more than are drawn, where there are too many for labels. */
  readonly all: readonly Slope[];
  readonly apart: readonly SlopeApart[];
  /** The norm in each of the two years, where all that are drawn share it. */
  readonly norm: readonly [number, number] | null;
};

/** Up to so many lines can be told apart by their labels; of more, the first FEWER by how much they moved. */
export const MOST_LINES = 40;
export const FEWER_LINES = 30;

/** So many stand out, and with ties up to MOST_INKED. */
const INKED = 4;
const MOST_INKED = 8;

/** The first and the last year asked for; of one year, the year before it and itself. */
export function slopeYears(state: ViewState): readonly [number, number] {
  const now = thisYear(state);
  const first = state.years[0] ?? now;
  return [first < now ? first : now - 1, now];
}

/** What can be seen to have moved: in the digits in which the figure is written. */
function wayOf(kpi: Kpi, then: Known, now: Known, change: Change): Way | null {
  if (!isSaid(change)) return null;
  if (formatValue(kpi, then.value) === formatValue(kpi, now.value)) return 'level';
  return now.value > then.value ? 'rise' : 'fall';
}

type Uninked = Omit<Slope, 'inked'>;

/** Splits the answer `by=unit` of two years into units that have both figures and those that have not. */
export function slopesOf(input: ViewInput): Slopes {
  const { state, tree } = input;
  const kpi = kpiOf(state);
  const years = slopeYears(state);
  const [answer] = input.answers;
  if (answer === undefined) return { kpi, years, drawn: [], all: [], apart: [], norm: null };
  const find = finder(answer);
  const changeOf = judging(answer, tree);
  const all: Uninked[] = [];
  const apart: SlopeApart[] = [];
  for (const unit of unitsOf(answer, tree)) {
    const [then, now] = years.map((y) => find({ unit: unit.code, period: periodLookedAt(state, y) }));
    if (!years.some((y) => existsIn(unit, daysOfYear(state, y)))) continue;
    const pair = { unit, then: then ?? null, now: now ?? null };
    const why = whyNotJoined(kpi, pair, input);
    if (why !== null) apart.push({ ...pair, why });
    else if (isKnown(pair.then) && isKnown(pair.now)) {
      const change = changeOf(kpi, pair.now, pair.then);
      const way = wayOf(kpi, pair.then, pair.now, change);
      const broken = way === null ? breakOf({ change }) : null;
      all.push({ unit, then: pair.then, now: pair.now, change, way, broken });
    }
  }
  const inked = inkedOf(all, state);
  const slopes = all.map((s) => ({ ...s, inked: inked.has(s.unit.code) }));
  const drawn = drawnOf(slopes);
  const normOf = normsOf(state, answer);
  const norms = years.map(
    (y) => new Set(drawn.map((s) => normOf({ unit: s.unit.code, period: periodLookedAt(state, y) }))),
  );
  const [before, after] = norms.map((held) => (held.size === 1 ? [...held][0] : null));
  const norm = isPercent(kpi) && before != null && after != null ? ([before, after] as const) : null;
  return { kpi, years, drawn, all: slopes, apart, norm };
}

const moveOf = (s: Uninked): number =>
  s.way === null || s.way === 'level' ? 0 : Math.abs(s.now.value - s.then.value);
/** Differences of quotients can differ in their last bit alone. */
const ALIKE = 1e-9;
const byMove = (slopes: readonly Slope[] | readonly Uninked[]) =>
  slopes.toSorted((a, b) => (Math.abs(moveOf(a) - moveOf(b)) < ALIKE ? 0 : moveOf(b) - moveOf(a)));

/** The reader's choice; without one the largest moves, where ties do not make them half of all. */
function inkedOf(all: readonly Uninked[], state: ViewState): ReadonlySet<string> {
  const picked = all.filter((s) => state.beside?.includes(s.unit.code));
  if (picked.length > 0) return new Set(picked.map((s) => s.unit.code));
  const moved = byMove(all).filter((s) => moveOf(s) > 0);
  const least = moved[Math.min(INKED, moved.length) - 1];
  if (least === undefined) return new Set();
  const last = moveOf(least);
  const withTies = moved.filter((s) => moveOf(s) > last - ALIKE);
  const most = withTies.length <= MOST_INKED ? withTies : moved.filter((s) => moveOf(s) > last + ALIKE);
  return new Set(most.map((s) => s.unit.code));
}

/** Where there are too many: the ones in ink, then by how much they moved; told in the order of the tree. */
function drawnOf(slopes: readonly Slope[]): readonly Slope[] {
  if (slopes.length <= MOST_LINES) return slopes;
  const first = [...slopes.filter((s) => s.inked), ...byMove(slopes.filter((s) => !s.inked))];
  const kept = new Set(first.slice(0, FEWER_LINES).map((s) => s.unit.code));
  return slopes.filter((s) => kept.has(s.unit.code));
}

/** Closed, not yet there, missing, partial or too small in either year; null where both figures stand. */
function whyNotJoined(kpi: Kpi, { unit, then, now }: Omit<SlopeApart, 'why'>, input: ViewInput): Text | null {
  const closed = whyClosed(unit, input);
  if (closed !== null) return closed;
  const [first] = slopeYears(input.state);
  if (unit.openedOn !== null && unit.openedOn > daysOfYear(input.state, first).to)
    return {
      zh: `${formatDate(unit.openedOn, 'zh')}成立，此前没有数`,
      en: `opened on ${formatDate(unit.openedOn, 'en')}: no figure before`,
    };
  const faults = [then, now].map((cell) => (cell === null ? nothing : whyAlone(kpi, unit, cell, input)));
  if (faults.every((f) => f === null)) return null;
  const said = (lang: Lang): string =>
    [then, now]
      .map((cell, i) => {
        const fault = faults[i] ?? null;
        const year = yearName(slopeYears(input.state)[i] ?? first, startOf(input.state));
        if (fault?.dated === true) return fault.text[lang];
        const text = fault ? fault.text[lang] : cell ? formatCellLong(kpi, cell, lang, input.state) : '—';
        return lang === 'zh' ? `${year}：${text}` : `${year}: ${text}`;
      })
      .join(lang === 'zh' ? '；' : '; ');
  return { zh: said('zh'), en: said('en') };
}
const nothing = { text: { zh: '没有这一年的数', en: 'no figure of that year' }, dated: false };

export const yearSaid = (state: ViewState, year: number, lang: Lang): string =>
  sayYear(state, year, lang, bySameDays(state));

/** `9 个支部中 6 个升、2 个降、1 个持平；升得最多的是……；2 个单列。` */
export function says(input: ViewInput, lang: Lang): string {
  const s = slopesOf(input);
  const of = (text: string): string => ofPart(input.state, text, lang);
  if (s.all.length === 0)
    return of(lang === 'zh' ? '没有两年都有数的支部。' : 'No unit has a figure in both years.');
  const said = sentence(
    [saysWays(s, lang), saysMost(s, 'rise', lang), saysMost(s, 'fall', lang), ...saysRest(s, lang)],
    lang,
  );
  return of(said);
}

function saysWays({ all }: Slopes, lang: Lang): string {
  const count = (way: Way): number => all.filter((s) => s.way === way).length;
  const parts: string[] = [];
  for (const [way, zh, en] of ways) {
    const n = count(way);
    if (n > 0) parts.push(lang === 'zh' ? `${n} 个${zh}` : `${n} ${en}`);
  }
  const judged = all.filter((s) => s.way !== null).length;
  if (judged === 0)
    return lang === 'zh'
      ? `${all.length} 个支部都因单位或口径变动不相连`
      : `none of ${all.length} units is joined: units or rules changed`;
  return lang === 'zh'
    ? `${judged} 个可连的支部中 ${parts.join('、')}`
    : `of ${judged} units that can be joined, ${parts.join(', ')}`;
}
const ways: readonly (readonly [Way, string, string])[] = [
  ['rise', '升', 'rose'],
  ['fall', '降', 'fell'],
  ['level', '持平', 'stayed level'],
];

/** The largest rise or fall, with all that share it; of many equals only how many. */
function saysMost({ kpi, all }: Slopes, way: 'rise' | 'fall', lang: Lang): string | null {
  const moved = byMove(all.filter((s) => s.way === way));
  const [most] = moved;
  if (most === undefined) return null;
  const equals = moved.filter((s) => moveOf(s) > moveOf(most) - ALIKE);
  const by = (s: Uninked): string => `${formatValue(kpi, s.then.value)} → ${formatValue(kpi, s.now.value)}`;
  const [zh, en] = way === 'rise' ? ['升', 'rise'] : ['降', 'fall'];
  if (equals.length > 2)
    return lang === 'zh' ? `${equals.length} 个并列${zh}得最多` : `${equals.length} share the largest ${en}`;
  const named = equals.map((s) =>
    lang === 'zh' ? `${shortName(s.unit.name)}（${by(s)}）` : `${shortName(s.unit.name)} (${by(s)})`,
  );
  return lang === 'zh' ? `${zh}得最多：${named.join('、')}` : `largest ${en}: ${named.join(', ')}`;
}

function saysRest({ all, drawn, apart }: Slopes, lang: Lang): string[] {
  const broken = all.filter((s) => s.way === null).length;
  const parts: string[] = [];
  if (broken > 0 && broken < all.length)
    parts.push(lang === 'zh' ? `${broken} 个因变动断开，标◆` : `${broken} broken off by a change, marked ◆`);
  if (apart.length > 0) parts.push(lang === 'zh' ? `${apart.length} 个单列` : `${apart.length} set apart`);
  if (drawn.length < all.length)
    parts.push(
      lang === 'zh'
        ? `${all.length} 个中画出变动最大的 ${drawn.length} 个，其余 ${all.length - drawn.length} 个在数据表里`
        : `the ${drawn.length} of ${all.length} that moved most are drawn, the other ${all.length - drawn.length} stand in the table`,
    );
  return parts;
}
