import { goldens as beside } from './beside.chart.ts';
import { goldens as calendar } from './calendar.chart.ts';
import { goldens as compare } from './compare.chart.ts';
import { goldens as composition } from './composition.chart.ts';
import { goldens as heatmap } from './heatmap.chart.ts';
import type { Golden } from './made.ts';
import { goldens as multiples } from './multiples.chart.ts';
import { goldens as rectification } from './rectification.chart.ts';
import { goldens as slope } from './slope.chart.ts';
import { goldens as trend } from './trend.chart.ts';
import { goldens as yoy } from './yoy.chart.ts';

export const goldens: readonly Golden[] = [
  ...yoy,
  ...multiples,
  ...trend,
  ...compare,
  ...heatmap,
  ...slope,
  ...beside,
  ...composition,
  ...calendar,
  ...rectification,
];
