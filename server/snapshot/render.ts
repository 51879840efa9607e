import { CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Look, View, ViewInput } from '../../shared/charts/view.ts';

use([CustomChart, LineChart, GridComponent, TooltipComponent, SVGRenderer]);

export type Drawing = { readonly svg: string; readonly width: number; readonly height: number };

/**
 * A view as SVG, drawn without a browser from the same option that the page uses.
 * The renderer counts its ids across a process: they are renumbered, so that the same input
 * gives the same bytes.
 */
export function renderChart(view: View, input: ViewInput, look: Look): Drawing {
  const { width } = look;
  const height = view.height(input, look);
  return { svg: renderOption(view.option(input, look), { width, height }), width, height };
}

/**
 * An option as SVG.
 * @param prefix of the ids in it: pictures that stand in one page each need their own
 */
export function renderOption(
  option: EChartsCoreOption,
  { width, height }: { readonly width: number; readonly height: number },
  prefix = 'c',
): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    return renumber(withoutStyle(chart.renderToSVGString()), prefix);
  } finally {
    chart.dispose();
  }
}

/** Hover styles mean nothing in a picture. */
const withoutStyle = (svg: string): string =>
  svg.replace(/<style[^>]*>[\s\S]*?<\/style>\n?/g, '').replace(/ class="zr\d+-cls-\d+"/g, '');

/** `zr7-c3` → `c0`, in order of appearance. */
function renumber(svg: string, prefix: string): string {
  const ids = new Map<string, string>();
  return svg.replace(/zr\d+-[a-z]+-?\d+/g, (id) => {
    const known = ids.get(id) ?? `${prefix}${ids.size}`;
    ids.set(id, known);
    return known;
  });
}
