import { judging } from './change.ts';
import { formatFraction, formatNumber, formatPercent, formatPeriodList } from './format.ts';
import { heldNorm } from './held.ts';
import { kpiById } from './kpis.ts';
import { meetsNorm } from './kpi.ts';
import { LEAST_DENOMINATOR } from './norms.ts';
import type { Answer, Cell, Question } from './query.ts';
import type { Text } from './text.ts';
import type { UnitTree } from './unit.ts';

/**
 * Who needs attention, and why: by distance below the norms, then by what is overdue, then by
 * silence. Never by counts, and never as a ranking of all.
 */

/** `apart`: a unit too small for rates; it stands by itself and is compared with no one. */
export type NeedTag = 'overdue' | 'missed' | 'silent' | 'falling' | 'apart';
export type Need = {
  readonly unit: string;
  readonly tag: NeedTag;
  readonly reasons: readonly Text[];
  /** All that holds of it, the tag's own among them. */
  readonly has: readonly NeedTag[];
};

export const needTags: Record<NeedTag, Text> = {
  overdue: { zh: '逾期', en: 'overdue' },
  missed: { zh: '有缺', en: 'missed' },
  silent: { zh: '未报', en: 'silent' },
  falling: { zh: '下降', en: 'falling' },
  apart: { zh: '另列', en: 'apart' },
};

/** A fall of attendance by this much against the same days of last year is worth a word: 5 points. */
const FALL = 0.05;
/** How many party members a unit needs for its rates to be set beside others'. */
const SMALL_UNIT = LEAST_DENOMINATOR;

const yearKpis = [
  'norm_compliance',
  'rectification_overdue',
  'ledger_completeness',
  'available_attendance_rate',
  'study_hours_per_member',
];

/** What is asked for the list: this year against last by unit, and this year's months. */
export function needQuestions(of: { unit: string; year: number; asOf: string }): [Question, Question] {
  const scope = { unit: of.unit, by: 'unit', asOf: of.asOf } as const;
  return [
    { ...scope, kpi: yearKpis, years: [of.year - 1, of.year], grain: 'year', toDate: true },
    { ...scope, kpi: ['norm_compliance', 'ledger_completeness'], years: [of.year], grain: 'month' },
  ];
}

/** How many units something is due from: those among which some are in need. */
export const unitsDue = (years: Answer, year: number): number =>
  years.cells.filter(
    (c) => c.kpi === 'ledger_completeness' && c.period === String(year) && c.coverage.due > 0,
  ).length;

/**
 * `11 个支部中 9 个需要关注：9 个有缺，6 个逾期，1 个未报；另列 1 个。` One may be in need for several reasons.
 * @param all of how many units
 */
export function sayNeeds(list: readonly Need[], all: number): Text {
  const count = (tag: NeedTag): number => list.filter((n) => n.has.includes(tag)).length;
  const tags = (['missed', 'overdue', 'silent', 'falling'] as const).filter((tag) => count(tag) > 0);
  const apart = list.filter((n) => n.tag === 'apart').length;
  const n = list.length - apart;
  if (n === 0)
    return {
      zh: `${all} 个支部都没有逾期、缺办、未报或下降${apart === 0 ? '' : `；另列 ${apart} 个`}。`,
      en: `Of ${all} ${all === 1 ? 'branch' : 'branches'} none is overdue, behind a norm, silent or falling${apart === 0 ? '' : `; ${apart} set apart`}.`,
    };
  const parts = (lang: 'zh' | 'en'): string =>
    tags
      .map((tag) =>
        lang === 'zh' ? `${count(tag)} 个${needTags[tag].zh}` : `${count(tag)} ${needTags[tag].en}`,
      )
      .join(lang === 'zh' ? '，' : ', ');
  return {
    zh: `${all} 个支部中 ${n} 个需要关注：${parts('zh')}${apart === 0 ? '' : `；另列 ${apart} 个`}。`,
    en: `${n} of ${all} ${all === 1 ? 'branch' : 'branches'} ${n === 1 ? 'needs' : 'need'} attention: ${parts('en')}${apart === 0 ? '' : `; ${apart} set apart`}.`,
  };
}

type Weighed = Need & {
  readonly below: number;
  readonly overdue: number;
  readonly silent: number;
  readonly fall: number;
};

type Figures = {
  readonly year: number;
  readonly tree: UnitTree;
  /** The answer to the first of `needQuestions`. */
  readonly years: Answer;
  /** The answer to the second. */
  readonly months: Answer;
};

/**
 * The units in need, in the order of their need; small units without anything overdue or unreported
 * come last, apart.
 */
export function needs(of: Figures): Need[] {
  const units = [...new Set(of.years.cells.map((c) => c.unit))];
  return units
    .flatMap((unit) => weigh(unit, of) ?? [])
    .toSorted(
      (a, b) =>
        Number(a.tag === 'apart') - Number(b.tag === 'apart') ||
        b.below - a.below ||
        b.overdue - a.overdue ||
        b.silent - a.silent ||
        b.fall - a.fall ||
        (a.unit < b.unit ? -1 : 1),
    )
    .map(({ unit, tag, reasons, has }) => ({ unit, tag, reasons, has }));
}

