import type { Sealed } from '../server/snapshot/sealed.ts';
import { views } from '../shared/charts/views.ts';
import type { Lang } from '../shared/text.ts';
import { viewIds, type ViewId } from '../shared/views.ts';
import { held, madeInput, madeTree, merger, spread01, type Asking, type Figure } from './charts/made.ts';
import { sealOf } from './sealed.ts';

/** Centres that a picture must stand: figures in all four states, long names, very many branches, ten years, nothing at all. */

/** Values, zeros, gaps, partial months, lower bounds, too few: each somewhere. */
function mixed({ kpi, unit, period, kind }: Asking): Figure {
  const chance = spread01(kpi, unit, period, kind ?? '');
  if (unit === 'S6' || chance < 0.04) return null;
  const isRate = !['study_sessions', 'visits', 'rectification_overdue'].includes(kpi);
  if (chance < 0.1) return { numerator: 0, ...(isRate ? { denominator: 12 } : {}) };
  const denominator = unit === 'S8' ? 8 : 20 + Math.round(chance * 300);
  const numerator = isRate ? Math.round(denominator * (0.6 + 0.4 * chance)) : Math.round(chance * 60);
  return {
    numerator,
    ...(isRate ? { denominator } : {}),
    ...(unit === 'S4' ? { coverage: [7, 9] as [number, number] } : {}),
    ...(unit === 'S5' ? { unknown: 3 } : {}),
  };
}

const kpiFor: Record<ViewId, string> = {
  yoy: 'attendance_rate',
  multiples: 'study_sessions',
  trend: 'study_sessions',
  compare: 'attendance_rate',
  heatmap: 'norm_compliance',
  slope: 'study_sessions',
  beside: 'attendance_rate',
  composition: 'study_sessions',
  calendar: 'study_sessions',
  rectification: 'rectification_closure_rate',
};

const context = (kpi: string) => ({
  events: merger('S11', 'S3', '2025-04-01'),
  gaps: ['S4', 'S6'].map((unit) => ({ unit, family: 'activity' as const, from: '2025-04', to: '2025-05' })),
  norms: Array.from({ length: 11 }, (_, i) =>
    held({ kpi, unit: `S${i + 1}`, value: i === 6 ? 0.85 : 0.8, since: '2024-01-01' }),
  ),
});

type Case = { readonly name: string; seal(lang: Lang): Sealed };
const asOf = '2025-09-15';

const usual: readonly Case[] = viewIds.map((view) => ({
  name: view,
  seal: (lang) => {
    const kpi = kpiFor[view];
    const isRate = kpi.endsWith('_rate');
    return sealOf(
      view,
      madeInput(views[view], { kpi, asOf }, mixed, madeTree(), isRate ? context(kpi) : {}),
      { lang },
    );
  },
}));

/** Forty characters; the last ones tell them apart. */
const long = (n: number): string =>
  `中国共产党长江引航中心东港引航站第一联合党支部委员会暨党员先锋岗工作组第${String(n).padStart(3, '0')}支部`;
const longTree = madeTree(
  0,
  Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`S${i + 1}`, { name: long(i + 1) }])),
);
const years = Array.from({ length: 10 }, (_, i) => 2016 + i);

const hard: readonly Case[] = viewIds.flatMap((view): Case[] => {
  const kpi = kpiFor[view];
  return [
    {
      name: `${view}, names of forty characters`,
      seal: (lang) => sealOf(view, madeInput(views[view], { kpi, asOf }, mixed, longTree), { lang }),
    },
    {
      name: `${view}, two hundred branches`,
      seal: (lang) => sealOf(view, madeInput(views[view], { kpi, asOf }, mixed, madeTree(189)), { lang }),
    },
    {
      name: `${view}, ten years`,
      seal: (lang) => sealOf(view, madeInput(views[view], { kpi, asOf, years }, mixed), { lang }),
    },
    {
      name: `${view}, nothing reported`,
      seal: (lang) =>
        sealOf(
          view,
          madeInput(views[view], { kpi, asOf }, () => null),
          { lang },
        ),
    },
  ];
});

/** Every figure under that of the year before. */
const falling: Case = {
  name: 'slope, all falling',
  seal: (lang) =>
    sealOf(
      'slope',
      madeInput(views.slope, { kpi: 'study_sessions', asOf }, ({ unit, period }) => ({
        numerator: 3000 - 900 * (Number(period) - 2022) + Math.round(spread01(unit) * 90),
      })),
      { lang },
    ),
};

export const usualCases = usual;
export const hardCases = [...hard, falling];
