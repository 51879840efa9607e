import { expect, test } from 'vitest';
import { figureText, shiftOf, type Moved } from '../../client/components/imports/effect.ts';
import { kpiById } from '../../shared/kpis.ts';

type Figure = Moved['before'];
const none: Figure = { value: null, numerator: null, denominator: null, status: 'none' };
const count = (value: number): Figure => ({ value, numerator: value, denominator: null, status: 'ok' });
const rate = (n: number, d: number): Figure => ({
  value: n / d,
  numerator: n,
  denominator: d,
  status: 'ok',
});
const moved = (kpi: string, before: Figure, after: Figure): Moved => ({
  kpi,
  unit: 'A',
  period: '2025',
  before,
  after,
});
const shift = (kpi: string, before: Figure, after: Figure) =>
  shiftOf(kpiById.get(kpi)!, moved(kpi, before, after), 'zh');

test('a figure moves by an amount, begins or ceases', () => {
  expect(shift('visits', count(25), count(27))).toEqual({ is: 'by', text: '+2 次（+8.0%）' });
  expect(shift('attendance_rate', rate(90, 100), rate(171, 200))).toEqual({
    is: 'by',
    text: '−4.5 个百分点',
  });
  expect(shift('visits', none, count(3))).toEqual({ is: 'new' });
  expect(shift('visits', count(0), none)).toEqual({ is: 'lost' });
  expect(shift('visits', none, none)).toEqual({ is: 'none' });
});

test('zero is a figure: from it there is an amount and no percentage', () => {
  expect(shift('visits', count(0), count(3))).toEqual({ is: 'by', text: '+3 次' });
});

test('a rate over fewer than ten is its fraction, and its change is not said in points', () => {
  const kpi = kpiById.get('visit_issues_resolved_rate')!;
  const few = moved(kpi.id, rate(4, 5), rate(6, 7));
  expect(shiftOf(kpi, few, 'zh')).toEqual({ is: 'none' });
  expect([
    figureText(kpi, few, 'before', { lang: 'zh' }),
    figureText(kpi, few, 'after', { lang: 'zh' }),
  ]).toEqual(['4/5', '6/7']);
});

test('a figure that is not reported says so', () => {
  const kpi = kpiById.get('visits')!;
  const of = moved('visits', none, count(3));
  expect(figureText(kpi, of, 'before', { lang: 'en' })).toBe('— not reported');
  expect(figureText(kpi, of, 'after', { lang: 'zh' })).toBe('3 次');
});
