import { describe, expect, test } from 'vitest';
import { cronOf, DEFAULT_WHEN, whenOf } from '../../client/components/briefings/cron.ts';
import { entryOf, isBlank, movedTo } from '../../client/components/briefings/entries.ts';
import {
  bodyOf,
  draftOf,
  faultsAt,
  lacking,
  newDraft,
} from '../../client/components/briefings/schedule-draft.ts';
import { canBeDrawn, itemOf, savedCharts } from '../../client/components/briefings/view-choice.ts';
import { scheduleWords } from '../../client/words/schedules.ts';
import type { SavedView } from '../../shared/desk.ts';

describe('when a schedule runs', () => {
  test.each([
    ['0 8 1 * *', 'month', '08:00'],
    ['30 17 1 1,4,7,10 *', 'quarter', '17:30'],
    ['5 0 1 1 *', 'year', '00:05'],
    ['0 9 * * 5', 'week', '09:00'],
  ])('%s is read as a preset and written the same', (cron, preset, time) => {
    const when = whenOf(cron);
    expect(when).toMatchObject({ preset, time });
    expect(cronOf(when)).toBe(cron);
  });

  test.each(['0 8 5 * *', '*/5 * * * *', '0 8 1 * 1', '0 8 1 2 *', '0 25 1 * *', '@daily'])(
    '%s fits no preset and stays as it is',
    (cron) => expect(whenOf(cron)).toMatchObject({ preset: 'own', own: cron }),
  );

  test('what is no time, or has not five fields, gives no expression', () => {
    expect(cronOf({ ...DEFAULT_WHEN, time: '' })).toBeNull();
    expect(cronOf({ ...DEFAULT_WHEN, time: '24:00' })).toBeNull();
    expect(cronOf({ ...DEFAULT_WHEN, preset: 'own', own: '0 8 1 *' })).toBeNull();
    expect(cronOf({ ...DEFAULT_WHEN, preset: 'own', own: ' 0  8 5 * * ' })).toBe('0 8 5 * *');
  });
});

describe('a schedule in its form', () => {
  const words = scheduleWords.en;

  test('says at which field something is missing', () => {
    const draft = newDraft('b1');
    expect(lacking(draft, words)).toEqual({});
    expect(lacking({ ...draft, briefing: '', way: 'mail' }, words)).toEqual({
      briefing: words.missing,
      to: words.missing,
    });
    const bad = { ...draft, when: { ...draft.when, preset: 'own' as const, own: 'x' } };
    expect(lacking(bad, words)).toEqual({ own: words.ownNeeded });
    expect(() => bodyOf(bad)).toThrow('no time');
  });

  test('goes to the wire and back', () => {
    const body = bodyOf({ ...newDraft('b1'), way: 'webhook', url: ' https://oa.example/in ' });
    expect(body).toEqual({
      briefing: 'b1',
      cron: '0 8 1 * *',
      format: 'pptx',
      to: { is: 'webhook', url: 'https://oa.example/in' },
      isOn: true,
    });
    const reply = { ...body, id: 's1', title: 't', maker: 'm', mine: true, nextAt: null, last: null };
    expect(bodyOf(draftOf(reply))).toEqual(body);
  });

  test('the server’s faults stand at the fields that they are of', () => {
    const errors = [
      { path: 'cron', message: 'never comes' },
      { path: 'to.url', message: 'is not allowed' },
      { path: 'elsewhere', message: 'is odd' },
    ];
    expect(faultsAt(errors, 'own')).toEqual({ own: 'never comes', to: 'is not allowed' });
    expect(faultsAt(errors, 'month')).toEqual({ time: 'never comes', to: 'is not allowed' });
  });
});

describe('items of a draft', () => {
  const entries = ['a', 'b', 'c', 'd'].map((text) => entryOf({ is: 'heading', text }));
  const texts = (from: number, to: number): string =>
    movedTo(entries, from, to)
      .map(({ item }) => (item.is === 'heading' ? item.text : ''))
      .join('');

  test('are moved to the place that they stand at afterwards', () => {
    expect(texts(0, 2)).toBe('bcad');
    expect(texts(3, 0)).toBe('dabc');
    expect(texts(1, 1)).toBe('abcd');
  });

  test('headings and texts without a word are blank, charts are not', () => {
    expect(isBlank({ is: 'heading', text: '  ' })).toBe(true);
    expect(isBlank({ is: 'text', text: 'x' })).toBe(false);
    expect(isBlank({ is: 'snapshot', id: 's', comment: null })).toBe(false);
  });
});

describe('a live chart', () => {
  const saved = (address: string, removed = false): SavedView => ({
    id: 1,
    name: 'v',
    address,
    shared: false,
    owner: 'o',
    mine: true,
    createdAt: '2026-01-01T00:00:00Z',
    removed,
  });
  const choice = { view: 'yoy', kpi: 'visits', unit: 'u1', years: 0, title: ' ' } as const;

  test('of one’s own choosing names neither day nor years, unless they were chosen', () => {
    expect(itemOf(choice, [2023, 2024, 2025], null)).toEqual({
      is: 'view',
      view: 'yoy',
      query: { unit: 'u1', kpi: 'visits' },
      title: null,
      comment: null,
    });
    expect(itemOf({ ...choice, years: 2 }, [2023, 2024, 2025], null)).toMatchObject({
      query: { years: '2024,2025' },
    });
  });

  test('of a saved view keeps what its address says of the chart, and nothing of the page', () => {
    const [from] = savedCharts([saved('/units/u1?kpi=visits&kind=a,b&grain=quarter&at=x')]);
    expect(from).toMatchObject({ query: { unit: 'u1', kpi: 'visits', kind: 'a,b', grain: 'quarter' } });
    expect(from?.query).not.toHaveProperty('at');
    expect(from?.charts).toContain('calendar');
    expect(itemOf(choice, [2025], from ?? null)).toMatchObject({ query: { kind: 'a,b', grain: 'quarter' } });
    // Kinds are those of a figure.
    expect(itemOf({ ...choice, kpi: 'study_sessions' }, [2025], from ?? null)).toMatchObject({
      query: { kpi: 'study_sessions', grain: 'quarter', unit: 'u1' },
    });
    const other = itemOf({ ...choice, kpi: 'study_sessions' }, [2025], from ?? null);
    expect(other.is === 'view' && 'kind' in other.query).toBe(false);
  });

  test('pages without charts, and views that were removed, are not offered', () => {
    expect(savedCharts([saved('/catalogue'), saved('/yoy', true)])).toEqual([]);
  });

  test('a figure that is not split by kind has no composition', () => {
    expect(canBeDrawn({ ...choice, view: 'composition', kpi: 'rectification_closure_rate' })).toBe(false);
    expect(canBeDrawn({ ...choice, view: 'composition', kpi: 'study_sessions' })).toBe(true);
  });
});
