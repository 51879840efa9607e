import { MOST_BESIDE } from '../../shared/charts/beside-reading.ts';
import { kpiOf } from '../../shared/charts/parts.ts';
import { normValue } from '../../shared/charts/norms.ts';
import type { HeldNorm, RuleChange } from '../../shared/context.ts';
import { formatDate, formatMonths } from '../../shared/format.ts';
import { isPercent } from '../../shared/kpi.ts';
import { familyNames } from '../../shared/kinds.ts';
import { monthOf, monthsFrom } from '../../shared/period.ts';
import type { Answer, Cell } from '../../shared/query.ts';
import type { Lang, Text } from '../../shared/text.ts';
import { shortName, UnitTree } from '../../shared/unit.ts';
import { viewNames } from '../../shared/views.ts';
import type { Sealed } from './sealed.ts';

/** What stood around sealed figures, in words: how complete they are, what they are held against, what was changed. */

/** So many are named; the rest is counted. */
const NAMED = 6;

const words = {
  covered: {
    zh: (x: number, y: number) => `已报 ${x}/${y} 个单位月`,
    en: (x: number, y: number) => `${x} of ${y} unit-months covered`,
  },
  nothingDue: { zh: '没有应报的月份', en: 'no month is due' },
  missing: { zh: '缺：', en: 'missing: ' },
  more: { zh: (n: number) => `另有 ${n} 个单位`, en: (n: number) => `and ${n} more units` },
  moreChanges: { zh: (n: number) => `另有 ${n} 处`, en: (n: number) => `and ${n} more` },
  units: { zh: (n: number) => `${n} 个单位`, en: (n: number) => `${n} units` },
  firstOf: {
    zh: (n: number, all: number, view: string) =>
      `前 ${n} 个单位，共 ${all} 个（没有挑选）；其余 ${all - n} 个不在本快照里，见“${view}”`,
    en: (n: number, all: number, view: string) =>
      `the first ${n} of ${all} units (none were picked); the other ${all - n} are not in this snapshot, see “${view}”`,
  },
  since: { zh: (day: string) => `${day}起`, en: (day: string) => `since ${day}` },
} as const;

const within = (text: string, lang: Lang): string => (lang === 'zh' ? `（${text}）` : ` (${text})`);
const between = (lang: Lang): string => (lang === 'zh' ? '；' : '; ');

/** Of several answers about one scope the first is the chart's own; the others hold the same months again. */
const ownAnswers = (answers: readonly Answer[]): Answer[] =>
  answers.filter((a, i) => answers.findIndex((b) => b.query.unit === a.query.unit) === i);

/** Unit-months that were due and covered: kinds and figures of one unit share theirs, and so do the days of a month. */
export function coverageOf(answers: readonly Answer[]): Cell['coverage'] {
  const places = new Map<string, Cell['coverage']>();
  for (const { cells, query } of ownAnswers(answers))
    for (const { unit, period, coverage } of cells)
      places.set(`${unit} ${query.grain === 'day' ? monthOf(period) : period}`, coverage);
  const sum = { covered: 0, due: 0 };
  for (const { covered, due } of places.values()) {
    sum.covered += covered;
    sum.due += due;
  }
  return sum;
}

/** `已报 34/36 个单位月；缺：东港站 2024年4、5月三会一课台账`: what is missing by unit and ledger, a long list counted. */
export function sayCoverage({ answers, units, lang }: Sealed): string {
  const { covered, due } = coverageOf(answers);
  if (due === 0) return words.nothingDue[lang];
  const tree = new UnitTree(units);
  const months = new Map<string, { unit: string; ledger: string; months: string[] }>();
  for (const { unit, family, from, to } of ownAnswers(answers).flatMap((a) => a.context.gaps)) {
    const key = `${unit} ${family}`;
    const known = months.get(key) ?? { unit, ledger: familyNames[family][lang], months: [] };
    known.months.push(...monthsFrom(from, to));
    months.set(key, known);
  }
  const missing = [...months.values()].map(({ unit, ledger, months: own }) => {
    const name = shortName(tree.byCode.get(unit)?.name ?? unit);
    const when = formatMonths(own, lang);
    return lang === 'zh' ? `${name} ${when}${ledger}台账` : `${name} ${when} (${ledger})`;
  });
  const named = missing.slice(0, NAMED);
  const more = missing.length - named.length;
  return [
    words.covered[lang](covered, due),
    ...(named.length === 0
      ? []
      : [
          words.missing[lang] +
            [...named, ...(more > 0 ? [words.more[lang](more)] : [])].join(lang === 'zh' ? '、' : ', '),
        ]),
  ].join(between(lang));
}

