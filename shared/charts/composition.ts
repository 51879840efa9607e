import type { EChartsCoreOption } from 'echarts/core';
import { isSaid, judging, type Judge } from '../change.ts';
import { formatCell, formatChange, formatVerdict, formatWithUnit } from '../format.ts';
import { kindByCode, kinds } from '../kinds.ts';
import type { Kpi } from '../kpi.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import { extentOf, rowAxis } from './axes.ts';
import { boxEntry, keyOverflow, keySeries, type KeyEntry } from './key.ts';
import {
  ask,
  baseOption,
  bySameDays,
  byWholeYears,
  changeCell,
  emptyOption,
  figureName,
  finder,
  grainLookedAt,
  headYear,
  isKnown,
  isUnfinished,
  kpiOf,
  markOf,
  partName,
  periodLookedAt,
  sayBefore,
  sayNoFigure,
  sayYear,
  sentence,
  tableCell,
  thisYear,
  tipLine,
  titled,
} from './parts.ts';
import {
  box,
  broken,
  drawnSeries,
  hatch,
  line,
  widthOf,
  words,
  type Drawn,
  type Shape,
  type Stage,
} from './shapes.ts';
import { isNarrow, palettes, type Palette } from './theme.ts';
import type { Look, View, ViewInput, ViewState } from './view.ts';

/** What a figure is made of: one bar a kind, with last year's in outline under it. */

type Row = { readonly code: string; readonly now: Cell; readonly before: Cell | null };
type Reading = {
  readonly state: ViewState;
  readonly kpi: Kpi;
  readonly rows: readonly Row[];
  readonly total: Cell | null;
  readonly changeOf: Judge | null;
};

export function read({ state, answers, tree }: ViewInput): Reading {
  const kpi = kpiOf(state);
  const find = finder(answers[0]);
  const period = periodLookedAt(state, thisYear(state));
  const former = periodLookedAt(state, thisYear(state) - 1);
  const unit = answers[0]?.query.unit;
  const rows = kinds
    .flatMap(({ code }) => {
      const now = find({ unit, kind: code, period });
      const before = find({ unit, kind: code, period: former });
      const used = [now, before].some((c) => c !== null && (c.records > 0 || (c.value ?? 0) > 0));
      return now === null || !used ? [] : [{ code, now, before }];
    })
    // Equals stay in the order of the kinds.
    .sort((a, b) => (b.now.value ?? -1) - (a.now.value ?? -1));
  const changeOf = answers[0] ? judging(answers[0], tree) : null;
  return { state, kpi, rows, total: finder(answers[1])({ period }), changeOf };
}

const nameOf = (code: string, lang: Lang): string => kindByCode.get(code)?.name[lang] ?? code;
const unsplit = { zh: '这个指标不分类型', en: 'This figure does not split by kind' };

const rowHeight = (look: Look): number => (isNarrow(look) ? 34 : 36);

type Bar = Row & Drawn & { readonly index: number };

function barsOf(r: Reading, lang: Lang): Bar[] {
  const { state } = r;
  const line = (cell: Cell, year: number): string =>
    tipLine(r.kpi, cell, { lang, state, name: headYear(state, year, lang, false) });
  return r.rows.map((row, index) => ({
    ...row,
    index,
    mark: markOf(r.state, row.now, bySameDays(r.state)),
    tip: [
      nameOf(row.code, lang),
      line(row.now, thisYear(r.state)),
      ...(row.before === null ? [] : [line(row.before, thisYear(r.state) - 1)]),
      ...saysChange(r, row, lang),
    ]
      .filter(Boolean)
      .join('\n'),
  }));
}

/** The change and whether it says anything. */
function saysChange(r: Reading, { now, before }: Row, lang: Lang): string[] {
  const moved = r.changeOf?.(r.kpi, now, before);
  return moved === undefined
    ? []
    : [[formatChange(r.kpi, moved, lang), formatVerdict(moved, lang)].filter(Boolean).join(' · ')];
}

function keyEntries({ state }: ViewInput, lang: Lang, palette: Palette): KeyEntry[] {
  return [
    boxEntry(sayYear(state, thisYear(state), lang), { fill: palette.red }),
    boxEntry(sayBefore(state, lang), { fill: palette.card, stroke: palette.past[1] }),
  ];
}

