import type { Text } from './text.ts';

/** The charts by name. Each is one module of shared/charts. */
export const viewIds = [
  'yoy',
  'multiples',
  'trend',
  'compare',
  'heatmap',
  'slope',
  'beside',
  'composition',
  'calendar',
  'rectification',
] as const;
export type ViewId = (typeof viewIds)[number];

/** Views that heed the month or quarter to which a page is narrowed; the others show whole years, whatever is picked. */
export const viewsOfPart: ReadonlySet<ViewId> = new Set([
  'yoy',
  'compare',
  'heatmap',
  'slope',
  'composition',
]);

export const viewNames: Record<ViewId, Text> = {
  yoy: { zh: '同比', en: 'Year over year' },
  multiples: { zh: '各支部同比', en: 'All branches over the years' },
  trend: { zh: '历年', en: 'Trend' },
  compare: { zh: '对比', en: 'Compare' },
  heatmap: { zh: '支部 × 月', en: 'Units × months' },
  slope: { zh: '两年之间', en: 'Between two years' },
  beside: { zh: '并排', en: 'Side by side' },
  composition: { zh: '构成', en: 'Composition' },
  calendar: { zh: '日历', en: 'Calendar' },
  rectification: { zh: '整改', en: 'Rectification' },
};
