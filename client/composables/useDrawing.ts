import { onBeforeUnmount, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { isNarrow } from '../../shared/charts/theme.ts';
import type { Mark } from '../../shared/charts/view.ts';
import type { ECharts, EChartsCoreOption } from '../components/echarts.ts';
import { hearClicks } from '../components/echarts-served.ts';
import { whenPrepared } from '../reader.ts';
import { markAt, markOf } from './marks.ts';

export type Drawing = { readonly option: EChartsCoreOption; readonly width: number; readonly height: number };

/** A window is seldom just as wide as the server took it to be: so much of a picture's width makes no new one. */
const NEAR = 0.08;
/** What a reader does with a chart before it needs more than a picture. */
const approaches = ['pointerenter', 'focusin', 'touchstart'] as const;

/**
 * Keeps an ECharts instance on `stage` in step with `wanted`. ECharts itself comes in a chunk of its own; where the
 * server has drawn what is wanted, it comes only when the reader approaches the chart. `finished` is true only while
 * what is on the screen is what is wanted.
 */
export function useDrawing(
  stage: Readonly<ShallowRef<HTMLElement | null>>,
  wanted: () => Drawing | null,
  open: (mark: Mark) => void,
): { chart: ShallowRef<ECharts | null>; finished: Ref<boolean> } {
  const chart = shallowRef<ECharts | null>(null);
  const finished = ref(false);
  let isFirst = true;
  let leave = (): void => {};

  /** The server's picture, where it is one of this drawing: for this room, or nearly so and laid out in the same way. */
  function pictureOf({ width }: Drawing): SVGElement | null {
    const svg = stage.value?.querySelector<SVGElement>(':scope > svg') ?? null;
    if (!isFirst || !svg) return null;
    const drawnFor = Number(svg.getAttribute('width'));
    const isNear =
      Math.abs(drawnFor / width - 1) <= NEAR && isNarrow({ width: drawnFor }) === isNarrow({ width });
    return isNear ? svg : null;
  }

  function hold(on: HTMLElement, { drawing, picture }: { drawing: Drawing; picture: SVGElement }): void {
    finished.value = true;
    hearClicks(on, (place) => {
      const mark = chart.value ? null : markAt(drawing.option, place);
      if (mark) open(mark);
    });
    const figure = on.closest('figure') ?? on;
    let isComing = false;
    const come = (event?: Event): void => {
      if (isComing) return;
      isComing = true;
      for (const name of approaches) figure.removeEventListener(name, come);
      leave();
      void attach(drawing, event instanceof MouseEvent ? event : null);
    };
    for (const name of approaches) figure.addEventListener(name, come, { passive: true });
    // The first choice would have to wait until the chart is set up: it is, before anything is chosen.
    // And the server does not always know what height a neighbour leaves: there it is drawn anew while nobody is at it.
    const isAsHigh = Number(picture.getAttribute('height')) === drawing.height;
    leave = whenPrepared(() => {
      if (isInSight(figure) || !isAsHigh) come();
    });
  }

  /** @param pointer where it is by then: what stands there is shown without another move */
  async function attach(drawing: Drawing, pointer: MouseEvent | null = null): Promise<void> {
    const { createChart } = await import('../components/echarts.ts');
    // Something newer was asked for, or the page was left, while the chunk came.
    if (!stage.value || chart.value || wanted() !== drawing) return;
    const former = [...stage.value.querySelectorAll<SVGElement>(':scope > svg')];
    const { width, height } = drawing;
    chart.value = createChart(stage.value, { width, height });
    chart.value.on('click', (e) => {
      const mark = markOf(e.data);
      if (mark) open(mark);
    });
    chart.value.on('finished', () => {
      for (const svg of former.splice(0)) svg.remove();
      finished.value = true;
    });
    set(chart.value, drawing);
    if (pointer) point(stage.value, pointer);
  }

  const set = (on: ECharts, { option }: Drawing): void =>
    on.setOption({ ...option, animation: false }, { notMerge: true });

  function draw(drawing: Drawing): void {
    const picture = pictureOf(drawing);
    isFirst = false;
    if (picture && stage.value) {
      hold(stage.value, { drawing, picture });
      return;
    }
    finished.value = false;
    if (!chart.value) {
      void attach(drawing);
      return;
    }
    // A chart that stands is redrawn at once: the printer does not wait.
    // A resizing draws the former picture once more: only where there is another room.
    const { width, height } = drawing;
    if (chart.value.getWidth() !== width || chart.value.getHeight() !== height)
      chart.value.resize({ width, height });
    // Anew, as in a page that begins with it: shapes that ECharts uses again keep places of their former use.
    chart.value.clear();
    set(chart.value, drawing);
  }

  watch(wanted, (drawing) => drawing && draw(drawing), { immediate: true, flush: 'post' });
  onBeforeUnmount(() => {
    leave();
    chart.value?.dispose();
    // Leaving the page takes the focus from the stage, whose blur would speak to what is gone.
    chart.value = null;
  });
  return { chart, finished };
}

const isInSight = (element: Element): boolean => {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
};

function point(stage: HTMLElement, { clientX, clientY }: MouseEvent): void {
  const target = stage.querySelector('div');
  target?.dispatchEvent(
    new PointerEvent('pointermove', { clientX, clientY, bubbles: true, pointerType: 'mouse' }),
  );
}