/** A kind's name: one line beside its bar, or two where the room is too narrow for one. */
function nameShapes(name: string, y: number, width: number, fill: string): Shape[] {
  const lines = broken(name, width, 2);
  const first = lines.length === 1 ? y + 13 : y + 10;
  return lines.map((text, i) => words(0, first + i * 14, text, { fill }));
}

function drawBar(r: Reading, bar: Bar, { plot, at }: Stage, of: { look: Look; left: number }): Shape[] {
  const { code, now, before, index } = bar;
  const { lang, theme } = of.look;
  const palette = palettes[theme];
  const y = at(0, index)[1];
  const end = at(now.value ?? 0, 0)[0];
  const missing = now.status === 'none';
  const { picked } = r.state;
  const recedes = picked !== undefined && picked.length > 0 && !picked.includes(code);
  const shapes = nameShapes(nameOf(code, lang), y, of.left - 10, recedes ? palette.faint : palette.ink);
  const sign = { x: plot.x, y: y + 6, width: 60, height: 14 };
  if (missing) shapes.push(hatch(sign, palette.past[1]));
  else if (now.value === null) shapes.push(box({ ...sign, x: sign.x + 0.5 }, { stroke: palette.gap }, 2));
  if (now.value !== null && now.value > 0)
    shapes.push(
      box(
        { x: plot.x, y: y + 6, width: Math.max(2, end - plot.x), height: 14 },
        { fill: recedes ? palette.gap : palette.red },
        2,
      ),
    );
  shapes.push(
    words(
      Math.max(end, now.value === null ? plot.x + 60 : 0) + 8,
      y + 13,
      formatCell(r.kpi, now, lang, r.state),
      {
        fill: recedes ? palette.faint : palette.ink,
        bold: now.value !== null && !recedes,
      },
    ),
  );
  if (!isKnown(before)) return shapes;
  const thenEnd = at(before.value, 0)[0];
  shapes.push(
    box(
      { x: plot.x + 0.5, y: y + 22.5, width: Math.max(1, thenEnd - plot.x - 1), height: 6 },
      { fill: palette.card, stroke: palette.past[1] },
      2,
    ),
    words(thenEnd + 8, y + 26, formatCell(r.kpi, before, lang), { fill: palette.faint, size: 11 }),
  );
  return shapes;
}

function option(input: ViewInput, look: Look): EChartsCoreOption {
  const r = read(input);
  const { lang } = look;
  const palette = palettes[look.theme];
  if (!r.kpi.splitsByKind) return emptyOption(look, palette, unsplit[lang]);
  const values = r.rows.flatMap(({ now, before }) => [now, before].filter(isKnown).map((c) => c.value));
  if (values.length === 0) return emptyOption(look, palette);
  const widest = Math.max(...r.rows.map((row) => widthOf(nameOf(row.code, lang))));
  const left = Math.min(widest + 14, isNarrow(look) ? 116 : 190);
  const top = Math.max(...values, extentOf(r.kpi, values).interval / 10);
  const entries = keyEntries(input, lang, palette);
  return {
    ...baseOption(look, palette),
    grid: {
      left,
      right: isNarrow(look) ? 76 : 92,
      top: 4,
      bottom: 34 + keyOverflow(entries, look.width),
    },
    xAxis: { type: 'value', min: 0, max: top, show: false },
    yAxis: rowAxis(r.rows.length),
    series: [
      drawnSeries('kinds', barsOf(r, lang), (bar, stage) => drawBar(r, bar, stage, { look, left })),
      drawnSeries<Drawn>(
        'zero',
        [{}],
        (_, { plot }) => [line([plot.x, plot.y], [plot.x, plot.y + plot.height], { stroke: palette.line })],
        { z: 1, silent: true },
      ),
      keySeries(entries, { below: 20, width: look.width }, palette),
    ],
  };
}

