import type { EChartsCoreOption } from 'echarts/core';
import { formatValue, formatVerdict, formatWithUnit } from '../format.ts';
import { meetsNorm } from '../kpi.ts';
import type { Lang } from '../text.ts';
import { shortName } from '../unit.ts';
import { extentOf, rowAxis, valueAxis } from './axes.ts';
import {
  drawApart,
  drawRow,
  groundSeries,
  keyEntries,
  layoutOf,
  rowCount,
  tipOf,
  type Row,
} from './compare-drawing.ts';
import { keyOverflow, keySeries } from './key.ts';
import {
  ask,
  baseOption,
  bySameDays,
  changeCell,
  emptyOption,
  figureName,
  isKnown,
  markOf,
  sentence,
  tableCell,
  thisYear,
  tipLine,
} from './parts.ts';
import { isJudged, peersOf, type Peer, type Peers } from './peers.ts';
import { drawnSeries } from './shapes.ts';
import { isNarrow, palettes } from './theme.ts';
import type { Look, View, ViewInput, ViewState } from './view.ts';

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
  const layout = layoutOf(p, look);
  const values = p.compared.flatMap(({ now, before }) => [now, before].filter(isKnown).map((c) => c.value));
  const extent = extentOf(
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
    grid: { left: layout.left, right: layout.right, top: layout.top, bottom: footOf(p, state, look) },
    xAxis: valueAxis(p.kpi, extent, palette, {
      position: 'bottom',
      splitLine: { show: false },
      show: p.compared.length > 0,
    }),
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
    return rowCount(p) === 0 ? 120 : layout.top + rowCount(p) * layout.row + footOf(p, input.state, look);
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
