import { onBeforeUnmount, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import type { Mark } from '../../shared/charts/view.ts';
import type { ECharts, EChartsCoreOption } from '../components/echarts.ts';
import { markOf } from './useMarks.ts';

export type Drawing = { readonly option: EChartsCoreOption; readonly width: number; readonly height: number };

/**
 * Keeps an ECharts instance on `stage` in step with `wanted`. ECharts itself comes in a chunk of its
 * own. `finished` is true only while what is on the screen is what is wanted.
 */
export function useDrawing(
  stage: Readonly<ShallowRef<HTMLElement | null>>,
  wanted: () => Drawing | null,
  open: (mark: Mark) => void,
): { chart: ShallowRef<ECharts | null>; finished: Ref<boolean> } {
  const chart = shallowRef<ECharts | null>(null);
  const finished = ref(false);

  async function draw(drawing: Drawing): Promise<void> {
    finished.value = false;
    const size = { width: drawing.width, height: drawing.height };
    // A chart that stands is redrawn at once: the printer does not wait.
    if (!chart.value) {
      const { createChart } = await import('../components/echarts.ts');
      // Something newer was asked for, or the page was left, while the chunk came.
      if (!stage.value || wanted() !== drawing) return;
      chart.value = createChart(stage.value, size);
      chart.value.on('click', (e) => {
        const mark = markOf(e.data);
        if (mark) open(mark);
      });
      chart.value.on('finished', () => (finished.value = true));
    } else chart.value.resize(size);
    chart.value.setOption({ ...drawing.option, animation: false }, { notMerge: true });
  }

  watch(wanted, (drawing) => drawing && void draw(drawing), { immediate: true, flush: 'post' });
  onBeforeUnmount(() => {
    chart.value?.dispose();
    // Leaving the page takes the focus from the stage, whose blur would speak to what is gone.
    chart.value = null;
  });
  return { chart, finished };
}
