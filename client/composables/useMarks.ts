import { computed, ref, type Ref } from 'vue';
import type { ECharts, EChartsCoreOption } from '../components/echarts.ts';
import type { Mark, Table } from '../../shared/charts/view.ts';

type Place = { readonly mark: Mark; readonly seriesIndex: number; readonly dataIndex: number };

const isMark = (value: unknown): value is Mark =>
  typeof value === 'object' && value !== null && 'kpi' in value && 'unit' in value && 'period' in value;

/** The mark of a data item, or of what a chart event carries. */
export function markOf(item: unknown): Mark | null {
  if (typeof item !== 'object' || item === null || !('mark' in item)) return null;
  return isMark(item.mark) ? item.mark : null;
}

/** The mark that a chart has at a place. */
export function markAt(
  option: EChartsCoreOption,
  { seriesIndex, dataIndex }: { seriesIndex: number; dataIndex: number },
): Mark | null {
  const series = [option['series'] ?? []].flat() as { data?: unknown[] }[];
  return markOf(series[seriesIndex]?.data?.[dataIndex]);
}

/** The marks of a chart, series by series, the series of the latest year first. */
export function placesOf(option: EChartsCoreOption): Place[] {
  const series = [option['series'] ?? []].flat() as { data?: unknown[] }[];
  const ofSeries = series.map((s, seriesIndex) =>
    (s.data ?? []).flatMap((item, dataIndex) => {
      const mark = markOf(item);
      return mark ? [{ mark, seriesIndex, dataIndex }] : [];
    }),
  );
  return ofSeries.toSorted((a, b) => latestYear(b) - latestYear(a)).flat();
}

const yearOf = (place: Place): number => Number(place.mark.period.slice(0, 4));
const latestYear = (places: readonly Place[]): number => Math.max(0, ...places.map(yearOf));

/**
 * Where a key leads: an arrow to the next mark, and at first to the current year's first one; Home
 * and End to the ends of the series that one stands in.
 * @param at index of the mark that is shown, -1 for none
 * @returns the index of the mark, or null when the key is none of these
 */
export function walk(places: readonly Place[], at: number, key: string): number | null {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
  if (step !== undefined && at >= 0) return (at + step + places.length) % places.length;
  const latest = latestYear(places);
  const begin = places.findIndex((p) => yearOf(p) === latest);
  if (step === 1) return begin;
  const series = places[Math.max(at, begin)]?.seriesIndex;
  if (key === 'Home') return places.findIndex((p) => p.seriesIndex === series);
  return step === -1 || key === 'End' ? places.findLastIndex((p) => p.seriesIndex === series) : null;
}

const same = (a: Mark, b: Mark): boolean =>
  a.kpi === b.kpi &&
  a.unit === b.unit &&
  a.period === b.period &&
  String(a.kind ?? '') === String(b.kind ?? '') &&
  (a.toDate ?? false) === (b.toDate ?? false) &&
  a.structure === b.structure &&
  a.per === b.per &&
  a.within === b.within &&
  a.part === b.part;

/** The words for a mark, as the table beside the chart has them. */
function wordsFor(mark: Mark, table: Table): string {
  for (const row of table.rows) {
    const i = row.cells.findIndex((c) => c.mark !== undefined && same(c.mark, mark));
    if (i >= 0) return `${row.label} ${table.columns[i + 1] ?? ''} ${row.cells[i]?.text ?? ''}`;
  }
  return mark.period;
}

/** Arrow keys walk over the marks of a chart, beginning with the current year; Enter opens the one that is shown, Escape leaves. */
export function useMarks(from: {
  chart: () => ECharts | null;
  option: () => EChartsCoreOption | null;
  table: () => Table | null;
  open: (mark: Mark) => void;
}): { spoken: Ref<string>; onKey: (e: KeyboardEvent) => void; leave: () => void } {
  const at = ref(-1);
  const spoken = ref('');
  const places = computed(() => {
    const option = from.option();
    return option ? placesOf(option) : [];
  });

  function leave(): void {
    at.value = -1;
    spoken.value = '';
    from.chart()?.dispatchAction({ type: 'downplay' });
    from.chart()?.dispatchAction({ type: 'hideTip' });
  }
  function move(to: number): void {
    const place = places.value[to];
    if (!place) return;
    from.chart()?.dispatchAction({ type: 'downplay' });
    at.value = to;
    const { seriesIndex, dataIndex } = place;
    from.chart()?.dispatchAction({ type: 'highlight', seriesIndex, dataIndex });
    from.chart()?.dispatchAction({ type: 'showTip', seriesIndex, dataIndex });
    const table = from.table();
    spoken.value = table ? wordsFor(place.mark, table) : place.mark.period;
  }
  function onKey(e: KeyboardEvent): void {
    const here = places.value[at.value];
    const to = walk(places.value, at.value, e.key);
    if (to !== null) move(to);
    else if (e.key === 'Escape') leave();
    else if ((e.key === 'Enter' || e.key === ' ') && here) from.open(here.mark);
    else return;
    e.preventDefault();
  }
  return { spoken, onKey, leave };
}
