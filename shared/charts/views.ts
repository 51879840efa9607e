import type { ViewId } from '../views.ts';
import { beside } from './beside.ts';
import { calendar } from './calendar.ts';
import { compare } from './compare.ts';
import { composition } from './composition.ts';
import { heatmap } from './heatmap.ts';
import { multiples } from './multiples.ts';
import { rectification } from './rectification.ts';
import { slope } from './slope.ts';
import { trend } from './trend.ts';
import type { View } from './view.ts';
import { yoy } from './yoy.ts';

export const views: Record<ViewId, View> = {
  yoy,
  multiples,
  trend,
  compare,
  heatmap,
  slope,
  beside,
  composition,
  calendar,
  rectification,
};
