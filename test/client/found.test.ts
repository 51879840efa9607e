import { expect, test } from 'vitest';
import { keyOf, nameOf, readRecent, withRecent } from '../../client/components/desk/found.ts';
import type { Found } from '../../shared/find.ts';

const unit = (code: string): Found => ({ what: 'unit', code, name: `${code}站` });
const say = (text: { zh: string; en: string }): string => text.en;

test('what is opened comes first, once, and the oldest goes', () => {
  let recent: Found[] = [];
  for (const code of ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'B']) recent = withRecent(recent, unit(code));
  expect(recent.map(keyOf)).toEqual(['B', 'G', 'F', 'E', 'D', 'C'].map((code) => `unit:${code}`));
});

test('is called in the reader’s language where that is known here', () => {
  expect(nameOf({ what: 'kpi', id: 'attendance_rate' }, say)).toBe('Attendance rate');
  expect(nameOf({ what: 'page', path: '/compare' }, say)).toBe('Compare');
  expect(nameOf({ what: 'kpi', id: 'gone' }, say)).toBe('gone');
  expect(nameOf(unit('A'), say)).toBe('A站');
});

test('what the browser has kept is taken back, and nothing that is not ours', () => {
  const kept: Found[] = [
    unit('A'),
    { what: 'record', unit: 'A', id: '1-1', family: 'visit', date: '2026-03-05', title: '走访' },
  ];
  expect(readRecent(JSON.stringify(kept))).toEqual(kept);
  const odd = [
    null,
    7,
    'unit:A',
    { what: 'unit' },
    { what: 'joke', code: 'A' },
    { what: 'toString', code: 'A' },
    unit('B'),
  ];
  expect(readRecent(JSON.stringify(odd))).toEqual([unit('B')]);
  for (const text of [null, '', '{', '{}', '"x"']) expect(readRecent(text)).toEqual([]);
});