/** `≥ 80%，2024年1月1日起（中心规定）`: each norm that a unit of the chart was held to; null where there is none. */
export function sayNorms({ answers, state, units, lang }: Sealed): string | null {
  // A norm for a count says nothing of the count per member.
  if (state.per === 'member') return null;
  const held = ownAnswers(answers).flatMap((a) => a.context.norms.filter((n) => n.kpi === state.kpi));
  const alike = new Map<string, { norm: HeldNorm; units: Set<string> }>();
  for (const norm of held) {
    const key = JSON.stringify([norm.value, norm.since ?? null, norm.source[lang]]);
    const known = alike.get(key) ?? { norm, units: new Set<string>() };
    known.units.add(norm.unit);
    alike.set(key, known);
  }
  if (alike.size === 0) return null;
  const tree = new UnitTree(units);
  const all = new Set(held.map((n) => n.unit)).size;
  const kpi = kpiOf(state);
  const said = [...alike.values()].map(({ norm, units: bound }) => {
    const value = `${kpi.better === 'down' ? '≤' : '≥'} ${normValue(kpi, norm.value, lang)}`;
    const since = norm.since == null ? [] : [words.since[lang](formatDate(norm.since, lang))];
    const whom = bound.size === all ? [] : [whomOf(bound, tree, lang)];
    return [value, ...since, ...whom].join(lang === 'zh' ? '，' : ', ') + within(norm.source[lang], lang);
  });
  return listed(said, lang);
}

function whomOf(bound: ReadonlySet<string>, tree: UnitTree, lang: Lang): string {
  if (bound.size > NAMED) return words.units[lang](bound.size);
  const names = [...bound].map((code) => shortName(tree.byCode.get(code)?.name ?? code));
  return names.join(lang === 'zh' ? '、' : ', ');
}

/** `2024年7月1日：……`: what was changed within the chart's time in how the figure is kept or held; null where nothing was. */
export function sayChanges({ answers, state, units, lang }: Sealed): string | null {
  const tree = new UnitTree(units);
  const changes = new Map<string, RuleChange>();
  for (const change of ownAnswers(answers).flatMap((a) => a.context.changes))
    if (change.kpi === state.kpi)
      changes.set([change.on, change.unit, change.what, change.kind, change.text[lang]].join('\n'), change);
  if (changes.size === 0) return null;
  const said = [...changes.values()]
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .map(({ on, unit, text }) => {
      const whom = unit === null ? '' : within(shortName(tree.byCode.get(unit)?.name ?? unit), lang);
      return `${formatDate(on, lang)}${lang === 'zh' ? '：' : ': '}${text[lang]}${whom}`;
    });
  return listed(said, lang);
}

function listed(said: readonly string[], lang: Lang): string {
  const more = said.length - NAMED;
  const shown = more > 0 ? [...said.slice(0, NAMED), words.moreChanges[lang](more)] : said;
  return shown.join(between(lang));
}

/** Of a view that shows no more than some of the units: how many of how many, and where the others are; else null. */
export function sayShown({ view, state, units, lang }: Sealed): string | null {
  const isPicked = (state.beside ?? []).length > 0;
  const all = new UnitTree(units).parts(state.unit).length;
  if (view !== 'beside' || isPicked || all <= MOST_BESIDE) return null;
  return words.firstOf[lang](MOST_BESIDE, all, viewNames.multiples[lang]);
}

const ofSums: Text = {
  zh: '%（分子之和 ÷ 分母之和）',
  en: '% (sum of numerators over sum of denominators)',
};

/** The figure's unit of measure; of a share also what it is a share of. */
export function sayMeasure({ state, lang }: Sealed): string {
  const kpi = kpiOf(state);
  return isPercent(kpi) ? ofSums[lang] : kpi.unit[lang];
}