/** `，比去年同期 +3 次`, `，与去年同期持平`; nothing where the two may not be compared. */
function saysAgainst(r: Reading, { now, before }: Row, lang: Lang): string {
  const moved = r.changeOf?.(r.kpi, now, before);
  if (moved === undefined || !isSaid(moved)) return '';
  const against = formatChange(r.kpi, moved, lang, { relative: false });
  if (against === '') return '';
  const part = partName(r.state, lang);
  const whole = byWholeYears(r.state) && part === null ? ['全年', 'the whole of '] : [part ?? '', ''];
  // From 0 the difference is told, and that it has no base.
  const base = moved.reasons.find((x) => x.code === 'no_base')?.text[lang];
  const on = part === null ? `${whole[1]}last year` : sayBefore(r.state, lang);
  if (lang === 'en') return `, ${against} on ${on}${base === undefined ? '' : ` (${base})`}`;
  const than = `去年${bySameDays(r.state) ? '同期' : whole[0]}`;
  const so = /\d/.test(against) ? `，比${than} ${against}` : `，与${than}${against}`;
  return `${so}${base === undefined ? '' : `（${base}）`}`;
}

function says(input: ViewInput, lang: Lang): string {
  const r = read(input);
  if (!r.kpi.splitsByKind) return `${unsplit[lang]}${lang === 'zh' ? '。' : '.'}`;
  const first = r.rows.flatMap(({ now, ...row }) =>
    isKnown(now) && now.value > 0 ? [{ ...row, now }] : [],
  )[0];
  if (first === undefined) return sayNoFigure(r.state, lang);
  const name = nameOf(first.code, lang);
  const value = formatWithUnit(r.kpi, first.now.value, lang);
  const so = saysAgainst(r, first, lang);
  const parts = r.rows.reduce((sum, row) => sum + (row.now.value ?? 0), 0);
  const double =
    r.kpi.type === 'count' && r.total?.value != null && parts > r.total.value
      ? lang === 'zh'
        ? `一次活动可有两类，合计 ${formatWithUnit(r.kpi, r.total.value, lang)}`
        : `an event may have two kinds; ${formatWithUnit(r.kpi, r.total.value, lang)} in all`
      : null;
  const most = r.kpi.type === 'count' ? '最多' : '最高';
  return sentence(
    [
      lang === 'zh'
        ? `${name}${most}，${value}${so}`
        : `${name} ${r.kpi.type === 'count' ? 'is the most' : 'is the highest'}: ${value}${so}`,
      double,
    ],
    lang,
  );
}

export const composition: View = {
  questions(state) {
    if (!kpiOf(state).splitsByKind) return [];
    const year = thisYear(state);
    const of = { years: [year - 1, year], grain: grainLookedAt(state), toDate: bySameDays(state) } as const;
    return [ask(state, { ...of, by: 'kind' }), ask(state, of)];
  },
  title({ state }, lang) {
    const year = headYear(state, thisYear(state), lang, isUnfinished(state));
    const name = figureName(state, lang);
    return titled(lang === 'zh' ? `${name}的构成，${year}` : `${name} by kind, ${year}`, state, lang);
  },
  says,
  height: (input, look) =>
    read(input).rows.length === 0
      ? 120
      : read(input).rows.length * rowHeight(look) +
        38 +
        keyOverflow(keyEntries(input, look.lang, palettes[look.theme]), look.width),
  option,
  table(input, lang) {
    const r = read(input);
    const same = bySameDays(r.state);
    const [kind, delta, note] = lang === 'zh' ? ['类型', '变化', '说明'] : ['Kind', 'Change', 'Note'];
    return {
      columns: [
        kind,
        headYear(r.state, thisYear(r.state), lang, isUnfinished(r.state)),
        headYear(r.state, thisYear(r.state) - 1, lang, same),
        delta,
        note,
      ],
      rows: r.rows.map((row) => {
        const moved = r.changeOf?.(r.kpi, row.now, row.before);
        return {
          label: nameOf(row.code, lang),
          cells: [
            tableCell(r.state, row.now, lang, same),
            tableCell(r.state, row.before, lang, same),
            moved ? changeCell(r.kpi, moved, lang) : { text: '' },
            { text: moved ? formatVerdict(moved, lang) : '' },
          ],
        };
      }),
    };
  },
};
