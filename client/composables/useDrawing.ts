import { onBeforeUnmount, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { isNarrow } from '../../shared/charts/theme.ts';
import type { ECharts, EChartsCoreOption } from '../components/echarts.ts';
import { hearClicks } from '../components/echarts-served.ts';
import { noneWaits } from '../inTurn.ts';
import { whenPrepared } from '../reader.ts';
import { itemAt } from './marks.ts';

export type Drawing = {
  /** Made when it is first asked for; the same function makes the same drawing. */
  readonly option: () => EChartsCoreOption;
  readonly width: number;
  readonly height: number;
};

/** An ECharts instance in an element of its own, and what it shows. */
type Sheet = {
  readonly on: HTMLElement;
  readonly chart: ECharts;
  drawing: Drawing | null;
  /** All of it is drawn. */
  isDone: boolean;
};

/** A window is seldom just as wide as the server took it to be: so much of a picture's width makes no new one. */
const NEAR = 0.08;
/** What a reader does with a chart before it needs more than a picture. */
const approaches = ['pointerenter', 'focusin', 'touchstart'] as const;

/**
 * Keeps ECharts on `stage` in step with `wanted`. ECharts itself comes in a chunk of its own; where the server has drawn
 * what is wanted, it comes only when the reader approaches the chart. `finished` is true only while what is on the screen
 * is what is wanted. What may be wanted next can be drawn ahead: on a second sheet, which takes the first one's place.
 */
export function useDrawing(
  stage: Readonly<ShallowRef<HTMLElement | null>>,
  wanted: () => Drawing | null,
  /** What is pressed: a datum of the drawing. */
  open: (item: unknown) => void,
): {
  chart: ShallowRef<ECharts | null>;
  finished: Ref<boolean>;
  drawAhead: (drawing: Drawing) => Promise<void>;
} {
  const chart = shallowRef<ECharts | null>(null);
  const finished = ref(false);
  let isFirst = true;
  let isLeft = false;
  let leave = (): void => {};
  let shown: Sheet | null = null;
  let spare: Sheet | null = null;

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
      if (!chart.value) open(itemAt(drawing.option(), place));
    });
    const figure = on.closest('figure') ?? on;
    let isComing = false;
    const come = (event?: Event): void => {
      if (isComing) return;
      isComing = true;
      for (const name of approaches) figure.removeEventListener(name, come);
      leave();
      // A mark that was pressed in the meantime is in the picture (client/start.ts).
      void noneWaits().then(() => attach(drawing, event instanceof MouseEvent ? event : null));
    };
    for (const name of approaches) figure.addEventListener(name, come, { passive: true });
    // Somebody is there already.
    if (figure.matches(':hover, :focus-within')) return come();
    // The first choice would have to wait until the chart is set up: it is, before anything is chosen.
    // And the server does not always know what height a neighbour leaves: there it is drawn anew while nobody is at it.
    const isAsHigh = Number(picture.getAttribute('height')) === drawing.height;
    leave = whenPrepared(() => {
      if (isInSight(figure) || !isAsHigh) come();
    });
  }

  /** On the stage from the beginning, and unseen until it is done: what is drawn ahead is laid out before it is wanted. */
  async function newSheet({ width, height }: Omit<Drawing, 'option'>): Promise<Sheet> {
    const { createChart } = await import('../components/echarts.ts');
    const on = document.createElement('div');
    on.className = 'sheet aside';
    stage.value?.append(on);
    const sheet: Sheet = { on, chart: createChart(on, { width, height }), drawing: null, isDone: false };
    sheet.chart.on('click', (e) => {
      open(e.data);
    });
    sheet.chart.on('finished', () => {
      sheet.isDone = true;
      if (sheet === shown) finish();
    });
    return sheet;
  }

  function discard({ on, chart: one }: Sheet): void {
    one.dispose();
    on.remove();
  }

  function set(sheet: Sheet, drawing: Drawing): void {
    // Anew, as in a page that begins with it: shapes that ECharts uses again keep places of their former use.
    if (sheet.drawing) sheet.chart.clear();
    sheet.drawing = drawing;
    sheet.isDone = false;
    // A resizing draws the former picture once more: only where there is another room.
    const { width, height } = drawing;
    if (sheet.chart.getWidth() !== width || sheet.chart.getHeight() !== height)
      sheet.chart.resize({ width, height });
    sheet.chart.setOption({ ...drawing.option(), animation: false }, { notMerge: true });
  }

  /** What stood on the stage before the sheet has had its time. */
  function finish(): void {
    stage.value?.querySelector(':scope > svg')?.remove();
    spare?.on.classList.add('aside');
    shown?.on.classList.remove('aside');
    finished.value = true;
  }

  function show(sheet: Sheet): void {
    shown = sheet;
    chart.value = sheet.chart;
    if (sheet.isDone) finish();
  }

  /** @param pointer where it is by then: what stands there is shown without another move */
  async function attach(drawing: Drawing, pointer: MouseEvent | null = null): Promise<void> {
    const sheet = await newSheet(drawing);
    // Something newer was asked for, or the page was left, while the chunk came.
    if (!stage.value || shown || wanted() !== drawing) {
      discard(sheet);
      return;
    }
    set(sheet, drawing);
    show(sheet);
    if (pointer) point(sheet.on, pointer);
  }

  async function drawAhead(drawing: Drawing): Promise<void> {
    if (holds(shown, drawing) || holds(spare, drawing)) return;
    const made = spare ? null : await newSheet(drawing);
    // The page was left, or another chart was drawn ahead, while the chunk came.
    if (made && (isLeft || spare)) discard(made);
    if (isLeft) return;
    spare ??= made;
    if (spare) set(spare, drawing);
  }

  function draw(drawing: Drawing): void {
    const picture = pictureOf(drawing);
    isFirst = false;
    if (picture && stage.value) {
      hold(stage.value, { drawing, picture });
      return;
    }
    finished.value = false;
    if (spare && holds(spare, drawing)) {
      const [next, former] = [spare, shown];
      spare = former;
      show(next);
      return;
    }
    // A chart that stands is redrawn at once: the printer does not wait.
    if (shown) set(shown, drawing);
    else void attach(drawing);
  }

  watch(wanted, (drawing) => drawing && draw(drawing), { immediate: true, flush: 'post' });
  onBeforeUnmount(() => {
    isLeft = true;
    leave();
    for (const sheet of [shown, spare]) sheet?.chart.dispose();
    // Leaving the page takes the focus from the stage, whose blur would speak to what is gone.
    chart.value = null;
  });
  return { chart, finished, drawAhead };
}

const holds = (sheet: Sheet | null, { option, width, height }: Drawing): boolean =>
  sheet?.drawing?.option === option && sheet.drawing.width === width && sheet.drawing.height === height;

const isInSight = (element: Element): boolean => {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
};

function point(sheet: HTMLElement, { clientX, clientY }: MouseEvent): void {
  const target = sheet.querySelector('div');
  target?.dispatchEvent(
    new PointerEvent('pointermove', { clientX, clientY, bubbles: true, pointerType: 'mouse' }),
  );
}
