import type { ViewInput } from '../../../shared/charts/view.ts';
import { UnitTree } from '../../../shared/unit.ts';
import type { ViewId } from '../../../shared/views.ts';
import type { Lang } from '../../../shared/text.ts';
import type { Sealed } from '../sealed.ts';
import { hasPoints, type NativeChart } from './chart.ts';
import { compareCharts, compositionCharts } from './native-bars.ts';
import { calendarCharts, rectificationCharts } from './native-days.ts';
import { besideCharts, multiplesCharts, yoyCharts } from './native-lines.ts';
import { slopeCharts, trendCharts } from './native-years.ts';

/** What a seal's view is drawn from. */
export const inputOf = ({
  state,
  answers,
  units,
}: Pick<Sealed, 'state' | 'answers' | 'units'>): ViewInput => ({
  state,
  answers,
  tree: new UnitTree(units),
});

const makers: Record<ViewId, (input: ViewInput, lang: Lang) => NativeChart[]> = {
  yoy: yoyCharts,
  multiples: multiplesCharts,
  trend: trendCharts,
  compare: compareCharts,
  // Units × periods are a table of shaded cells, in every office program.
  heatmap: () => [],
  slope: slopeCharts,
  beside: besideCharts,
  composition: compositionCharts,
  calendar: calendarCharts,
  rectification: rectificationCharts,
};

/**
 * The seal's view as charts that office programs draw by themselves, from the sealed figures alone. Where
 * there are more units than one chart can hold, there is one for each page of them. None where no figure
 * is there to be drawn, and none for units × periods.
 */
export function nativeCharts(sealed: Sealed): NativeChart[] {
  const charts = makers[sealed.view](inputOf(sealed), sealed.lang);
  return charts.some(hasPoints) ? charts : [];
}
