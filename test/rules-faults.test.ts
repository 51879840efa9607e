import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from './engines.ts';
import { exemption, figure, free, norm, ruled, type Ruled } from './ruled.ts';

describe.each(engines)('faulty changes of the rules on %s', (engine) => {
  let s: Ruled;
  beforeAll(async () => void (s = await ruled(engine)));
  afterAll(() => s.close());

  test.each([
    ['an unknown unit', norm({ unit: 'X' }), 'row.unit'],
    ['a unit of a common norm', norm({ layer: 'centre' }), 'row.unit'],
    ['no unit of a norm for one', norm({ unit: null }), 'row.unit'],
    ['an unknown layer', norm({ layer: 'national' }), 'row.layer'],
    ['an unknown kind', norm({ kind: 'party' }), 'row.kind'],
    ['a kind of visit', norm({ kind: 'condolence_visit' }), 'row.kind'],
    ['neither kind nor figure', norm({ kind: null }), 'row.kind'],
    ['both kind and figure', norm({ kpi: 'attendance_rate' }), 'row.kpi'],
    ['no interval', norm({ every: null }), 'row.every'],
    ['an unknown interval', norm({ every: 'week' }), 'row.every'],
    ['a value of a kind', norm({ value: 3 }), 'row.value'],
    ['a day that is none', norm({ from: '2025-02-30' }), 'row.from'],
    ['an end before the beginning', norm({ from: '2025-03-01', to: '2025-02-01' }), 'row.to'],
    ['no source', norm({ source: { zh: '  ' } }), 'row.source.zh'],
    ['a character that is none', norm({ source: { zh: '某\u0000' } }), 'row.source.zh'],
    ['an unknown strength', norm({ strength: 'strict' }), 'row.strength'],
    ['an unknown figure', norm({ kpi: 'happiness' }, figure), 'row.kpi'],
    ['no value', norm({ value: null }, figure), 'row.value'],
    ['a percentage over 100 %', norm({ value: 90 }, figure), 'row.value'],
    ['an interval of a figure', norm({ every: 'year' }, figure), 'row.every'],
    ['a twin', norm({ layer: 'central', unit: null, every: 'year' }), 'row.from'],
    ['a field that is not known', norm({ colour: 'red' }), 'row.colour'],
    ['no reason', free({ reason: '' }), 'row.reason'],
    ['no decider', free({ decidedBy: ' ' }), 'row.decidedBy'],
    ['no day of decision', free({ decidedOn: undefined }), 'row.decidedOn'],
    ['no first day', free({ from: '' }), 'row.from'],
    ['an exemption of nobody', free({ unit: 'X' }), 'row.unit'],
    ['an exemption from nothing', free({ kind: 'party' }), 'row.kind'],
    ['an exemption that ends first', free({ to: '2024-12-31' }), 'row.to'],
    [
      'a definition of no figure',
      { what: 'definition', action: 'add', row: { kpi: 'happiness', on: '2025-01-01', note: '改' } },
      'row.kpi',
    ],
    [
      'a definition without a word',
      { what: 'definition', action: 'add', row: { kpi: 'visits', on: '2025-01-01', note: '' } },
      'row.note',
    ],
  ])('are refused for %s, naming the field, and nothing is changed', async (_, change, path) => {
    expect(await s.refused(change)).toEqual([422, [path]]);
    const [status, paths] = await s.refused({ change }, '/api/rules/preview');
    expect([status, paths]).toEqual([422, [`change.${path}`]]);
  });

  test.each([
    ['a month that is none', { yearStart: 13 }, 'yearStart'],
    ['half a month', { yearStart: 1.5 }, 'yearStart'],
    ['a zone that is none', { timeZone: 'Asia/Nowhere' }, 'timeZone'],
    ['no hours of half a day', { halfDay: 0 }, 'halfDay'],
    ['a day of more hours than a day has', { day: 24.5 }, 'day'],
    ['hours that are no number', { day: '8' }, 'day'],
    ['half a day longer than the day', { halfDay: 8.5, day: 8 }, 'halfDay'],
    ['names kept perhaps', { keepNames: 'yes' }, 'keepNames'],
    ['another setting', { dataVersion: '99' }, 'dataVersion'],
  ])('settings are refused for %s', async (_, body, path) => {
    expect(await s.refused(body, '/api/settings')).toEqual([422, [path]]);
  });

  test('half a day is held against the day that stands, and may be as long', async () => {
    const set = await s.write({ halfDay: 4, day: 4 }, '/api/settings');
    expect(await s.refused({ halfDay: 4.5 }, '/api/settings')).toEqual([422, ['halfDay']]);
    expect(await s.refused({ day: 3 }, '/api/settings')).toEqual([422, ['day']]);
    expect(await s.write({ halfDay: 24, day: null }, '/api/settings')).toMatchObject({ changed: true });
    if (set.undo?.what !== 'setting') throw new Error('nothing to undo');
    await s.write(set.undo.row, '/api/settings');
  });

  test('exemptions of one unit and kind do not overlap, but may follow each other', async () => {
    const first = await s.write(exemption);
    for (const span of [
      { from: '2025-06-30', to: null },
      { from: '2024-01-01', to: '2025-01-01' },
      { from: '2025-02-01', to: '2025-03-01' },
    ])
      expect(await s.refused(free(span))).toEqual([422, ['row.from']]);
    const next = await s.write(free({ from: '2025-07-01', to: null }));
    const other = await s.write(free({ kind: 'general_meeting' }));
    expect(await s.refused({ ...free({ to: '2025-07-01' }), action: 'change', id: first.id })).toEqual([
      422,
      ['row.from'],
    ]);
    for (const { undo } of [first, next, other]) await s.write(undo);
  });
});
