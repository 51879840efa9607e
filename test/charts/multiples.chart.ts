import { multiples } from '../../shared/charts/multiples.ts';
import {
  darkWide,
  english,
  madeInput,
  madeTree,
  narrow,
  spread01,
  wide,
  type Asking,
  type Figure,
  type Golden,
} from './made.ts';

const asOf = '2025-09-15';

/** S4 has not reported two months; S8 is of a handful. */
function attendance({ unit, period }: Asking): Figure {
  if (unit === 'S4' && (period === '2025-04' || period === '2025-05')) return null;
  const denominator = unit === 'S8' ? 8 : 40 + Math.round(spread01(unit, period) * 30);
  return { numerator: Math.round(denominator * (0.75 + spread01('r', unit, period) * 0.22)), denominator };
}
const sessions = ({ unit, period }: Asking): Figure =>
  unit === 'S4' && period === '2025-04'
    ? null
    : { numerator: Math.round(spread01(unit, period) * (unit === 'S1' ? 14 : 5)) };

const counts = { kpi: 'study_sessions', asOf };
const rate = { kpi: 'attendance_rate', asOf };
const of = (name: string, input: Golden['input'], look: Golden['look']): Golden => ({
  name: `multiples${name}`,
  view: multiples,
  input,
  look,
});

export const goldens: Golden[] = [
  of('', madeInput(multiples, counts, sessions), wide),
  of('-dark', madeInput(multiples, counts, sessions), darkWide),
  of('-narrow', madeInput(multiples, rate, attendance), narrow),
  of('-rate-english', madeInput(multiples, rate, attendance), english),
  of('-sum', madeInput(multiples, { ...counts, sum: true }, sessions), wide),
  of('-many', madeInput(multiples, { ...counts, years: [2024, 2025] }, sessions, madeTree(189)), wide),
  of(
    '-empty',
    madeInput(multiples, rate, () => null),
    wide,
  ),
];
