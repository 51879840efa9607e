import { compare } from '../../shared/charts/compare.ts';
import {
  darkWide,
  english,
  madeInput,
  madeTree,
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
];
