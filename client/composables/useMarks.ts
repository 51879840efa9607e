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

function placesOf(option: EChartsCoreOption): Place[] {
  const series = [option['series'] ?? []].flat() as { data?: unknown[] }[];
  return series.flatMap((s, seriesIndex) =>
    (s.data ?? []).flatMap((item, dataIndex) => {
      const mark = markOf(item);
      return mark ? [{ mark, seriesIndex, dataIndex }] : [];
    }),
  );
}

const same = (a: Mark, b: Mark): boolean =>
  a.kpi === b.kpi &&
  a.unit === b.unit &&
  a.period === b.period &&
  String(a.kind ?? '') === String(b.kind ?? '');

/** The words for a mark, as the table beside the chart has them. */
function wordsFor(mark: Mark, table: Table): string {
  for (const row of table.rows) {
    const i = row.cells.findIndex((c) => c.mark !== undefined && same(c.mark, mark));
    if (i >= 0) return `${row.label} ${table.columns[i + 1] ?? ''} ${row.cells[i]?.text ?? ''}`;
  }
  return mark.period;
}

/** Arrow keys walk over the marks of a chart, Enter opens the one that is shown, Escape leaves. */
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
    const count = places.value.length;
    if (count === 0) return;
    from.chart()?.dispatchAction({ type: 'downplay' });
    at.value = (to + count) % count;
    const place = places.value[at.value];
    if (!place) return;
    const { seriesIndex, dataIndex } = place;
    from.chart()?.dispatchAction({ type: 'highlight', seriesIndex, dataIndex });
    from.chart()?.dispatchAction({ type: 'showTip', seriesIndex, dataIndex });
    const table = from.table();
    spoken.value = table ? wordsFor(place.mark, table) : place.mark.period;
  }
  function onKey(e: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
    const here = places.value[at.value];
    if (step !== undefined) move(at.value < 0 && step < 0 ? -1 : at.value + step);
    else if (e.key === 'Home') move(0);
    else if (e.key === 'End') move(-1);
    else if (e.key === 'Escape') leave();
    else if ((e.key === 'Enter' || e.key === ' ') && here) from.open(here.mark);
    else return;
    e.preventDefault();
  }
  return { spoken, onKey, leave };
}
