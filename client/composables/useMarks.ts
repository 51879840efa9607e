import { computed, ref, watch, type Ref } from 'vue';
import type { ECharts, EChartsCoreOption } from '../components/echarts.ts';
import type { Mark, Table } from '../../shared/charts/view.ts';
import { placesOf, walk, type Place } from './marks.ts';

const same = (a: Mark, b: Mark): boolean =>
  a.kpi === b.kpi &&
  a.unit === b.unit &&
  a.period === b.period &&
  String(a.kind ?? '') === String(b.kind ?? '') &&
  (a.toDate ?? false) === (b.toDate ?? false) &&
  a.structure === b.structure &&
  a.per === b.per &&
  a.within === b.within &&
  a.sum === b.sum &&
  a.part === b.part;

/** The words for a mark, as the table beside the chart has them. */
function wordsFor(mark: Mark, table: Table): string {
  for (const row of table.rows) {
    const i = row.cells.findIndex((c) => c.mark !== undefined && same(c.mark, mark));
    if (i >= 0) return `${row.label} ${table.columns[i + 1] ?? ''} ${row.cells[i]?.text ?? ''}`;
  }
  return mark.period;
}

/** Arrow keys walk over the marks of a chart, beginning with the current year; Enter opens the one that is shown, N writes a note on it, F narrows the page to its month or quarter, Escape leaves. */
export function useMarks(from: {
  chart: () => ECharts | null;
  option: () => EChartsCoreOption | null;
  table: () => Table | null;
  open: (mark: Mark) => void;
  /** Writes on the mark; without one, on a mark to be chosen. */
  note: (mark?: Mark) => void;
  /** Narrows the page to the mark's month or quarter, or takes that back, and says so; null where it cannot. */
  only: (mark: Mark) => string | null;
}): {
  /** Index of the mark that is shown, -1 for none. */
  at: Ref<number>;
  spoken: Ref<string>;
  onKey: (e: KeyboardEvent) => void;
  leave: () => void;
  /** The chart gets the focus, at the mark that its element names, if any. */
  enter: (e: FocusEvent) => void;
  /** A pointer has picked the mark. */
  stand: (mark: Mark) => void;
} {
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
  function show({ seriesIndex, dataIndex }: Place): void {
    from.chart()?.dispatchAction({ type: 'downplay' });
    from.chart()?.dispatchAction({ type: 'highlight', seriesIndex, dataIndex });
    from.chart()?.dispatchAction({ type: 'showTip', seriesIndex, dataIndex });
  }
  function move(to: number): void {
    const place = places.value[to];
    if (!place) return;
    at.value = to;
    show(place);
    const table = from.table();
    spoken.value = table ? wordsFor(place.mark, table) : place.mark.period;
  }
  function enter(e: FocusEvent): void {
    const named = Number((e.currentTarget as HTMLElement).dataset['at'] ?? -1);
    if (named >= 0) move(named);
  }
  function stand(mark: Mark): void {
    at.value = places.value.findIndex((p) => same(p.mark, mark));
  }
  // A key may come before the chart does; what was said by then has been said.
  watch(
    () => from.chart(),
    (chart) => {
      const here = places.value[at.value];
      if (chart && here) show(here);
    },
  );
  function onKey(e: KeyboardEvent): void {
    const here = places.value[at.value];
    const to = walk(places.value, at.value, e.key);
    if (to !== null) move(to);
    else if (e.key === 'Escape') leave();
    else if ((e.key === 'Enter' || e.key === ' ') && here) from.open(here.mark);
    else if (e.ctrlKey || e.metaKey || e.altKey) return;
    else if (e.key.toLowerCase() === 'n') from.note(here?.mark);
    else if (e.key.toLowerCase() === 'f' && here) {
      const said = from.only(here.mark);
      if (said === null) return;
      spoken.value = said;
    } else return;
    e.preventDefault();
  }
  return { at, spoken, onKey, leave, enter, stand };
}
