import type { EChartsCoreOption } from 'echarts/core';
import {
  formatChange,
  formatFraction,
  formatToDate,
  formatVerdict,
  formatValue,
  formatWithUnit,
  isAtLeast,
} from '../format.ts';
import { meetsNorm } from '../kpi.ts';
import type { Lang } from '../text.ts';
import { shortName } from '../unit.ts';
import { extentOf, rowAxis, valueAxis, valueLabel, type Extent } from './axes.ts';
import {
  ask,
  baseOption,
  bySameDays,
  changeCell,
  emptyOption,
  figureName,
  isUnfinished,
  markOf,
  sentence,
  tableCell,
  thisYear,
  tipLine,
} from './parts.ts';
import { isJudged, peersOf, type Apart, type Peer, type Peers } from './peers.ts';
import {
  box,
  cutTo,
  dot,
  drawnSeries,
  line,
  widthOf,
  words,
  type Drawn,
  type Shape,
  type Stage,
} from './shapes.ts';
import { isNarrow, palettes, ROW_HEIGHT, type Palette } from './theme.ts';
import type { Look, View, ViewInput, ViewState } from './view.ts';

/** Units in one period: now, a year ago, the norm, and the band of the middle half. No ranks. */

const names = {
  zh: {
    now: '今年',
    before: '去年',
    same: '去年同期',
    band: '中间一半支部',
    norm: '规定',
    missed: '未达规定',
  },
  en: {
    now: 'this year',
    before: 'last year',
    same: 'same days last year',
    band: 'middle half',
    norm: 'Norm',
    missed: 'norm missed',
  },
} as const;

type Layout = { readonly left: number; readonly right: number; readonly top: number; readonly row: number };

function layoutOf(p: Peers, look: Look): Layout {
  const narrow = isNarrow(look);
  const widest = Math.max(0, ...[...p.compared, ...p.apart].map(({ unit }) => widthOf(shortName(unit.name))));
  return {
    left: Math.min(widest + 16, narrow ? 84 : 180),
    right: narrow ? 56 : p.kpi.type === 'count' ? 84 : 170,
    top:
      p.band !== null && p.kpi.norm !== undefined ? 42 : p.band !== null || p.kpi.norm !== undefined ? 26 : 8,
    row: narrow ? 30 : ROW_HEIGHT,
  };
}

/** Room for the axis and the key, where anything is on the axis. */
const footOf = (p: Peers): number => (p.compared.length > 0 ? 62 : 8);
const rowCount = (p: Peers): number => p.compared.length + p.apart.length;

function missed(p: Peers, peer: Peer, state: ViewState): boolean {
  return isJudged(p.kpi, state) && meetsNorm(p.kpi, peer.now.value) === false;
}

function tipOf(p: Peers, peer: Peer, state: ViewState, lang: Lang): string {
  const said = formatChange(p.kpi, peer.change, lang);
  return [
    peer.unit.name,
    tipLine(p.kpi, peer.now, lang, state.asOf, String(thisYear(state))),
    ...(peer.before === null
      ? []
      : [tipLine(p.kpi, peer.before, lang, state.asOf, String(thisYear(state) - 1))]),
    [said, formatVerdict(peer.change, lang)].filter(Boolean).join(' · '),
  ].join('\n');
}

