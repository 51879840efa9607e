import type { EChartsCoreOption } from 'echarts/core';
import { formatValue, formatVerdict } from '../format.ts';
import { meetsNorm } from '../kpi.ts';
import type { Lang } from '../text.ts';
import { shortName } from '../unit.ts';
import { extentOf, rowAxis, valueAxis } from './axes.ts';
import { groundSeries, keyEntries, layoutOf, tipOf } from './compare-drawing.ts';
import { drawApart, drawRow, rawText, rowCount, type Row } from './compare-rows.ts';
import { keyOverflow, keySeries } from './key.ts';
import { normValue } from './norms.ts';
import {
  ask,
  baseOption,
  bySameDays,
  byWholeYears,
  changeCell,
  emptyOption,
  figureName,
  grainLookedAt,
  headYear,
  isKnown,
  isUnfinished,
  markOf,
  ofPart,
  sayBefore,
  sentence,
  tableCell,
  thisYear,
  titled,
} from './parts.ts';
import { agreedNorm, isJudged, peersOf, type Apart, type Compared, type Peer, type Peers } from './peers.ts';
import { drawnSeries } from './shapes.ts';
import { isNarrow, palettes } from './theme.ts';
import type { Look, Table, View, ViewInput, ViewState } from './view.ts';

/** Units in one period: now, a year ago, the norm, and the band of the middle half. No ranks. */

/** Room for the axis and the key, where anything is on the axis. */
function footOf(p: Peers, state: ViewState, look: Look): number {
  const entries = keyEntries(p, state, look, palettes[look.theme]);
  return entries.length === 0 ? 8 : 62 + keyOverflow(entries, look.width);
}

function option(input: ViewInput, look: Look): EChartsCoreOption {
  const { state } = input;
  const p = peersOf(input);
  const palette = palettes[look.theme];
  if (rowCount(p) === 0) return emptyOption(look, palette);
  const layout = layoutOf(p, look, state);
  const values = p.compared.flatMap(({ now, before }) => [now, before].filter(isKnown).map((c) => c.value));
  const norms = p.compared.flatMap((peer) => peer.norm ?? []);
  const extent = extentOf(p.kpi, [...values, ...norms], isNarrow(look) ? 3 : 5);
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
    tip: tipOf(p, peer, state, look.lang),
  }));
  return {
    ...baseOption(look, palette),
    grid: { left: layout.left, right: layout.right, top: layout.top, bottom: footOf(p, state, look) },
    xAxis: valueAxis(
      p.kpi,
      extent,
      { palette, lang: look.lang },
      {
        position: 'bottom',
        splitLine: { show: false },
        show: p.compared.length > 0,
      },
    ),
    // Counted from the top, so the axis of figures lies at the far end of the rows.
    yAxis: rowAxis(rowCount(p)),
    series: [
      groundSeries(p, look, palette),
      keySeries(keyEntries(p, state, look, palette), { below: 46, width: look.width }, palette),
      drawnSeries('units', rows, (row, stage) => drawRow(p, row, stage, of), { z: 3 }),
      drawnSeries('apart', apart, (row, stage) => drawApart(row, stage, of), { z: 3 }),
    ],
  };
}

/** `学习次数，2026年3月，对照去年3月`. */
function titleOfPart(state: ViewState, name: string, lang: Lang): string {
  const period = headYear(state, thisYear(state), lang, isUnfinished(state));
  const before = sayBefore(state, lang);
  return lang === 'zh' ? `${name}，${period}，对照${before}` : `${name}, ${period}, against ${before}`;
}

function saysNorm(p: Peers, state: ViewState, lang: Lang): string | null {
  const held = p.compared.filter((peer) => peer.norm !== null);
  if (held.length === 0) return null;
  const agreed = agreedNorm(p);
  const met = held.filter((peer) => meetsNorm(p.kpi, peer.now.value, peer.norm)).length;
  const n = held.length;
  const norm = agreed === null ? '' : normValue(p.kpi, agreed, lang);
  if (!isJudged(p.kpi, state))
    return lang === 'zh'
      ? `全年规定${norm === '' ? '各有不同' : ` ${norm}`}，${n} 个可比支部中 ${met} 个已达到`
      : `${met} of ${n} comparable units have reached ${norm === '' ? 'their own norm of the year' : `the year's ${norm}`}`;
  return lang === 'zh'
    ? `${n} 个可比支部中 ${met} 个达到${norm === '' ? '各自的规定' : ` ${norm}`}`
    : `${met} of ${n} comparable units meet ${norm === '' ? 'their own norm' : norm}`;
}

