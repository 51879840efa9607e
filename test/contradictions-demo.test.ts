import { expect, test } from 'vitest';
import { connect } from '../db/connect.ts';
import { contradictionsOf } from '../server/queries/contradictions.ts';
import { importDemo } from './oracle/demo.ts';

// The demonstration shows one of each kind that stands between records, and no more by chance.
test('the demonstration has one of each, where it was put', async () => {
  const { db } = await connect('sqlite::memory:');
  await importDemo(db, {});
  const years = [2020, 2021, 2022, 2023, 2024, 2025, 2026];
  const all = await contradictionsOf(db, { unit: 'HJ', years, asOf: '2026-09-30' });
  const kept = new Set(['present_gt_expected', 'closed_before_raised', 'duplicate', 'date.invalid']);
  expect(
    all
      .filter((c) => !kept.has(c.code))
      .map((c) => [c.code, [...new Set(c.records.map((r) => r.unit))], c.period]),
  ).toEqual([
    ['total.differs', ['HZ1'], '2025-12'],
    ['present_gt_members', ['HZ2'], '2025-03'],
    ['always_all_present', ['SJ3'], '2024'],
    ['same_event', ['BL', 'LZ'], '2025-05'],
  ]);
  expect(new Set(all.map((c) => c.code)).size).toBe(8);
  await db.destroy();
});