/** The band, the norm and their names, behind the rows. */
function groundSeries(p: Peers, look: Look, palette: Palette): object {
  const { lang } = look;
  return drawnSeries<Drawn>(
    'ground',
    [{}],
    (_, { plot, at }) => {
      const shapes: Shape[] = [];
      const bottom = at(0, p.compared.length)[1];
      const say = (x: number, y: number, text: string): void => {
        const half = widthOf(text) / 2;
        const inside = Math.min(Math.max(x, plot.x + half), look.width - half - 2);
        shapes.push(words(inside, y, text, { fill: palette.soft, align: 'center' }));
      };
      const normX = p.kpi.norm === undefined ? null : at(p.kpi.norm, 0)[0];
      const normText =
        p.kpi.norm === undefined
          ? ''
          : `${names[lang].norm} ${valueLabel(p.kpi, { min: 0, max: 1, interval: 1 })(p.kpi.norm)}`;
      if (p.band !== null) {
        const [from, to] = p.band.map((v) => at(v, 0)[0]) as [number, number];
        const middle = (from + to) / 2;
        shapes.push(
          box(
            { x: from, y: plot.y, width: Math.max(2, to - from), height: bottom - plot.y },
            { fill: palette.band },
          ),
        );
        const close =
          normX !== null &&
          Math.abs(middle - normX) < (widthOf(names[lang].band) + widthOf(normText)) / 2 + 12;
        say(middle, plot.y - (close ? 28 : 11), names[lang].band);
      }
      if (normX !== null) {
        shapes.push(line([normX, plot.y], [normX, bottom], { stroke: palette.ink, dash: [2, 3] }));
        say(normX, plot.y - 11, normText);
      }
      return shapes;
    },
    { z: 0, silent: true },
  );
}

type Row = Peer & Drawn & { readonly index: number };

/** The row, not only its dot, is what a pointer meets. */
const wholeRow = (y: number, { look, layout }: { look: Look; layout: Layout }): Shape =>
  box({ x: 0, y: y - layout.row / 2, width: look.width, height: layout.row }, { fill: 'transparent' });

/** One row: name, line, last year's ring, this year's dot, figure. */
function drawRow(
  p: Peers,
  row: Row,
  stage: Stage,
  of: { look: Look; palette: Palette; layout: Layout; state: ViewState },
): Shape[] {
  const { look, palette, layout, state } = of;
  const { plot, at } = stage;
  const y = at(0, row.index + 0.5)[1];
  const x = at(row.now.value!, 0)[0];
  const comparable = row.change.verdict !== 'not_comparable';
  const before = row.before?.value ?? null;
  const thenX = before === null ? null : at(before, 0)[0];
  const isMissed = missed(p, row, state);
  const narrow = isNarrow(look);
  const shapes: Shape[] = [
    wholeRow(y, of),
    words(0, y, cutTo(shortName(row.unit.name), layout.left - 8), { fill: palette.ink, bold: true }),
    line([plot.x, y], [plot.x + plot.width, y], { stroke: palette.grid }),
  ];
  if (thenX !== null) {
    if (comparable) shapes.push(line([thenX, y], [x, y], { stroke: palette.past[1], width: 2 }));
    shapes.push(
      dot(thenX, y, narrow ? 3.5 : 4, {
        fill: palette.card,
        stroke: comparable ? palette.past[1] : palette.past[2],
      }),
    );
  }
  shapes.push(dot(x, y, narrow ? 5 : 6, { fill: isMissed ? palette.warn : palette.red }));
  const figureX = plot.x + plot.width + (narrow ? 10 : 14);
  const value = `${isAtLeast(p.kpi, row.now) ? '≥ ' : ''}${formatValue(p.kpi, row.now.value!)}`;
  shapes.push(
    words(figureX, y, value, {
      fill: isMissed ? palette.warn : palette.ink,
      bold: true,
      size: narrow ? 11 : 12,
    }),
  );
  if (!narrow && p.kpi.type !== 'count')
    shapes.push(
      words(look.width - 4, y, formatFraction(row.now.numerator, row.now.denominator), {
        fill: palette.soft,
        align: 'right',
      }),
    );
  return shapes;
}

function drawApart(
  row: Apart & { index: number },
  stage: Stage,
  of: { look: Look; palette: Palette; layout: Layout },
): Shape[] {
  const { look, palette, layout } = of;
  const y = stage.at(0, row.index + 0.5)[1];
  const width = look.width - layout.left - 4;
  const text = cutTo(row.why[look.lang], width, isNarrow(look) ? 11 : 12);
  return [
    wholeRow(y, of),
    words(0, y, cutTo(shortName(row.unit.name), layout.left - 8), { fill: palette.ink, bold: true }),
    words(stage.plot.x, y, text, { fill: palette.soft, size: isNarrow(look) ? 11 : 12 }),
  ];
}

