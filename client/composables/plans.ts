import type { Look, View, ViewInput } from '../../shared/charts/view.ts';
import type { EChartsCoreOption } from '../components/echarts.ts';

/**
 * How a view is to be drawn: the height that it needs, in pixels, and ECharts' option, which is made when it is first
 * asked for: a picture that the server has drawn needs none.
 */
export type Plan = { readonly height: number; readonly option: () => EChartsCoreOption };
type Asked = { readonly view: View; readonly input: ViewInput; readonly look: Look };

/** What is on the screen, and what a reader may choose next. */
const MOST = 2;

const sameItems = (a: readonly unknown[] = [], b: readonly unknown[] = []): boolean =>
  a.length === b.length && a.every((item, i) => item === b[i]);

const isSame = (a: Asked, b: Asked): boolean =>
  a.view === b.view &&
  a.input.tree === b.input.tree &&
  sameItems(a.input.answers, b.input.answers) &&
  sameItems(a.input.notes, b.input.notes) &&
  JSON.stringify([a.input.state, a.look]) === JSON.stringify([b.input.state, b.look]);

/** The plans of one chart: what was planned ahead is not planned again when it is chosen. */
export function usePlans(): (asked: Asked) => Plan {
  const kept: { readonly asked: Asked; readonly plan: Plan }[] = [];
  return (asked) => {
    const known = kept.find((k) => isSame(k.asked, asked));
    if (known) return known.plan;
    const { view, input, look } = asked;
    let made: EChartsCoreOption | null = null;
    const plan = { height: view.height(input, look), option: () => (made ??= view.option(input, look)) };
    kept.unshift({ asked, plan });
    kept.length = Math.min(kept.length, MOST);
    return plan;
  };
}
