import { describe, expect, test } from 'vitest';
import {
  cellText,
  cellWords,
  notAsked,
  slotLines,
  type SlotLine,
} from '../../client/components/unit/slots.ts';
import { slotStates, type SlotRow } from '../../shared/due.ts';
import { periodsOf, rangeOf } from '../../shared/period.ts';
import { langs } from '../../shared/text.ts';

const norm = {
  layer: 'central',
  source: { zh: '条例', en: 'rules' },
  strength: 'usual',
  note: null,
  per: 'branch',
  minMembers: 7,
} as const;
function slot(kind: string, period: string, state: SlotRow['state'], more: Partial<SlotRow> = {}): SlotRow {
  const isAsked = ['met', 'missed', 'unknown', 'not_due'].includes(state);
  return {
    unit: 'A',
    kind,
    period,
    every: period.length === 4 ? 'year' : period.includes('Q') ? 'quarter' : 'month',
    ...rangeOf(period),
    state,
    wanted: isAsked ? 1 : 0,
    met: state === 'met' ? 1 : 0,
    due: state === 'met' || state === 'missed' ? 1 : 0,
    unknown: state === 'unknown' ? 1 : 0,
    norm,
    exemption: null,
    records: [],
    branches: [{ state, count: 1 }],
    ...more,
  };
}
const months = periodsOf(2025, 'month');
const shape = (line: SlotLine | undefined): string[] =>
  (line?.cells ?? []).map((c) => `${c.row?.period ?? '-'} ${c.months}`);

describe('the slots of a year as a table', () => {
  test('a line for each kind and length, twelve months wide, in the order of the kinds', () => {
    const lines = slotLines(
      [
        ...months.map((m) => slot('theme_day', m, m < '2025-09' ? 'met' : 'not_due')),
        slot('general_meeting', '2025-Q1', 'missed'),
        slot('general_meeting', '2025-Q2', 'met'),
        slot('organisational_life', '2025', 'not_due'),
      ],
      months,
    );
    expect(lines.map((l) => `${l.kind} ${l.every}`)).toEqual([
      'general_meeting quarter',
      'theme_day month',
      'organisational_life year',
    ]);
    for (const line of lines) expect(line.cells.reduce((n, c) => n + c.months, 0)).toBe(12);
    expect(shape(lines[0])).toEqual(['2025-Q1 3', '2025-Q2 3', '- 6']);
    expect(shape(lines[2])).toEqual(['2025 12']);
    expect(lines.map((l) => `${l.met}/${l.due}`)).toEqual(['1/2', '8/8', '0/0']);
  });

  test('a norm that turned from months to quarters in mid-quarter has two lines', () => {
    const lines = slotLines(
      [
        slot('theme_day', '2025-07', 'met'),
        slot('theme_day', '2025-08', 'met'),
        slot('theme_day', '2025-Q3', 'missed'),
      ],
      months,
    );
    expect(lines.map(shape)).toEqual([
      ['- 6', '2025-07 1', '2025-08 1', '- 4'],
      ['- 6', '2025-Q3 3', '- 3'],
    ]);
  });

  test('a year that begins in February cuts the quarter that began before it', () => {
    const lines = slotLines(
      [slot('general_meeting', '2025-Q1', 'met'), slot('organisational_life', '2025', 'met')],
      periodsOf(2025, 'month', 2),
    );
    expect(lines.map(shape)).toEqual([
      ['2025-Q1 2', '- 10'],
      ['2025 11', '- 1'],
    ]);
  });

  test('every state has its words in both languages, and what it shows', () => {
    for (const lang of langs)
      for (const state of slotStates) {
        const row = slot('theme_day', '2025-03', state);
        expect(cellWords(row, lang)).not.toMatch(/undefined|null|NaN/);
        expect(cellWords(row, lang)).not.toBe('');
      }
    const text = (state: SlotRow['state'], more: Partial<SlotRow> = {}): string =>
      cellText(slot('theme_day', '2025-03', state, more), 'zh');
    expect([text('met'), text('missed'), text('unknown'), text('not_due')]).toEqual(['1/1', '0/1', '', '']);
    expect(text('not_due', { met: 1 })).toBe('1/1');
    expect([text('exempt'), text('few_members')]).toEqual(['免', '–']);
  });

  test('a sum tells of its branches', () => {
    const row = slot('theme_day', '2025-03', 'missed', {
      wanted: 20,
      met: 17,
      due: 18,
      unknown: 2,
      branches: [
        { state: 'met', count: 17 },
        { state: 'missed', count: 1 },
        { state: 'unknown', count: 2 },
      ],
    });
    expect(cellText(row, 'zh')).toBe('17/18');
    expect(cellWords(row, 'zh')).toBe('应办 18，已办 17，17 个支部办齐，1 个支部有缺，2 个支部台账未报');
    expect(cellWords(row, 'en')).toBe(
      '17 of 18 held, 17 branches met, 1 branch missed, 2 branches not reported',
    );
  });

  test('why something is not asked, with its periods in one line', () => {
    const exemption = {
      reason: '换届',
      decidedBy: '党办',
      decidedOn: '2025-01-05',
      from: '2025-01-01',
      to: null,
    };
    const lines = slotLines(
      [
        ...months.map((m) => slot('committee_meeting', m, 'few_members')),
        slot('theme_day', '2025-03', 'exempt', { exemption }),
        slot('theme_day', '2025-05', 'exempt', { exemption }),
        slot('theme_day', '2025-06', 'met'),
      ],
      months,
    );
    expect(notAsked(lines, 'zh')).toEqual([
      { kind: 'committee_meeting', when: '1–12月', why: '党员不足 7 人，不要求' },
      { kind: 'theme_day', when: '3、5月', why: '免办：换届（党办，2025年1月5日决定）' },
    ]);
    expect(notAsked(lines, 'en')[0]).toEqual({
      kind: 'committee_meeting',
      when: 'Jan–Dec',
      why: 'not asked under 7 members',
    });
  });
});