function keySeries(p: Peers, state: ViewState, look: Look, palette: Palette): object {
  const { lang } = look;
  const own = names[lang];
  const year = `${thisYear(state)}${lang === 'zh' ? '年' : ''}`;
  const days = formatToDate(state.asOf, lang);
  const now =
    !isUnfinished(state) || isNarrow(look) ? year : lang === 'zh' ? `${year} ${days}` : `${days} ${year}`;
  const anyMissed = p.compared.some((peer) => missed(p, peer, state));
  const entries: [string, number, { fill: string; stroke?: string }][] = [
    [now, 5, { fill: palette.red }],
    [bySameDays(state) ? own.same : own.before, 4, { fill: palette.card, stroke: palette.past[1] }],
    ...(anyMissed ? [[own.missed, 5, { fill: palette.warn }] as [string, number, { fill: string }]] : []),
  ];
  return drawnSeries<Drawn>(
    'key',
    [{}],
    (_, { plot }) => {
      let x = 6;
      const y = plot.y + plot.height + 46;
      const shapes: Shape[] = entries.flatMap(([text, r, style]) => {
        const at = x;
        x += widthOf(text) + 34;
        return [dot(at, y, r, style), words(at + 12, y, text, { fill: palette.soft })];
      });
      if (p.apart.length > 0) {
        const edge = plot.y + (plot.height * p.compared.length) / rowCount(p);
        shapes.push(line([0, edge], [look.width, edge], { stroke: palette.line }));
      }
      return shapes;
    },
    { z: 1, silent: true },
  );
}

function option(input: ViewInput, look: Look): EChartsCoreOption {
  const { state } = input;
  const p = peersOf(input);
  const palette = palettes[look.theme];
  if (rowCount(p) === 0) return emptyOption(look, palette);
  const layout = layoutOf(p, look);
  const values = p.compared.flatMap(({ now, before }) => [
    now.value!,
    ...(before?.value == null ? [] : [before.value]),
  ]);
  const extent: Extent = extentOf(
    p.kpi,
    p.kpi.norm === undefined ? values : [...values, p.kpi.norm],
    isNarrow(look) ? 3 : 5,
  );
  const of = { look, palette, layout, state };
  const rows: Row[] = p.compared.map((peer, index) => ({
    ...peer,
    index,
    mark: markOf(state, peer.now, bySameDays(state)),
    tip: tipOf(p, peer, state, look.lang),
  }));
  const apart = p.apart.map((peer, i) => ({
    ...peer,
    index: p.compared.length + i,
    mark: markOf(state, peer.now, bySameDays(state)),
    tip: `${peer.unit.name}\n${tipLine(p.kpi, peer.now, look.lang, state.asOf, String(thisYear(state)))}\n${peer.why[look.lang]}`,
  }));
  return {
    ...baseOption(look, palette),
    grid: { left: layout.left, right: layout.right, top: layout.top, bottom: footOf(p) },
    xAxis: valueAxis(p.kpi, extent, palette, {
      position: 'bottom',
      splitLine: { show: false },
      show: p.compared.length > 0,
    }),
    // Counted from the top, so the axis of figures lies at the far end of the rows.
    yAxis: rowAxis(rowCount(p)),
    series: [
      groundSeries(p, look, palette),
      ...(p.compared.length > 0 ? [keySeries(p, state, look, palette)] : []),
      drawnSeries('units', rows, (row, stage) => drawRow(p, row, stage, of), { z: 3 }),
      drawnSeries('apart', apart, (row, stage) => drawApart(row, stage, of), { z: 3 }),
    ],
  };
}

