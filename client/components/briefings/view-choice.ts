import type { BriefingItem } from '../../../shared/briefing.ts';
import type { SavedView } from '../../../shared/desk.ts';
import { kpiById } from '../../../shared/kpis.ts';
import type { ViewId } from '../../../shared/views.ts';

/** The charts of each page, for a saved view, which is the address of one. */
const chartsOf: readonly (readonly [page: RegExp, charts: readonly ViewId[]])[] = [
  [/^\/$/, ['yoy', 'heatmap']],
  [/^\/yoy$/, ['yoy', 'trend', 'composition', 'multiples']],
  [/^\/compare$/, ['compare', 'beside', 'slope', 'heatmap']],
  [/^\/units\//, ['yoy', 'calendar', 'composition', 'rectification', 'heatmap']],
  [/^\/rectification$/, ['rectification', 'trend']],
];
/** What of a page's address is of a chart (server: the parameters of a snapshot). */
const ofChart = [
  'unit',
  'kpi',
  'years',
  'asOf',
  'grain',
  'kind',
  'toDate',
  'structure',
  'per',
  'sum',
  'beside',
];
/** What was chosen for one figure, and may not be there of another. */
const ofFigure = ['kind', 'per', 'sum'];

/** A live chart as the form has it. `years`: 0 for the latest when it is sealed, else how many. */
export type ViewChoice = {
  readonly view: ViewId;
  readonly kpi: string;
  readonly unit: string;
  readonly years: number;
  readonly title: string;
};
/** A saved view that shows charts: which, and what its address says of them. */
export type SavedCharts = {
  readonly id: number;
  readonly name: string;
  readonly charts: readonly ViewId[];
  readonly query: Readonly<Record<string, string>>;
};

/** Saved views of pages that have charts. */
export function savedCharts(views: readonly SavedView[]): SavedCharts[] {
  return views.flatMap(({ id, name, address, removed }) => {
    const [path = '', search = ''] = address.split('?');
    const charts = chartsOf.find(([page]) => page.test(path))?.[1];
    if (!charts || removed) return [];
    const params = new URLSearchParams(search);
    const query = Object.fromEntries([...params].filter(([key]) => ofChart.includes(key)));
    const code = /^\/units\/([^/]+)$/.exec(path)?.[1];
    return [
      { id, name, charts, query: code === undefined ? query : { ...query, unit: decodeURIComponent(code) } },
    ];
  });
}

export const canBeDrawn = ({ view, kpi }: ViewChoice): boolean =>
  view !== 'composition' || kpiById.get(kpi)?.splitsByKind !== false;

/**
 * @param known years that the centre has, ascending
 * @param from the saved view that the form began with
 */
export function itemOf(choice: ViewChoice, known: readonly number[], from: SavedCharts | null): BriefingItem {
  const kept: Record<string, string> = { ...from?.query };
  if (kept['kpi'] !== choice.kpi) for (const key of ofFigure) delete kept[key];
  if (kept['unit'] !== choice.unit) delete kept['beside'];
  if (choice.years > 0) kept['years'] = known.slice(-choice.years).join(',');
  return {
    is: 'view',
    view: choice.view,
    query: { ...kept, unit: choice.unit, kpi: choice.kpi },
    title: choice.title.trim() || null,
    comment: null,
  };
}