/** The largest move in the direction that is not good. */
function saysWorst(p: Peers, lang: Lang): string | null {
  if (p.kpi.better === 'neutral') return null;
  const sign = p.kpi.better === 'up' ? -1 : 1;
  const worse = (peer: Peer): number => sign * (peer.change.delta ?? 0);
  const moved = p.compared.flatMap((peer) =>
    isKnown(peer.before) && peer.change.verdict === 'comparable' && worse(peer) > 0
      ? [{ peer, before: formatValue(p.kpi, peer.before.value), now: formatValue(p.kpi, peer.now.value) }]
      : [],
  );
  const worst = moved.reduce<(typeof moved)[number] | null>(
    (a, b) => (a === null || worse(b.peer) > worse(a.peer) ? b : a),
    null,
  );
  if (worst === null) return null;
  const { before, now } = worst;
  const name = shortName(worst.peer.unit.name);
  if (lang === 'en') return `${name} ${p.kpi.better === 'up' ? 'fell' : 'rose'} most (${before} → ${now})`;
  return `${name}${p.kpi.better === 'up' ? '下降' : '上升'}最多（${before} → ${now}）`;
}

const countsWords = {
  raw: {
    zh: '次数不等于质量：按组织顺序排列，不排名',
    en: 'Counts are not quality: in the order of the tree, not ranked',
  },
  perMember: {
    zh: '按人均排列；次数不等于质量',
    en: 'In the order of the count per member; counts are not quality',
  },
} as const;

function says(input: ViewInput, lang: Lang): string {
  const p = peersOf(input);
  const { state } = input;
  if (p.compared.length === 0)
    return ofPart(state, lang === 'zh' ? '没有可以比较的支部。' : 'No units that can be compared.', lang);
  const neutral = p.kpi.better === 'neutral';
  const said = sentence(
    [
      saysNorm(p, state, lang),
      saysWorst(p, lang),
      !neutral ? null : countsWords[state.per === 'member' ? 'perMember' : 'raw'][lang],
      p.band === null || p.compared.some((peer) => peer.norm !== null)
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
  return ofPart(state, said, lang);
}

/** The rows as they stand, from the top of the drawing: for what a page lays over them. */
export function compareRows(
  input: ViewInput,
  look: Look,
): { readonly code: string; readonly name: string; readonly y: number }[] {
  const p = peersOf(input);
  const { top, row } = layoutOf(p, look, input.state);
  return [...p.compared, ...p.apart].map(({ unit }, i) => ({
    code: unit.code,
    name: shortName(unit.name),
    y: top + (i + 0.5) * row,
  }));
}

export const compare: View = {
  questions(state) {
    const year = thisYear(state);
    return [
      ask(state, {
        by: 'unit',
        years: [year - 1, year],
        grain: grainLookedAt(state),
        toDate: bySameDays(state),
      }),
    ];
  },
  title({ state }, lang) {
    const same = bySameDays(state);
    const name = figureName(state, lang);
    const whole = byWholeYears(state);
    const title =
      state.only !== undefined
        ? titleOfPart(state, name, lang)
        : lang === 'zh'
          ? `${name}，对照${same ? '去年同期' : whole ? '去年全年' : '去年'}`
          : `${name}, against ${same ? 'the same days of last year' : whole ? 'the whole of last year' : 'last year'}`;
    return titled(title, state, lang);
  },
  says,
  height(input, look) {
    const p = peersOf(input);
    const layout = layoutOf(p, look, input.state);
    return rowCount(p) === 0 ? 120 : layout.top + rowCount(p) * layout.row + footOf(p, input.state, look);
  },
  option,
  table(input, lang) {
    const p = peersOf(input);
    const { state } = input;
    const same = bySameDays(state);
    const own = tableWords[lang];
    const isPlaced = p.compared.some((peer) => peer.place !== null);
    const isPerMember = state.per === 'member';
    const isHeld = [...p.compared, ...p.apart].some((peer) => peer.norm !== null);
    const row = (peer: Compared | Apart): Table['rows'][number] => ({
      label: peer.unit.name,
      cells: [
        tableCell(state, peer.now, lang, same),
        tableCell(state, peer.before, lang, same),
        // What is not compared has no difference in a file either.
        'why' in peer ? { text: '' } : changeCell(p.kpi, peer.change, lang),
        ...(isPerMember ? [{ text: peer.now.value === null ? '' : rawText(state, peer.now, lang) }] : []),
        ...(isHeld ? [{ text: peer.norm === null ? '' : normValue(p.kpi, peer.norm, lang) }] : []),
        ...(isPlaced ? [{ text: 'why' in peer ? '' : (peer.place ?? '') }] : []),
        { text: 'why' in peer ? peer.why[lang] : formatVerdict(peer.change, lang) },
      ],
    });
    const year = thisYear(state);
    return {
      columns: [
        own.unit,
        headYear(state, year, lang, isUnfinished(state)),
        headYear(state, year - 1, lang, same),
        own.change,
        ...(isPerMember ? [own.raw] : []),
        ...(isHeld ? [own.norm] : []),
        ...(isPlaced ? [own.place] : []),
        own.note,
      ],
      rows: [...p.compared, ...p.apart].map(row),
    };
  },
};

const tableWords = {
  zh: { unit: '支部', change: '变化', raw: '次数 ÷ 党员', norm: '规定', place: '位次', note: '说明' },
  en: { unit: 'Unit', change: 'Change', raw: 'count ÷ members', norm: 'Norm', place: 'Place', note: 'Note' },
} as const;