function saysNorm(p: Peers, state: ViewState, lang: Lang): string | null {
  if (p.kpi.norm === undefined) return null;
  const norm = formatWithUnit({ ...p.kpi, digits: 0 }, p.kpi.norm, lang);
  const met = p.compared.filter((peer) => meetsNorm(p.kpi, peer.now.value)).length;
  const n = p.compared.length;
  if (!isJudged(p.kpi, state))
    return lang === 'zh'
      ? `全年规定 ${norm}，${n} 个可比支部中 ${met} 个已达到`
      : `${met} of ${n} comparable units have reached the year's ${norm}`;
  return lang === 'zh'
    ? `${n} 个可比支部中 ${met} 个达到 ${norm}`
    : `${met} of ${n} comparable units meet ${norm}`;
}

/** The largest move in the direction that is not good. */
function saysWorst(p: Peers, lang: Lang): string | null {
  if (p.kpi.better === 'neutral') return null;
  const sign = p.kpi.better === 'up' ? -1 : 1;
  const worse = (peer: Peer): number => sign * (peer.change.delta ?? 0);
  const moved = p.compared.filter((peer) => peer.change.verdict === 'comparable' && worse(peer) > 0);
  const worst = moved.reduce<Peer | null>((a, b) => (a === null || worse(b) > worse(a) ? b : a), null);
  if (worst === null) return null;
  const name = shortName(worst.unit.name);
  const [before, now] = [worst.before!.value!, worst.now.value!].map((v) => formatValue(p.kpi, v));
  if (lang === 'en') return `${name} ${p.kpi.better === 'up' ? 'fell' : 'rose'} most (${before} → ${now})`;
  return `${name}${p.kpi.better === 'up' ? '下降' : '上升'}最多（${before} → ${now}）`;
}

function says(input: ViewInput, lang: Lang): string {
  const p = peersOf(input);
  if (p.compared.length === 0)
    return lang === 'zh' ? '没有可以比较的支部。' : 'No units that can be compared.';
  const neutral = p.kpi.better === 'neutral';
  return sentence(
    [
      saysNorm(p, input.state, lang),
      saysWorst(p, lang),
      !neutral
        ? null
        : lang === 'zh'
          ? '次数不等于质量：按组织顺序排列，不排名'
          : 'Counts are not quality: in the order of the tree, not ranked',
      p.band === null || p.kpi.norm !== undefined
        ? null
        : lang === 'zh'
          ? `中间一半支部在 ${p.band.map((v) => formatValue(p.kpi, v)).join('–')} 之间`
          : `the middle half lies between ${p.band.map((v) => formatValue(p.kpi, v)).join(' and ')}`,
      p.apart.length === 0
        ? null
        : lang === 'zh'
          ? `${p.apart.length} 个单列`
          : `${p.apart.length} set apart`,
    ],
    lang,
  );
}

export const compare: View = {
  questions(state) {
    const year = thisYear(state);
    return [ask(state, { by: 'unit', years: [year - 1, year], grain: 'year', toDate: bySameDays(state) })];
  },
  title({ state }, lang) {
    const same = bySameDays(state);
    const name = figureName(state, lang);
    return lang === 'zh'
      ? `${name}，对照${same ? '去年同期' : '去年'}`
      : `${name}, against ${same ? 'the same days of last year' : 'last year'}`;
  },
  says,
  height(input, look) {
    const p = peersOf(input);
    const layout = layoutOf(p, look);
    return rowCount(p) === 0 ? 120 : layout.top + rowCount(p) * layout.row + footOf(p);
  },
  option,
  table(input, lang) {
    const p = peersOf(input);
    const { state } = input;
    const same = bySameDays(state);
    const [unit, delta, note] = lang === 'zh' ? ['支部', '变化', '说明'] : ['Unit', 'Change', 'Note'];
    const row = (peer: Peer, why: string) => ({
      label: peer.unit.name,
      cells: [
        tableCell(state, peer.now, lang, same),
        tableCell(state, peer.before, lang, same),
        changeCell(p.kpi, peer.change, lang),
        { text: why },
      ],
    });
    return {
      columns: [unit, String(thisYear(state)), String(thisYear(state) - 1), delta, note],
      rows: [
        ...p.compared.map((peer) => row(peer, formatVerdict(peer.change, lang))),
        ...p.apart.map((peer) => row(peer, peer.why[lang])),
      ],
    };
  },
};
