import type { EChartsCoreOption } from 'echarts/core';
import { isSaid, type Change } from '../change.ts';
import { formatCellLong, formatChange, formatPeriod, formatState, isAtLeast, type Seen } from '../format.ts';
import { kindByCode } from '../kinds.ts';
import { countsPerMember, perMember, type Kpi } from '../kpi.ts';
import { kpiById } from '../kpis.ts';
import type { Grain } from '../period.ts';
import type { Answer, Cell, Question } from '../query.ts';
import type { Lang } from '../text.ts';
import type { Unit, UnitTree } from '../unit.ts';
import { drawnSeries, words, type Drawn } from './shapes.ts';
import { FONT_SIZE, fontFamily, isNarrow, type Palette } from './theme.ts';
import type { Look, Mark, Table, ViewState } from './view.ts';

/** Pieces that every view is made of. */

export {
  bySameDays,
  byWholeYears,
  daysOfYear,
  grainLookedAt,
  headYear,
  isLookedAt,
  isUnfinished,
  ofPart,
  ofWholeYears,
  partName,
  periodLookedAt,
  periodsIn,
  sayBefore,
  sayNoFigure,
  sayYear,
  standOf,
  startOf,
  thisYear,
  titled,
  type Stand,
} from './span.ts';

/** The catalogue's entry, as the state asks for it. Throws on an unknown KPI: the door has checked it. */
export function kpiOf(state: Pick<ViewState, 'kpi' | 'per'>): Kpi {
  const kpi = kpiById.get(state.kpi);
  if (kpi === undefined) throw new RangeError(`"${state.kpi}" is not a KPI`);
  return state.per === 'member' ? perMember(kpi) : kpi;
}

/** The KPI's name, with the kinds that it is narrowed to: `学习次数（党课、专家辅导）`. */
export function figureName(state: ViewState, lang: Lang): string {
  const name = kpiOf(state).name[lang];
  if (state.kind === undefined || state.kind.length === 0) return name;
  const kinds = state.kind.map((code) => kindByCode.get(code)?.name[lang] ?? code);
  return lang === 'zh' ? `${name}（${kinds.join('、')}）` : `${name} (${kinds.join(', ')})`;
}

/** A view's question: the state's scope, with what is asked of it. */
export function ask(
  state: ViewState,
  of: {
    years: readonly number[];
    grain: Grain;
    by?: 'unit' | 'kind';
    toDate?: boolean;
    kpi?: readonly string[];
  },
): Question {
  return {
    kpi: [...(of.kpi ?? [state.kpi])],
    unit: state.unit,
    ...(of.by === undefined ? {} : { by: of.by }),
    years: [...of.years],
    grain: of.grain,
    asOf: state.asOf,
    toDate: of.toDate ?? false,
    ...(state.kind === undefined || state.kind.length === 0 ? {} : { kind: [...state.kind] }),
    ...seenAs(state),
  };
}

/** How the state looks at units and counts: what questions and marks carry with them. */
export function seenAs(state: Pick<ViewState, 'kpi' | 'structure' | 'per'>): Pick<Mark, 'structure' | 'per'> {
  const kpi = kpiById.get(state.kpi);
  return {
    ...(state.structure === undefined ? {} : { structure: state.structure }),
    ...(state.per === undefined || !kpi || !countsPerMember(kpi) ? {} : { per: state.per }),
  };
}

/** The units that an answer is split by, in its own order. */
export function unitsOf(answer: Answer | undefined, tree: UnitTree): Unit[] {
  const codes = new Set((answer?.cells ?? []).map((c) => c.unit));
  return [...codes].flatMap((code) => tree.byCode.get(code) ?? []);
}

/** Finds a cell of an answer by its period and, where the answer is split, its unit, kind or KPI. */
export function finder(
  answer: Answer | undefined,
): (of: { period: string; unit?: string; kind?: string; kpi?: string }) => Cell | null {
  const key = (kpi: string, unit: string, kind: string, period: string): string =>
    [kpi, unit, kind, period].join('\n');
  const cells = new Map((answer?.cells ?? []).map((c) => [key(c.kpi, c.unit, c.kind ?? '', c.period), c]));
  const kpi = answer?.query.kpi[0] ?? '';
  const unit = answer?.query.unit ?? '';
  return (of) => cells.get(key(of.kpi ?? kpi, of.unit ?? unit, of.kind ?? '', of.period)) ?? null;
}

/** A cell that has a figure. */
export type Known = Cell & { readonly value: number };
export const isKnown = (cell: Cell | null | undefined): cell is Known => cell != null && cell.value !== null;
/** The cell, if it has a figure. */
export const known = (cell: Cell | null | undefined): Known | null => (isKnown(cell) ? cell : null);

