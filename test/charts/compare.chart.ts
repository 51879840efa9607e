import { compare } from '../../shared/charts/compare.ts';
import {
  darkWide,
  english,
  held,
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

const asOf = '2025-09-15';

function attendance({ unit, period }: Asking): Figure {
  if (unit === 'S6') return null;
  const denominator = unit === 'S8' ? 8 : 250 + Math.round(spread01(unit, period) * 300);
  const rate = 0.78 + spread01('r', unit, period) * 0.18;
  return {
    numerator: Math.round(denominator * rate),
    denominator,
    coverage: unit === 'S4' ? [7, 9] : [9, 9],
  };
}

function compliance({ unit, period }: Asking): Figure {
  const denominator = 29;
  const missed = period === '2024' ? 1 : unit === 'S2' ? 4 : unit === 'S8' ? 1 : unit === 'S10' ? 2 : 0;
  return { numerator: denominator - missed, denominator };
}

const sessions = ({ unit, period }: Asking): Figure => ({
  numerator: 20 + Math.round(spread01(unit, period) * 40),
});
const merged = madeTree(0, { S11: { closedOn: '2025-03-31', mergedInto: 'S3' } });
const many = madeTree(12);
const kpi = 'attendance_rate';
/** Most units are held to 80 %, one to 85 %, one to nothing. */
const ownNorms = Array.from({ length: 10 }, (_, i) =>
  held({ kpi, unit: `S${i + 1}`, value: i === 6 ? 0.85 : 0.8 }),
);
/** Two pairs with equal figures, and one unit of eight members. */
function perMember({ unit, period }: Asking): Figure {
  const n = Number(unit.slice(1));
  if (unit === 'S8') return { numerator: 9, denominator: 8 };
  const denominator = n === 2 || n === 3 ? 20 : 14 + n;
  const numerator = n === 2 || n === 3 ? 30 : n === 5 ? 38 : n === 10 ? 48 : 22 + n;
  return { numerator: numerator - (period === '2024' ? 3 : 0), denominator, unknown: n === 4 ? 2 : 0 };
}

export const goldens: Golden[] = [
  { name: 'compare-rate', view: compare, input: madeInput(compare, { kpi, asOf }, attendance), look: wide },
  {
    name: 'compare-rate-dark',
    view: compare,
    input: madeInput(compare, { kpi, asOf }, attendance),
    look: darkWide,
  },
  {
    name: 'compare-rate-narrow',
    view: compare,
    input: madeInput(compare, { kpi, asOf }, attendance),
    look: narrow,
  },
  {
    name: 'compare-norm',
    view: compare,
    input: madeInput(compare, { kpi: 'norm_compliance', asOf }, compliance),
    look: wide,
  },
  {
    name: 'compare-merged-english',
    view: compare,
    input: madeInput(compare, { kpi, asOf }, attendance, merged),
    look: english,
  },
  {
    name: 'compare-counts',
    view: compare,
    input: madeInput(compare, { kpi: 'study_sessions', asOf: '2025-12-31' }, sessions),
    look: wide,
  },
  {
    name: 'compare-many-narrow',
    view: compare,
    input: madeInput(compare, { kpi, asOf }, attendance, many),
    look: narrow,
  },
  {
    name: 'compare-hours',
    view: compare,
    input: madeInput(compare, { kpi: 'study_hours_per_member', asOf }, ({ unit, period }) => ({
      numerator: 20 * (18 + spread01(unit, period) * 14),
      denominator: 20,
    })),
    look: wide,
  },
  { name: 'compare-empty', view: compare, input: madeInput(compare, { kpi, asOf }, () => null), look: wide },
  {
    name: 'compare-norm-narrow-english',
    view: compare,
    input: madeInput(compare, { kpi: 'norm_compliance', asOf }, compliance),
    look: narrowEnglish,
  },
  {
    name: 'compare-breaks',
    view: compare,
    input: madeInput(compare, { kpi, asOf }, attendance, merged, {
      events: [
        ...merger('S11', 'S3', '2025-04-01'),
        { unit: 'S9', on: '2024-07-01', type: 'split', other: 'S10' },
      ],
      gaps: [{ unit: 'S4', family: 'activity', from: '2025-04', to: '2025-05' }],
    }),
    look: wide,
  },
  {
    name: 'compare-breaks-narrow-english',
    view: compare,
    input: madeInput(compare, { kpi, asOf }, attendance, merged, {
      events: merger('S11', 'S3', '2025-04-01'),
    }),
    look: narrowEnglish,
  },
  {
    name: 'compare-today',
    view: compare,
    input: madeInput(compare, { kpi, asOf, structure: 'today' }, attendance, merged, {
      events: merger('S11', 'S3', '2025-04-01'),
    }),
    look: wide,
  },
  {
    name: 'compare-own-norms',
    view: compare,
    input: madeInput(compare, { kpi, asOf }, attendance, undefined, { norms: ownNorms }),
    look: wide,
  },
  {
    name: 'compare-per-member',
    view: compare,
    input: madeInput(compare, { kpi: 'study_sessions', asOf, per: 'member' }, perMember),
    look: wide,
  },
  {
    name: 'compare-per-member-narrow-english',
    view: compare,
    input: madeInput(compare, { kpi: 'study_sessions', asOf, per: 'member' }, perMember),
    look: narrowEnglish,
  },
  {
    name: 'compare-picked',
    view: compare,
    input: madeInput(compare, { kpi, asOf, beside: ['S3', 'S6'] }, attendance),
    look: wide,
  },
  {
    name: 'compare-picked-narrow',
    view: compare,
    input: madeInput(compare, { kpi, asOf, beside: [] }, attendance),
    look: narrow,
  },
  {
    name: 'compare-whole-years',
    view: compare,
    input: madeInput(compare, { kpi: 'study_sessions', asOf, whole: true }, sessions),
    look: wide,
  },
];
