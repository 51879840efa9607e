import { slope } from '../../shared/charts/slope.ts';
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

const asOf = '2025-09-15';
const kpi = 'attendance_rate';
const years = [2024, 2025];

/** One not reported now, one lacking months then, one under ten, one level, and the rest moved. */
function attendance({ unit, period }: Asking): Figure {
  if (unit === 'S6' && period === '2025') return null;
  if (unit === 'S8') return { numerator: 7, denominator: 8 };
  if (unit === 'S9') return { numerator: 450, denominator: 500 };
  const denominator = 250 + Math.round(spread01(unit, period) * 300);
  const rate = 0.8 + spread01('r', unit, period) * 0.16;
  return {
    numerator: Math.round(denominator * rate),
    denominator,
    coverage: unit === 'S4' && period === '2024' ? [7, 9] : [9, 9],
  };
}
const sessions = ({ unit, period }: Asking): Figure => ({
  numerator: 20 + Math.round(spread01(unit, period) * 40),
  unknown: unit === 'S5' ? 2 : 0,
});
/** All within a point of each other, and two with the same figures: every label must be led aside. */
const close = ({ unit, period }: Asking): Figure => ({
  numerator: 900 + Math.round(spread01(unit === 'S2' ? 'S1' : unit, period) * 12),
  denominator: 1000,
});
const merged = madeTree(0, { S11: { closedOn: '2025-03-31', mergedInto: 'S3' } });
const many = madeTree(189);

const of = (name: string, input: Golden['input'], look: Golden['look']): Golden => ({
  name: `slope${name}`,
  view: slope,
  input,
  look,
});
const rate = madeInput(slope, { kpi, asOf, years }, attendance);

export const goldens: Golden[] = [
  of('', rate, wide),
  of('-dark', rate, darkWide),
  of('-narrow', rate, narrow),
  of('-narrow-english', rate, narrowEnglish),
  of('-picked', madeInput(slope, { kpi, asOf, years, beside: ['S1', 'S10'] }, attendance), wide),
  of('-close', madeInput(slope, { kpi, asOf, years }, close), wide),
  of(
    '-counts-first-and-last',
    madeInput(slope, { kpi: 'study_sessions', asOf: '2025-12-31' }, sessions),
    wide,
  ),
  of(
    '-merged-english',
    madeInput(slope, { kpi, asOf, years }, attendance, merged, {
      events: merger('S11', 'S3', '2025-04-01'),
    }),
    english,
  ),
  of(
    '-norm',
    madeInput(slope, { kpi: 'norm_compliance', asOf, years }, ({ unit, period }) => ({
      numerator: 29 - Math.round(spread01(unit, period) * 6),
      denominator: 29,
    })),
    wide,
  ),
  of('-many', madeInput(slope, { kpi, asOf, years }, attendance, many), wide),
  of('-many-narrow', madeInput(slope, { kpi, asOf, years }, attendance, many), narrow),
  of(
    '-empty',
    madeInput(slope, { kpi, asOf, years }, () => null),
    wide,
  ),
];
