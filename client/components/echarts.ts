import { CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use, type ECharts, type EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

// The same parts as the server's renderer: views draw the rest by hand.
use([CustomChart, LineChart, GridComponent, TooltipComponent, SVGRenderer]);

/** The parts of ECharts that the views use, in a chunk of their own: the first paint does not wait for it. */
export const createChart = (on: HTMLElement, size: { width: number; height: number }): ECharts =>
  init(on, null, { renderer: 'svg', ...size });
export type { ECharts, EChartsCoreOption };
