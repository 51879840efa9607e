import { headlineKpis, kpiById } from '../../../shared/kpis.ts';
import type { Text } from '../../../shared/text.ts';
import type { SavedView } from '../../../shared/desk.ts';
import { viewNames, type ViewId } from '../../../shared/views.ts';

/** One picture of the big screen: a page's address, of which its first chart or its figures are shown. */
export type Slide = {
  /** As it stands in the address: `overview`, `yoy.study_sessions`, `v12` for a saved view. */
  readonly token: string;
  readonly name: Text;
  /** Path and query of the page that shows it too. */
  readonly address: string;
};

/** What is shown of a page; null where a page has nothing that is read from afar. */
export type Shown = { readonly is: 'figures' } | { readonly is: 'chart'; readonly view: ViewId };

const shownOf: Readonly<Record<string, Shown>> = {
  '/': { is: 'figures' },
  '/yoy': { is: 'chart', view: 'yoy' },
  '/compare': { is: 'chart', view: 'compare' },
  '/rectification': { is: 'chart', view: 'rectification' },
};
export function shownAt(address: string): Shown | null {
  const { pathname, searchParams } = new URL(address, 'http://localhost');
  if (pathname.startsWith('/units/')) return { is: 'chart', view: 'yoy' };
  const matrix = searchParams.get('kpi') === 'norm_compliance' && pathname === '/compare';
  return matrix ? { is: 'chart', view: 'heatmap' } : (shownOf[pathname] ?? null);
}

const both = (a: Text, b: Text): Text => ({ zh: `${a.zh} · ${b.zh}`, en: `${a.en} · ${b.en}` });
const ofKpi = (view: 'yoy' | 'compare', id: string): Slide[] => {
  const kpi = kpiById.get(id);
  return kpi
    ? [{ token: `${view}.${id}`, name: both(viewNames[view], kpi.name), address: `/${view}?kpi=${id}` }]
    : [];
};

/** Pictures that every centre has. */
export const ownSlides: readonly Slide[] = [
  { token: 'overview', name: { zh: '总览', en: 'Overview' }, address: '/' },
  ...headlineKpis.flatMap((id) => ofKpi('yoy', id)),
  ...['study_sessions', 'attendance_rate'].flatMap((id) => ofKpi('compare', id)),
  ...[kpiById.get('norm_compliance')].flatMap((kpi) =>
    kpi
      ? [
          {
            token: 'heatmap.norm_compliance',
            name: both(viewNames.heatmap, kpi.name),
            address: '/compare?kpi=norm_compliance',
          },
        ]
      : [],
  ),
  { token: 'rectification', name: viewNames.rectification, address: '/rectification' },
];

/** Shown where nothing was chosen: how it stands, two figures over the years, the branches, the matrix, what is open. */
const usual = [
  'overview',
  'yoy.study_sessions',
  'yoy.attendance_rate',
  'compare.attendance_rate',
  'heatmap.norm_compliance',
  'rectification',
];

/** All that can be chosen: what every centre has, and the saved views of pages that can be shown. */
export const allSlides = (views: readonly SavedView[]): Slide[] => [
  ...ownSlides,
  ...views
    .filter((v) => shownAt(v.address) !== null)
    .map((v) => ({ token: `v${v.id}`, name: { zh: v.name, en: v.name }, address: v.address })),
];

/**
 * The slides of an address, in its order.
 * @returns `missing`: how many of those named are not there (any more)
 */
export function slidesIn(show: unknown, known: readonly Slide[]): { slides: Slide[]; missing: number } {
  const named = typeof show === 'string' ? show.split(',').filter((token) => token !== '') : [];
  const tokens = named.length > 0 ? [...new Set(named)] : usual;
  const slides = tokens.flatMap((token) => known.find((s) => s.token === token) ?? []);
  return { slides, missing: tokens.length - slides.length };
}

/** Seconds that a slide stands; what is no number of them is the usual 20. */
export const paces = [10, 20, 30, 60, 120] as const;
export const paceIn = (every: unknown): number => paces.find((n) => String(n) === every) ?? 20;
