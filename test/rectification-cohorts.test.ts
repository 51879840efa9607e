import { describe, expect, test } from 'vitest';
import {
  cohortsOf,
  foldProblem,
  overdueAge,
  recurrencesOf,
  stateOn,
  type Item,
} from '../shared/rectification.ts';

let made = 0;
const item = (date: string, more: Partial<Item> = {}): Item => ({
  unit: 'A',
  id: `i-${++made}`,
  title: `问题${String.fromCharCode(0x4e00 + made)}`,
  date,
  nature: 'deadline',
  dueOn: null,
  extendedTo: null,
  reportedOn: null,
  closedOn: null,
  ...more,
});

describe('an item as of a day', () => {
  const done = item('2022-01-10', { dueOn: '2022-03-31', reportedOn: '2022-03-20', closedOn: '2022-04-05' });

  test.each([
    ['2022-03-19', 'open', null],
    ['2022-03-20', 'reported', null],
    // Due on the day is not yet overdue.
    ['2022-03-31', 'reported', null],
    ['2022-04-01', 'reported', 1],
    ['2022-04-04', 'reported', 4],
    ['2022-04-05', 'closed', null],
  ])('on %s is %s, overdue by %s days', (asOf, state, age) => {
    expect(stateOn(done, asOf)).toBe(state);
    expect(overdueAge(done, asOf)).toBe(age);
  });

  test('an extension does not make it less overdue', () => {
    expect(
      overdueAge(item('2022-01-10', { dueOn: '2022-03-31', extendedTo: '2022-12-31' }), '2022-04-10'),
    ).toBe(10);
  });

  test('what has no end is never overdue', () => {
    expect(
      overdueAge(item('2022-01-10', { nature: 'long_term', dueOn: '2022-03-31' }), '2023-01-01'),
    ).toBeNull();
  });
});

describe('cohorts', () => {
  const items = [
    item('2021-12-31', { dueOn: '2022-01-31', closedOn: '2022-02-10' }),
    item('2022-01-01', { dueOn: '2022-03-31', closedOn: '2022-03-31' }),
    item('2022-02-01', { dueOn: '2022-03-31', closedOn: '2022-04-02' }),
    item('2022-03-01', { dueOn: '2022-06-30', extendedTo: '2022-08-31', reportedOn: '2022-06-15' }),
    item('2022-05-01', { dueOn: '2022-06-10' }),
    item('2022-05-20'),
    item('2022-04-01', { nature: 'long_term' }),
    item('2022-09-01', { dueOn: '2022-10-01' }),
  ];
  const on = (asOf: string, year = 2022) => cohortsOf(items, { asOf }).get(year);

  test('split into closed, reported and open, which are the whole; long-term items stand apart', () => {
    expect(on('2022-07-15')).toEqual({
      raised: 5,
      closed: 2,
      reported: 1,
      open: 2,
      extended: 1,
      overdue: 2,
      greatestAge: 35,
      longTerm: 1,
      recurrences: 0,
      onTime: 1,
      due: 4,
      withoutDue: 1,
      // Closed after 60 and 89 days; 75, 136 and 56 days open: S(89) = (1 − 1/4)(1 − 1/2) < ½.
      medianDays: 89,
      censored: 3,
    });
    for (const asOf of ['2022-01-01', '2022-04-02', '2022-07-15', '2022-12-31']) {
      const found = on(asOf)!;
      expect(found.closed + found.reported + found.open).toBe(found.raised);
    }
  });

  test('see nothing of what comes after the day', () => {
    expect(on('2022-03-30')).toMatchObject({
      raised: 3,
      closed: 0,
      reported: 0,
      open: 3,
      due: 0,
      longTerm: 0,
    });
    expect(on('2022-03-30', 2021)).toMatchObject({ raised: 1, closed: 1, onTime: 0, due: 1 });
    expect(on('2021-12-31')).toBeUndefined();
  });

  test('have no median until half are closed', () => {
    expect(on('2022-03-30')?.medianDays).toBeNull();
    expect(on('2022-03-30')?.censored).toBe(3);
  });

  test('are named by the year in which the centre’s own year begins', () => {
    const years = cohortsOf(items, { asOf: '2022-12-31', yearStart: 9 });
    expect([...years].map(([year, c]) => [year, c.raised])).toEqual([
      [2021, 6],
      [2022, 1],
    ]);
  });
});

describe('what came back', () => {
  const first = item('2022-01-10', { title: '会议记录不全', closedOn: '2022-03-01' });
  const again = (date: string, title: string, more: Partial<Item> = {}): Item =>
    item(date, { title, ...more });
  const ids = (items: readonly Item[], asOf = '2030-01-01'): string[] =>
    recurrencesOf(items, asOf).map((r) => `${r.item.id} after ${r.earlier.id}`);

  test.each([
    '会议记录不全。',
    ' 会议 记录不全',
    '1、会议记录不全',
    '（一）会议记录不全；',
    '①会议记录不全',
    '３．会议记录不全',
  ])('“%s” is the same problem', (title) => {
    const second = again('2022-05-01', title);
    expect(ids([second, first])).toEqual([`${second.id} after ${first.id}`]);
  });

  test.each([
    ['another text', again('2022-05-01', '会议记录不全面')],
    ['another unit', again('2022-05-01', '会议记录不全', { unit: 'B' })],
    ['raised on the day on which the first was closed', again('2022-03-01', '会议记录不全')],
    ['raised while the first was open', again('2022-02-01', '会议记录不全')],
    ['without end', again('2022-05-01', '会议记录不全', { nature: 'long_term' })],
  ])('not so: %s', (_, second) => {
    expect(ids([first, second])).toEqual([]);
  });

  test('of several that were closed before, the last one', () => {
    const second = again('2022-05-01', '会议记录不全', { closedOn: '2022-06-01' });
    const third = again('2023-05-01', '会议记录不全');
    expect(ids([first, second, third])).toEqual([
      `${second.id} after ${first.id}`,
      `${third.id} after ${second.id}`,
    ]);
    expect(recurrencesOf([first, second, third], '2030-01-01').map((r) => r.days)).toEqual([61, 334]);
    // Not raised yet.
    expect(ids([first, second, third], '2022-12-31')).toHaveLength(1);
    expect(cohortsOf([first, second, third], { asOf: '2030-01-01' }).get(2022)?.recurrences).toBe(1);
  });

  test('a text of which nothing is left, or none, is like no other', () => {
    expect(
      ids([item('2022-01-01', { title: null, closedOn: '2022-01-02' }), item('2022-02-01', { title: null })]),
    ).toEqual([]);
    expect(foldProblem('——。')).toBeNull();
  });

  test('a figure in the text is part of what it says', () => {
    expect(foldProblem('1.5学时不足')).not.toBe(foldProblem('5学时不足'));
    expect(foldProblem('到会率低于80%')).not.toBe(foldProblem('到会率低于80'));
    expect(foldProblem('2.5')).not.toBe(foldProblem('25'));
    expect(foldProblem('2022年第3季度')).toBe('2022年第3季度');
  });
});