/** What a click on the cell opens. */
export function markOf(state: ViewState, cell: Cell | null, toDate = false): Mark | undefined {
  if (cell === null) return undefined;
  const kind = cell.kind === undefined ? state.kind : [cell.kind];
  return {
    kpi: cell.kpi,
    unit: cell.unit,
    period: cell.period,
    ...(kind === undefined ? {} : { kind }),
    ...(toDate ? { toDate } : {}),
    ...seenAs({ ...state, kpi: cell.kpi }),
    ...(cell.within === undefined ? {} : { within: cell.within }),
  };
}

export type TableCell = Table['rows'][number]['cells'][number];
/** A change, in a cell of a view's table. */
export const changeCell = (kpi: Kpi, change: Change, lang: Lang): TableCell => ({
  text: formatChange(kpi, change, lang),
  // What may not be said is no figure in a file either.
  ...(change.delta === null || !isSaid(change) ? {} : { value: change.delta }),
});

/** A cell of a view's table. */
export function tableCell(state: ViewState, cell: Cell | null, lang: Lang, toDate = false): TableCell {
  if (cell === null) return { text: '—' };
  const kpi = kpiOf({ kpi: cell.kpi, per: state.per });
  return {
    ...(cell.value === null || isAtLeast(kpi, cell) ? {} : { value: cell.value }),
    text: formatCellLong(kpi, cell, lang, state),
    mark: markOf(state, cell, toDate),
    status: cell.status,
    state: formatState(cell, lang, state),
  };
}

const partly = { zh: '台账只报', en: 'reported' };
/** One line for a pointer: `2025年9月 54 次`, with what is missing. */
export function tipLine(
  kpi: Kpi,
  cell: Cell,
  { lang, state, name }: { lang: Lang; state: Seen & object; name?: string },
): string {
  const { covered, due } = cell.coverage;
  const missing = cell.status === 'partial' ? ` · ${partly[lang]} ${covered}/${due}` : '';
  const said = name ?? formatPeriod(cell.period, lang, state.yearStart);
  return `${said}  ${formatCellLong(kpi, cell, lang, state)}${missing}`;
}

/** Words of a datum under the pointer; several data under an axis pointer share theirs. */
function tipText(params: unknown): string {
  for (const one of [params].flat()) {
    const tip = (one as { data?: { tip?: unknown } } | null)?.data?.tip;
    if (typeof tip === 'string') return tip;
  }
  return '';
}

/** What all charts share. Tooltips are drawn, not written as HTML: a unit's name can carry no markup. */
export function baseOption(look: Look, palette: Palette): EChartsCoreOption {
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily, fontSize: FONT_SIZE, color: palette.soft },
    tooltip: {
      renderMode: 'richText',
      confine: true,
      trigger: 'item',
      formatter: tipText,
      backgroundColor: palette.card,
      borderColor: palette.line,
      borderWidth: 1,
      padding: isNarrow(look) ? [6, 8] : [8, 12],
      shadowBlur: 0,
      shadowOffsetX: 0,
      shadowOffsetY: 0,
      textStyle: { color: palette.ink, fontFamily, fontSize: 13, lineHeight: 20 },
      axisPointer: { type: 'line', lineStyle: { color: palette.gap, type: 'solid' } },
    },
  };
}

const nothing = {
  zh: '没有可画的数：台账未报，或指标不适用',
  en: 'Nothing to draw: not reported, or not applicable',
};

/** Words in the middle of an empty plot. */
const emptyNote = (lang: Lang, palette: Palette, text = nothing[lang]) =>
  drawnSeries<Drawn>(
    'empty',
    [{}],
    (_, { plot }) => [
      words(plot.x + plot.width / 2, plot.y + plot.height / 2, text, {
        fill: palette.faint,
        align: 'center',
        size: 13,
      }),
    ],
    { silent: true },
  );

/** An option with no figure in it. */
/** Room for the words that nothing can be drawn, and no more. CSS pixels. */
export const EMPTY_HEIGHT = 96;
export const emptyOption = (look: Look, palette: Palette, text?: string): EChartsCoreOption => ({
  ...baseOption(look, palette),
  grid: { left: 8, right: 8, top: 8, bottom: 8 },
  xAxis: { type: 'value', min: 0, max: 1, show: false },
  yAxis: { type: 'value', min: 0, max: 1, show: false },
  series: [emptyNote(look.lang, palette, text)],
});

/** Parts of one line, with the marks of its language between and after them; empty parts are left out. */
export function sentence(parts: readonly (string | null)[], lang: Lang): string {
  const said = parts.filter((p): p is string => p !== null && p !== '');
  if (said.length === 0) return '';
  if (lang === 'zh') return `${said.join('；')}。`;
  const text = said.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
