import { beside } from '../../shared/charts/beside.ts';
import {
  darkWide,
  english,
  madeInput,
  narrow,
  narrowEnglish,
  spread01,
  wide,
  type Asking,
  type Figure,
  type Golden,
} from './made.ts';

const asOf = '2025-09-15';
const two = { beside: ['S2', 'S1'] };
const four = { beside: ['S1', 'S4', 'S8', 'S11'] };

/** S4 has not reported two months; S8 is of a handful. */
function attendance({ unit, period }: Asking): Figure {
  if (unit === 'S4' && (period === '2025-04' || period === '2025-05')) return null;
  const denominator = unit === 'S8' && period > '2025-05' ? 8 : 40 + Math.round(spread01(unit, period) * 30);
  return { numerator: Math.round(denominator * (0.75 + spread01('r', unit, period) * 0.22)), denominator };
}
const sessions = ({ unit, period }: Asking): Figure => ({
  numerator: Math.round(spread01(unit, period) * (unit === 'S1' ? 14 : 5)),
});

const rate = { kpi: 'attendance_rate', asOf };
const of = (name: string, input: Golden['input'], look: Golden['look']): Golden => ({
  name: `beside${name}`,
  view: beside,
  input,
  look,
});

export const goldens: Golden[] = [
  of('-two', madeInput(beside, { kpi: 'study_sessions', asOf, ...two }, sessions), wide),
  of('-four', madeInput(beside, { ...rate, ...four }, attendance), wide),
  of('-four-dark', madeInput(beside, { ...rate, ...four }, attendance), darkWide),
  of('-four-narrow', madeInput(beside, { ...rate, ...four }, attendance), narrow),
  of('-two-narrow-english', madeInput(beside, { ...rate, ...two }, attendance), narrowEnglish),
  of('-quarters-english', madeInput(beside, { ...rate, ...four, grain: 'quarter' }, attendance), english),
  of(
    '-empty',
    madeInput(beside, { ...rate, ...two }, () => null),
    wide,
  ),
];
