import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from './engines.ts';
import { previewReply } from '../shared/rule-change.ts';
import { smallCentre } from './records-by-hand.ts';
import { exemption, figure, free, never, norm, ruled, type Ruled } from './ruled.ts';
import { jsonBody, served } from './served.ts';

describe.each(engines)('a preview of a change of the rules on %s', (engine) => {
  let s: Ruled;
  beforeAll(async () => void (s = await ruled(engine)));
  afterAll(() => s.close());

  test('a preview tells what then happens, and changes nothing', async () => {
    const changes = [exemption, never, norm({ layer: 'centre', unit: null, every: 'year' })];
    for (const change of changes) {
      const before = await s.everything();
      const told = await s.preview(change);
      expect(await s.everything()).toBe(before);
      expect(told.total).toBe(told.moved.length);
      expect(told.asOf).toBe('2025-12-31');
      const questions = ['unit=C', 'unit=C&by=unit'].flatMap((scope) => [
        `kpi=norm_compliance&${scope}&years=2023,2024,2025`,
        `kpi=norm_compliance&${scope}&years=2025&grain=month`,
      ]);
      const figures = async (): Promise<Map<string, unknown>> => {
        const answers = await Promise.all(questions.map(s.answer));
        return new Map(
          answers
            .flatMap((a) => a.cells)
            .map(({ unit, period, value, numerator, denominator, status }) => [
              `${unit} ${period}`,
              { value, numerator, denominator, status },
            ]),
        );
      };
      const was = await figures();
      const made = await s.write(change);
      const is = await figures();
      const moved = [...was].filter(
        ([place, figure]) => JSON.stringify(is.get(place)) !== JSON.stringify(figure),
      );
      expect(moved.length).toBeGreaterThan(0);
      expect(new Map(told.moved.map((m) => [`${m.unit} ${m.period}`, [m.before, m.after]]))).toEqual(
        new Map(moved.map(([place, figure]) => [place, [figure, is.get(place)]])),
      );
      await s.write(made.undo);
    }
  });

  test('a preview of an exemption says the unit’s and the centre’s year', async () => {
    const { moved } = await s.preview(exemption);
    const year = (unit: string) => moved.find((m) => m.unit === unit && m.period === '2025');
    // Beside 12 theme days: 4 general meetings, 12 committees and two yearly meetings, none of them held.
    expect(year('A')).toMatchObject({
      before: { numerator: 9, denominator: 30 },
      after: { numerator: 6, denominator: 24 },
    });
    expect(year('C')).toMatchObject({ before: { denominator: 60 }, after: { denominator: 54 } });
    expect(moved.some((m) => m.unit === 'B')).toBe(false);
    expect(moved.filter((m) => m.unit === 'A' && m.period.length === 7).length).toBe(6);
  });

  test('a preview of a figure’s norm says who would meet it otherwise', async () => {
    // A's 400 hours over 20 members are 20 hours each: under 32, over 18.
    const change = norm({ kpi: 'study_hours_per_member', value: 18 }, figure);
    const told = await s.preview(change);
    expect(told.moved).toEqual([]);
    expect(
      told.flips.map((f) => [f.unit, f.period, f.value, f.normBefore, f.normAfter, f.metBefore, f.metAfter]),
    ).toEqual([['A', '2025', 20, 32, 18, false, true]]);
    expect(told.total).toBe(1);
  });

  test('a preview of what moves no figure says so', async () => {
    const definition = {
      what: 'definition',
      action: 'add',
      row: { kpi: 'visits', on: '2025-07-01', note: '改为按次统计' },
    };
    const none = { moved: [], flips: [], total: 0, asOf: '2025-12-31', namesDeleted: 0 };
    expect(await s.preview(definition)).toEqual(none);
    // From the next import on: nothing that is stored moves. The year is written, and stays.
    const row = { yearStart: 1, keepNames: true, halfDay: 4, day: 8 };
    expect(await s.preview({ what: 'setting', action: 'change', row })).toEqual(none);
    const outside = await s.preview(free({ from: '2030-01-01', to: null }));
    expect([outside.moved, outside.total]).toEqual([[], 0]);
    const made = await s.write(definition);
    expect((await s.rules()).definitionChanges).toEqual([
      { id: made.id, version: made.dataVersion, ...definition.row },
    ]);
    const { context } = await s.answer('kpi=visits&years=2025');
    expect(context.changes.map((c) => [c.on, c.what])).toEqual([['2025-07-01', 'definition']]);
    await s.write(made.undo);
  });

  test('a preview of another year says how the centre’s figures are cut anew', async () => {
    const before = await s.everything();
    const told = await s.preview({ what: 'setting', action: 'change', row: { yearStart: 7 } });
    expect(await s.everything()).toBe(before);
    // Theme days of A from July 2025 on are of the year 2025, those before of 2024.
    expect(told.moved.find((m) => m.kpi === 'norm_compliance' && m.period === '2025')).toMatchObject({
      unit: 'C',
      before: { numerator: 11 },
      after: { numerator: 6 },
    });
  });

  test('many at once: previews and changes do not disturb each other', async () => {
    const was = await s.version();
    const kinds = ['general_meeting', 'committee_meeting', 'organisational_life'];
    const [told, ...made] = await Promise.all([
      s.preview(exemption),
      ...kinds.map((kind) => s.write(free({ kind }))),
    ]);
    expect(told.moved.find((m) => m.unit === 'A' && m.period === '2025')).toMatchObject({
      before: { numerator: 9 },
      after: { numerator: 6 },
    });
    expect(made.map((m) => m.dataVersion).toSorted((a, b) => a - b)).toEqual([was + 1, was + 2, was + 3]);
    for (const { undo } of made) await s.write(undo);
  });
});

describe('a centre without ledgers', () => {
  test('has rules, and no figures that they could move', async () => {
    const s = await served();
    await smallCentre(s.db, [{ code: 'A', parent: null, level: 'branch' }], []);
    const reply = await s.as('admin', '/api/rules/preview', jsonBody({ change: exemption }));
    expect(previewReply.parse(await reply.json())).toEqual({
      moved: [],
      flips: [],
      total: 0,
      asOf: null,
      namesDeleted: 0,
    });
    await s.close();
  });
});
