import { goldens as calendar } from './calendar.chart.ts';
import { goldens as compare } from './compare.chart.ts';
import { goldens as composition } from './composition.chart.ts';
import { goldens as heatmap } from './heatmap.chart.ts';
import type { Golden } from './made.ts';
import { goldens as rectification } from './rectification.chart.ts';
import { goldens as trend } from './trend.chart.ts';
import { goldens as yoy } from './yoy.chart.ts';

export const goldens: readonly Golden[] = [
  ...yoy,
  ...trend,
  ...compare,
  ...heatmap,
  ...composition,
  ...calendar,
  ...rectification,
];
