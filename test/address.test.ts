import { describe, expect, test } from 'vitest';
import { changed, latestYears, readQuestion } from '../client/composables/useQuestion.ts';

const centre = { asOf: '2025-09-15', years: [2019, 2020, 2021, 2022, 2023, 2024, 2025] };

describe('the address is the question', () => {
  test('an empty address is the whole centre, four years, study sessions by month, same days', () => {
    expect(readQuestion({}, centre, 'C')).toEqual({
      unit: 'C',
      kpi: 'study_sessions',
      years: [2022, 2023, 2024, 2025],
      asOf: '2025-09-15',
      grain: 'month',
      whole: false,
    });
  });

  test('what the address says is taken; years ascend; the path names the unit before the query', () => {
    const query = {
      unit: 'A',
      kpi: 'visits',
      years: '2025,2023',
      asOf: '2025-06-30',
      grain: 'quarter',
      kind: 'research_visit',
      toDate: '0',
    };
    expect(readQuestion(query, centre, 'C')).toEqual({
      unit: 'A',
      kpi: 'visits',
      years: [2023, 2025],
      asOf: '2025-06-30',
      grain: 'quarter',
      kind: ['research_visit'],
      whole: true,
    });
    expect(readQuestion(query, centre, 'C', 'B').unit).toBe('B');
  });

  test('a month stands among months, a quarter among either; what is neither is no part of the question', () => {
    const read = (query: Record<string, string>) => {
      const { only, grain } = readQuestion(query, centre, 'C');
      return { only, grain };
    };
    expect(read({ only: '03' })).toEqual({ only: '03', grain: 'month' });
    expect(read({ only: '03', grain: 'quarter' })).toEqual({ only: '03', grain: 'month' });
    expect(read({ only: 'Q1' })).toEqual({ only: 'Q1', grain: 'month' });
    expect(read({ only: 'Q1', grain: 'quarter' })).toEqual({ only: 'Q1', grain: 'quarter' });
    expect(read({ only: '13' })).toEqual({ only: undefined, grain: 'month' });
  });

  test('of a month and a running total, or of a month and quarters, the one chosen last stays', () => {
    expect(changed({ sum: '1' }, { only: '03' })).toEqual({ only: '03' });
    expect(changed({ only: '03' }, { sum: true })).toEqual({ sum: '1' });
    expect(changed({ grain: 'quarter' }, { only: '03' })).toEqual({ only: '03' });
    expect(changed({ only: '03' }, { grain: 'quarter' })).toEqual({ grain: 'quarter' });
    expect(changed({ only: 'Q1' }, { grain: 'quarter' })).toEqual({ only: 'Q1', grain: 'quarter' });
    expect(changed({ only: '03', kpi: 'visits' }, { only: null })).toEqual({ kpi: 'visits' });
    expect(changed({ only: '03' }, { kpi: 'visits', years: [2025] })).toEqual({
      only: '03',
      kpi: 'visits',
      years: '2025',
    });
  });

  test('an unknown unit is passed on for the server to name', () => {
    expect(readQuestion({ unit: 'NOPE' }, centre, 'C').unit).toBe('NOPE');
  });

  test('a change is merged; null and the default leave the address', () => {
    const query = { unit: 'A', kpi: 'visits', toDate: '0' };
    expect(changed(query, { years: [2024, 2025], whole: false })).toEqual({
      unit: 'A',
      kpi: 'visits',
      years: '2024,2025',
    });
    expect(changed(query, { unit: null, kind: null, whole: true })).toEqual({ kpi: 'visits', toDate: '0' });
  });

  test('the units side by side and the year that slopes begin with stand in the address', () => {
    expect(changed({ kpi: 'visits' }, { beside: ['A', 'B'], since: '2022' })).toEqual({
      kpi: 'visits',
      beside: 'A,B',
      since: '2022',
    });
    expect(changed({ beside: 'A,B', since: '2022' }, { beside: null, since: null })).toEqual({});
  });

  test('years after the as-of day are not shown', () => {
    expect(latestYears(centre, '2022-12-31')).toEqual([2019, 2020, 2021, 2022]);
    expect(latestYears({ years: [] }, '2022-12-31')).toEqual([2022]);
    // In February the year that began last April is still running.
    expect(latestYears({ years: [], yearStart: 4 }, '2022-02-28')).toEqual([2021]);
  });

  test('today’s structure and counts per member are choices; only counts are set over members', () => {
    const read = (kpi: string) => readQuestion({ structure: 'today', per: 'member', kpi }, centre, 'C');
    expect(read('visits')).toMatchObject({ structure: 'today', per: 'member' });
    expect(read('attendance_rate')).not.toHaveProperty('per');
    expect(readQuestion({ structure: 'then' }, centre, 'C')).not.toHaveProperty('structure');
    expect(changed({ structure: 'today', per: 'member' }, { structure: null, per: null })).toEqual({});
  });

  test('a scope is seen from the last day of its own ledgers, a year from the month it begins with', () => {
    const known = {
      ...centre,
      yearStart: 4,
      lastDayOf: (unit: string) => (unit === 'A' ? '2024-02-29' : null),
    };
    expect(readQuestion({ unit: 'A' }, known, 'C')).toMatchObject({
      asOf: '2024-02-29',
      years: [2020, 2021, 2022, 2023],
      yearStart: 4,
    });
    expect(readQuestion({}, known, 'C').asOf).toBe('2025-09-15');
    expect(readQuestion({ unit: 'A', asOf: '2025-01-31' }, known, 'C').asOf).toBe('2025-01-31');
  });
});
