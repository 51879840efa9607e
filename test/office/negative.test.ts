import { describe, expect, test } from 'vitest';
import { officeFile } from '../../server/snapshot/office/office.ts';
import { extentOf } from '../../shared/charts/axes.ts';
import { kpiOf } from '../../shared/charts/parts.ts';
import { views } from '../../shared/charts/views.ts';
import { madeInput, spread01, type Asking, type Figure } from '../charts/made.ts';
import { chartsIn, partsOf, readChart, textOf } from './reading.ts';
import { proof, sealOf } from '../sealed.ts';

/** Figures under zero, as of days from a finding to an end that stands before it: drawn, and read back as they are. */

const DAYS = 'rectification_median_days';
const figures = ({ unit, period, kind }: Asking): Figure => {
  const value = Math.round(40 * spread01(unit, period, kind ?? '')) - 25;
  return { numerator: value, denominator: 12, value, records: 12 };
};
const asked = [
  ['yoy', DAYS],
  ['multiples', DAYS],
  ['trend', DAYS],
  ['compare', DAYS],
  ['slope', DAYS],
  ['beside', DAYS],
  // Never so in the ledgers; a seal could say it all the same.
  ['composition', 'study_sessions'],
] as const;

const axisOf = (xml: string): { min: number; max: number } => {
  const [, max, min] = /<c:max val="([^"]+)"\/><c:min val="([^"]+)"\/>/.exec(xml) ?? [];
  return { min: Number(min), max: Number(max) };
};

describe.each(asked)('%s of %s', (view, kpi) => {
  const input = madeInput(views[view], { kpi, asOf: '2025-12-31' }, figures);
  const sealed = sealOf(view, input);
  const known = new Set(sealed.answers.flatMap((a) => a.cells.map((c) => c.value)));

  test.each(['xlsx', 'pptx'] as const)(
    '%s: the axis shows them, and they are the sealed ones',
    async (format) => {
      const charts = chartsIn(partsOf(await officeFile(format, sealed, proof)));
      expect(charts.length).toBeGreaterThan(0);
      const drawn = charts.flatMap(({ xml }) => {
        const { min, max } = axisOf(xml);
        const values = readChart(xml).series.flatMap((s) => [...s.points.values()].map(Number));
        for (const value of values) {
          expect(known).toContain(value);
          expect(value).toBeGreaterThanOrEqual(min);
          expect(value).toBeLessThanOrEqual(max);
        }
        // The bars of both ways begin at zero, and names stand beside the plot, not on it.
        expect([min < 0, max >= 0, xml.includes('<c:tickLblPos val="low"/>')]).toEqual([true, true, true]);
        return values;
      });
      expect(drawn.filter((value) => value < 0).length).toBeGreaterThan(0);
      expect(drawn.filter((value) => value > 0).length).toBeGreaterThan(0);
    },
  );

  test('docx: its table has them, with their sign', async () => {
    const xml = textOf(partsOf(await officeFile('docx', sealed, proof)), 'word/document.xml');
    const said = sealed.table.rows.flatMap((r) => r.cells.filter((c) => (c.value ?? 0) < 0 && c.mark));
    expect(said.length).toBeGreaterThan(0);
    for (const { text } of said.slice(0, 20)) {
      expect(text).toMatch(/^[-−]\d/);
      // Months that have little room stand without their unit.
      expect(xml).toContain(text.split(' ')[0]);
    }
  });
});

test('an axis has both of its ends, and zero as a tick between them', () => {
  const days = kpiOf({ kpi: DAYS });
  const rate = kpiOf({ kpi: 'attendance_rate' });
  const shownOf = (kpi: typeof days, values: number[]): number[] => {
    const { min, max, interval } = extentOf(kpi, values);
    return [min, max, interval].map((n) => Number(n.toPrecision(9)));
  };
  expect(shownOf(days, [-25, 15])).toEqual([-30, 20, 10]);
  expect(shownOf(days, [-3])).toEqual([-3, 0, 1]);
  expect(shownOf(days, [-1000, 4])).toEqual([-1000, 500, 500]);
  expect(shownOf(rate, [-0.1, 0.3])).toEqual([-0.1, 0.3, 0.1]);
  // Without a figure under zero all is as before.
  expect(shownOf(days, [0, 15])).toEqual([0, 15, 5]);
});
