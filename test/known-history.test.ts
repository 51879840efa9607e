import { describe, expect, test } from 'vitest';
import type { Db } from '../db/connect.ts';
import { Refusal } from '../server/errors.ts';
import { answer } from '../server/queries/answer.ts';
import { dataVersion } from '../server/queries/centre.ts';
import { restatement } from '../server/queries/restatement.ts';
import { kpis } from '../shared/kpis.ts';
import { restatementQuestion } from '../shared/restatement.ts';
import { engines, freshDatabase } from './engines.ts';
import { office } from './office.ts';

/** A small generator with a seed: the same history on both engines. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
/** A norm like one that is there already is refused: that day brings no change. */
function refusedAsTwin(error: unknown): void {
  if (!(error instanceof Refusal) || error.errors[0]?.path !== 'row.from') throw error;
}
const pad = (n: number): string => String(n).padStart(2, '0');

describe.each(engines)('a history of changes on %s', (engine) => {
  const ids = kpis.map((k) => k.id);
  const questions = [
    { kpi: ids, years: [2024, 2025] },
    { kpi: ids, years: [2024, 2025], by: 'unit' as const, grain: 'quarter' as const },
    { kpi: ids, years: [2025], structure: 'today' as const, toDate: true, asOf: '2025-08-15' },
  ];
  const said = async (db: Db, knownOn?: string) => {
    const answers = [];
    for (const q of questions) answers.push(await answer(db, { ...q, ...(knownOn ? { knownOn } : {}) }));
    // An engine adds fractions in an order of its own.
    return answers.map(({ dataVersion, cells, context }) =>
      JSON.parse(JSON.stringify({ dataVersion, cells, context }), (_, v: unknown) =>
        typeof v === 'number' ? Math.round(v * 1e9) / 1e9 : v,
      ),
    );
  };

  test.each([7, 2025])('as known on each day is what was answered then (seed %i)', async (seed) => {
    const { db, close } = await freshDatabase(engine);
    const o = office(db);
    const roll = dice(seed);
    const day = (d: number): string => new Date(Date.UTC(2025, 0, 5 + d)).toISOString();
    let d = 0;
    o.at(day(d));
    const tree = [
      'C,引航中心,,centre,,,',
      'S,南片党总支,C,branch,,,',
      'A,东港引航站党支部,C,branch,2010-01-01,,',
      'B,西港引航站党支部,S,branch,2010-01-01,,',
      'G,第一党小组,B,group,,,',
    ];
    await o.units(tree);
    const live: number[] = [];
    const month = (): string => `${2024 + roll(2)}-${pad(1 + roll(9))}`;
    const deeds: (() => Promise<unknown>)[] = [
      async () => {
        const [a, b] = [month(), month()].sort() as [string, string];
        const on = (): string => `${a}-${pad(1 + roll(27))}`;
        const unit = ['A', 'B', 'G', 'S'][roll(4)] as string;
        const ledger = (['visit', 'activity', 'activity', 'rectification', 'headcount'] as const)[roll(5)]!;
        const row = (): string => {
          const n = 5 + roll(20);
          if (ledger === 'visit') return `${on()},企业走访,${roll(99)},${n},${2 + roll(3)},${roll(3)}`;
          if (ledger === 'activity')
            return `${on()},${['主题党日', '党员大会', '支委会', '集中学习'][roll(4)]},${roll(99)},${n},${n - roll(5)}`;
          if (ledger === 'headcount') return `${a},${n}`;
          return `${roll(999)},${on()},${b}-28,${roll(3) === 0 ? '' : `${b}-${pad(1 + roll(27))}`}`;
        };
        const rows = Array.from({ length: 1 + roll(6) }, row);
        live.push(await o.hand(unit, ledger, [a, b], ledger === 'headcount' ? rows.slice(0, 1) : rows));
      },
      async () => {
        const [id] = live.splice(roll(live.length), 1);
        if (id !== undefined) await o.undo(id);
      },
      async () => {
        const moved = ['A', 'B'][roll(2)];
        const under = ['C', 'S'][roll(2)];
        await o.units([
          `${moved},第${roll(9)}支部,${under},branch,2010-01-01,${roll(3) === 0 ? '2025-06-30' : ''},`,
        ]);
      },
      async () => {
        const kind = ['theme_day', 'committee_meeting', 'general_meeting'][roll(3)]!;
        await o
          .norm({
            kind,
            every: (['month', 'quarter', 'never'] as const)[roll(3)]!,
            from: `2024-${pad(1 + roll(12))}-01`,
          })
          .catch(refusedAsTwin);
      },
      () => o.rule({ what: 'setting', action: 'change', row: { yearStart: [1, 4, 9][roll(3)]! } }),
      () =>
        o.rule({
          what: 'exemption',
          action: 'add',
          row: {
            unit: ['A', 'B', 'S'][roll(3)]!,
            kind: 'theme_day',
            from: `2024-${pad(1 + roll(12))}-0${1 + roll(9)}`,
            to: '2025-04-30',
            reason: '防台风',
            decidedBy: '中心党委',
            decidedOn: '2024-01-01',
          },
        }),
      () =>
        o.rule({
          what: 'definition',
          action: 'add',
          row: { kpi: ids[roll(ids.length)]!, on: `2025-0${1 + roll(9)}-01`, note: '改口径' },
        }),
    ];
    const heard: { day: string; said: unknown }[] = [];
    for (let n = 0; n < 20; n++) {
      d += 1 + roll(3);
      o.at(day(d));
      // Ledgers above all; each of the others now and then.
      const which = n < 4 ? 0 : Math.max(0, roll(12) - 5);
      await deeds[which]!();
      heard.push({ day: day(d).slice(0, 10), said: await said(db) });
    }
    expect(await dataVersion(db)).toBeGreaterThan(15);
    for (const then of heard) expect(await said(db, then.day), then.day).toEqual(then.said);

    // Whatever lies between, the steps lead from what was said to what is said, and each has its reasons.
    for (const { day: knownOn } of heard.filter((_, i) => i % 4 === 0))
      for (const by of [undefined, 'unit']) {
        const told = await restatement(
          db,
          restatementQuestion.parse({ kpi: ids, period: '2025', knownOn, by }),
        );
        for (const { kpi, unit, then, now, steps } of told.figures) {
          expect([steps[0]?.from, steps.at(-1)?.to]).toEqual([then, now]);
          for (const half of ['numerator', 'denominator'] as const) {
            const moved = steps.reduce((sum, s) => sum + (s[half] ?? 0), 0);
            expect(moved).toBeCloseTo((now?.[half] ?? 0) - (then?.[half] ?? 0), 6);
          }
          for (const [i, s] of steps.entries()) {
            expect(s.from).toEqual(i === 0 ? then : steps[i - 1]?.to);
            const isMoved = [s.numerator, s.denominator, s.value].some((x) => x !== null && x !== 0);
            if (isMoved)
              expect(s.because, `${kpi} of ${unit}, ${s.code}, known on ${knownOn}`).not.toEqual([]);
          }
        }
      }
    await close();
  });

  test('an import that is taken back leaves no trace between then and now', async () => {
    const { db, close } = await freshDatabase(engine);
    const o = office(db);
    await o.units(['C,引航中心,,centre,,,', 'A,东港引航站党支部,C,branch,,,']);
    await o.hand('A', 'visit', ['2024-01', '2024-12'], ['2024-03-05,企业走访,甲,2,1,1']);
    const before = await said(db);
    o.at('2025-02-01T02:00:00Z');
    const id = await o.hand('A', 'visit', ['2024-06', '2025-03'], ['2025-03-05,企业走访,乙,2,1,1']);
    o.at('2025-02-02T02:00:00Z');
    await o.undo(id);
    const [then] = await said(db, '2025-01-31');
    expect(then).toEqual(before[0]);
    const told = await restatement(
      db,
      restatementQuestion.parse({ kpi: ids, period: '2024', knownOn: '2025-01-31' }),
    );
    expect(told.changesTotal).toBe(2);
    for (const { then: a, now: b, steps } of told.figures) {
      expect(a).toEqual(b);
      expect(steps.flatMap((s) => s.because)).toEqual([]);
    }
    await close();
  });
});
