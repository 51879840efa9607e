import { heatmap } from '../../shared/charts/heatmap.ts';
import {
  darkWide,
  english,
  madeInput,
  madeTree,
  merger,
  narrow,
  narrowEnglish,
  spread01,
  wide,
  type Asking,
  type Figure,
  type Golden,
} from './made.ts';

function slots({ unit, period }: Asking): Figure {
  if (!period.includes('-')) return { numerator: unit === 'S2' ? 26 : 29, denominator: 29 };
  if (unit === 'S4' && ['2025-04', '2025-05'].includes(period)) return null;
  const month = Number(period.slice(5));
  const denominator = month % 3 === 0 ? 4 : 3;
  return {
    numerator:
      denominator - (unit === 'S2' && [3, 7].includes(month) ? 2 : unit === 'S8' && month === 2 ? 1 : 0),
    denominator,
  };
}

function attendance({ unit, period }: Asking): Figure {
  if (unit === 'S9' && period === '2025-06') return { numerator: 0, denominator: 0 };
  const denominator = unit === 'S8' ? 8 : 40;
  return { numerator: Math.round(denominator * (0.7 + spread01(unit, period) * 0.3)), denominator };
}

const hours = ({ unit, period }: Asking): Figure =>
  unit === 'S4' && period === '2025-02'
    ? null
    : {
        numerator: period.includes('-') ? Math.floor(spread01(unit, period) * 4) * 21.5 : 460,
        unknown: unit === 'S1' ? 1 : 0,
      };

const merged = madeTree(0, { S11: { closedOn: '2025-03-31', mergedInto: 'S3' } });

export const goldens: Golden[] = [
  {
    name: 'heatmap-slots',
    view: heatmap,
    input: madeInput(heatmap, { kpi: 'norm_compliance' }, slots),
    look: wide,
  },
  {
    name: 'heatmap-slots-dark',
    view: heatmap,
    input: madeInput(heatmap, { kpi: 'norm_compliance' }, slots),
    look: darkWide,
  },
  {
    name: 'heatmap-slots-narrow',
    view: heatmap,
    input: madeInput(heatmap, { kpi: 'norm_compliance' }, slots),
    look: narrow,
  },
  {
    name: 'heatmap-rate-english',
    view: heatmap,
    input: madeInput(heatmap, { kpi: 'attendance_rate' }, attendance),
    look: english,
  },
  {
    name: 'heatmap-rate-narrow',
    view: heatmap,
    input: madeInput(heatmap, { kpi: 'attendance_rate' }, attendance),
    look: narrow,
  },
  {
    name: 'heatmap-hours',
    view: heatmap,
    input: madeInput(heatmap, { kpi: 'volunteer_hours' }, hours, madeTree(9)),
    look: wide,
  },
  {
    name: 'heatmap-quarters',
    view: heatmap,
    input: madeInput(heatmap, { kpi: 'norm_compliance', grain: 'quarter' }, slots),
    look: wide,
  },
  {
    name: 'heatmap-slots-narrow-english',
    view: heatmap,
    input: madeInput(heatmap, { kpi: 'norm_compliance' }, slots),
    look: narrowEnglish,
  },
  {
    name: 'heatmap-breaks',
    view: heatmap,
    input: madeInput(heatmap, { kpi: 'norm_compliance' }, slots, merged, {
      events: merger('S11', 'S3', '2025-04-01'),
      changes: [
        {
          kpi: 'norm_compliance',
          unit: null,
          on: '2025-07-01',
          what: 'norm',
          text: {
            zh: '“支部委员会”的规定变更（中心规定）',
            en: 'the norm for "Committee meeting" changed (the centre)',
          },
        },
      ],
    }),
    look: wide,
  },
  {
    name: 'heatmap-fiscal',
    view: heatmap,
    input: madeInput(heatmap, { kpi: 'norm_compliance', grain: 'quarter', yearStart: 4 }, slots),
    look: wide,
  },
];