function weigh(unit: string, of: Figures): Weighed | null {
  const cell = (kpi: string, year: number): Cell | null =>
    of.years.cells.find((c) => c.unit === unit && c.kpi === kpi && c.period === String(year)) ?? null;
  const coverage = cell('ledger_completeness', of.year)?.coverage;
  // Closed, or not opened yet: nothing is due from it.
  if (!coverage || coverage.due === 0) return null;

  const overdue = cell('rectification_overdue', of.year)?.value ?? 0;
  const silent = coverage.due - coverage.covered;
  const members = cell('study_hours_per_member', of.year)?.denominator ?? null;
  // None counted: the headcount is not reported, and nothing says that the unit is small.
  const isSmall = members !== null && members > 0 && members < SMALL_UNIT;
  const missed = isSmall ? null : missedNorm(unit, cell('norm_compliance', of.year), of);
  const [now, before] = [of.year, of.year - 1].map((y) => cell('available_attendance_rate', y));
  const falling = isSmall || !now || !before ? null : fallOf(now, before, of);

  const reasons: Text[] = [];
  if (missed) reasons.push(missed.reason);
  if (overdue > 0)
    reasons.push({
      zh: `${overdue} 项整改逾期`,
      en: `${overdue} rectification ${overdue === 1 ? 'item' : 'items'} overdue`,
    });
  if (silent > 0) reasons.push(silence(unit, silent, of));
  if (falling) reasons.push(falling.reason);
  if (isSmall) reasons.push(tooSmall(members));
  const has = (
    [
      [missed !== null, 'missed'],
      [overdue > 0, 'overdue'],
      [silent > 0, 'silent'],
      [falling !== null, 'falling'],
      [isSmall, 'apart'],
    ] as const
  ).flatMap(([is, tag]) => (is ? [tag] : []));
  // Named by what weighs most.
  const [tag] = has;
  if (tag === undefined) return null;
  return { unit, tag, reasons, has, below: missed?.below ?? 0, overdue, silent, fall: falling?.by ?? 0 };
}

const periodsWhere = (unit: string, kpi: string, of: Figures, is: (c: Cell) => boolean): string[] =>
  of.months.cells.filter((c) => c.unit === unit && c.kpi === kpi && is(c)).map((c) => c.period);

const normOf = ({ context, query }: Answer, cell: Cell): number | null =>
  heldNorm(context, cell, query.yearStart)?.value ?? null;

function missedNorm(unit: string, now: Cell | null, of: Figures): { below: number; reason: Text } | null {
  const kpi = kpiById.get('norm_compliance');
  const norm = now ? normOf(of.years, now) : null;
  if (!kpi || !now || now.value === null || norm === null || meetsNorm(kpi, now.value, norm) !== false)
    return null;
  const months = periodsWhere(
    unit,
    'norm_compliance',
    of,
    (c) => meetsNorm(kpi, c.value, normOf(of.months, c)) === false,
  );
  const share = formatFraction(now.numerator, now.denominator);
  const when = (lang: 'zh' | 'en'): string => formatPeriodList(months, lang);
  return {
    below: norm - now.value,
    reason:
      months.length === 0
        ? { zh: `组织生活已办 ${share}`, en: `${share} organisational-life slots met` }
        : {
            zh: `组织生活 ${when('zh')}有缺，已办 ${share}`,
            en: `organisational life missed in ${when('en')}; ${share} slots met`,
          },
  };
}

function silence(unit: string, silent: number, of: Figures): Text {
  const months = periodsWhere(unit, 'ledger_completeness', of, (c) => c.coverage.covered < c.coverage.due);
  if (months.length === 0)
    return { zh: `台账缺 ${silent} 个支部月`, en: `${silent} branch-months not reported` };
  return {
    zh: `${formatPeriodList(months, 'zh')}台账未报`,
    en: `ledgers of ${formatPeriodList(months, 'en')} not handed in`,
  };
}

function fallOf(now: Cell, then: Cell, of: Figures): { by: number; reason: Text } | null {
  const kpi = kpiById.get('available_attendance_rate');
  if (!kpi) return null;
  const moved = judging(of.years, of.tree)(kpi, now, then);
  // Half a thousandth of slack: 0.85 − 0.90 is not exactly −0.05.
  if (moved.verdict === 'not_comparable' || moved.delta === null || moved.delta > -FALL + 5e-4) return null;
  const value = formatPercent(now.value ?? 0, 0);
  const points = formatNumber(-moved.delta * 100, 0);
  return {
    by: -moved.delta,
    reason: {
      zh: `可到会率 ${value}，低于本站去年同期 ${points} 个百分点`,
      en: `available attendance ${value}, ${points} points under its own same days last year`,
    },
  };
}

const tooSmall = (members: number): Text => ({
  zh: `平均 ${formatNumber(members, Number.isInteger(members) ? 0 : 1)} 名党员，人数少，不参与比率比较`,
  en: `${formatNumber(members, Number.isInteger(members) ? 0 : 1)} members on average: too few for rates to be compared`,
});
