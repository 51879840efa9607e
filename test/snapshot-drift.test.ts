import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../db/connect.ts';
import { answer } from '../server/queries/answer.ts';
import { createSnapshot } from '../server/queries/snapshot-create.ts';
import { drift } from '../server/queries/snapshot-drift.ts';
import { sealedText } from '../server/queries/snapshots.ts';
import { rendererHere } from '../server/snapshot/render-thread.ts';
import { readSealed, type Sealed } from '../server/snapshot/sealed.ts';
import { stepCodes } from '../shared/codes.ts';
import type { Answer, Cell } from '../shared/query.ts';
import type { Drift } from '../shared/snapshots.ts';
import { driftReply } from '../shared/snapshots.ts';
import type { ViewId } from '../shared/views.ts';
import { engines, freshDatabase } from './engines.ts';
import { office, twoBranches } from './office.ts';

const who = { name: '党办', role: 'admin' } as const;
const by = {
  now: () => new Date('2025-04-30T02:30:00Z'),
  who,
  renderer: rendererHere,
  publicUrl: 'http://127.0.0.1:8080',
};
const q1 = ['2025-01', '2025-03'] as const;

/** Deeds of one sort at a time, in the order in which a difference is split: what each moved can be seen by asking after it. */
async function begin(o: ReturnType<typeof office>): Promise<() => Promise<void>> {
  o.at('2025-04-10T02:00:00Z');
  await o.units([
    'C,引航中心,,centre,,,',
    'A,东港引航站党支部,C,branch,2010-01-01,,',
    'B,西港引航站党支部,C,branch,2010-01-01,,',
  ]);
  const visits = await o.hand('A', 'visit', q1, [
    '2025-01-08,企业走访,甲,2,4,1',
    '2025-02-08,企业走访,乙,2,3,2',
  ]);
  await o.hand('A', 'activity', q1, ['2025-01-10,主题党日,一,20,18', '2025-02-10,主题党日,二,20,16']);
  return async () => {
    o.at('2025-05-20T02:00:00Z');
    await o.undo(visits);
    await o.hand('A', 'visit', q1, ['2025-01-08,企业走访,甲,2,4,2']);
  };
}

const deeds = (o: ReturnType<typeof office>, correct: () => Promise<void>) =>
  ({
    late: async () => {
      o.at('2025-05-12T02:00:00Z');
      await o.hand('B', 'visit', q1, ['2025-01-20,调研,丁,3,2,1', '2025-03-20,调研,戊,3,0,0']);
      await o.hand('B', 'activity', q1, ['2025-03-12,主题党日,三,10,10']);
    },
    corrections: correct,
    definitions: async () => {
      o.at('2025-06-01T02:00:00Z');
      await o.norm({ kind: 'committee_meeting', every: 'never' });
    },
    movement: async () => {
      o.at('2025-07-05T02:00:00Z');
      const q2 = ['2025-04', '2025-06'] as const;
      await o.hand('A', 'visit', q2, ['2025-04-08,企业走访,甲,2,1,1']);
      await o.hand('A', 'activity', q2, ['2025-04-10,主题党日,五,20,20']);
    },
  }) satisfies Record<(typeof stepCodes)[number], () => Promise<void>>;

const keyOf = (c: Cell): string => [c.kpi, c.unit, c.kind ?? '', c.period].join(' ');

/** What the seal's questions are answered now, from a day. */
async function askedNow(db: Db, { answers }: Sealed, asOf: string): Promise<Map<string, Cell>[]> {
  const again = async ({ query: q }: Answer): Promise<Map<string, Cell>> => {
    const { cells } = await answer(db, {
      kpi: q.kpi,
      unit: q.unit,
      years: q.years,
      grain: q.grain,
      toDate: q.toDate,
      asOf,
      ...(q.by ? { by: q.by } : {}),
    });
    return new Map(cells.map((c) => [keyOf(c), c]));
  };
  const asked: Map<string, Cell>[] = [];
  for (const one of answers) asked.push(await again(one));
  return asked;
}

const minus = (a: number | null | undefined, b: number | null | undefined): number | null =>
  a == null && b == null ? null : (a ?? 0) - (b ?? 0);

const sealed: readonly [ViewId, string][] = [
  ['yoy', 'visits'],
  ['heatmap', 'attendance_rate'],
  ['compare', 'visit_issues_resolved_rate'],
  ['heatmap', 'norm_compliance'],
  ['composition', 'study_sessions'],
];

describe.each(engines)('drift in four parts on %s', (engine) => {
  let db: Db;
  let close = async (): Promise<void> => {};
  const seals: { name: string; id: string; seal: Sealed }[] = [];
  /** For each seal its figures as sealed, after each sort of deed, and seen from the last day. */
  const stages = new Map<string, Map<string, Cell>[][]>();
  beforeAll(async () => {
    ({ db, close } = await freshDatabase(engine));
    const o = office(db);
    const correct = await begin(o);
    for (const [view, kpi] of sealed) {
      const { id } = await createSnapshot(db, { view, query: { kpi, years: '2024,2025' } }, by);
      const seal = readSealed(await sealedText(db, id, who));
      seals.push({ name: `${view} of ${kpi}`, id, seal });
      stages.set(id, [await askedNow(db, seal, seal.state.asOf)]);
    }
    const all = deeds(o, correct);
    for (const code of stepCodes) {
      await all[code]();
      for (const { id, seal } of seals)
        stages.get(id)?.push(await askedNow(db, seal, code === 'movement' ? '2025-06-30' : seal.state.asOf));
    }
  });
  afterAll(() => close());

  test.each(sealed.map(([view, kpi], i) => [`${view} of ${kpi}`, i] as const))(
    '%s: each part is what its deeds moved, and they add up',
    async (_, i) => {
      const { id, seal } = seals[i]!;
      const told = driftReply.parse(await drift(db, id, { who, from: 'today' }));
      expect(told.asOf).toEqual({ sealed: '2025-03-31', now: '2025-06-30' });
      const steps = stages.get(id)!;
      const expected: Drift['changed'] = [];
      seal.answers.forEach((then, n) => {
        for (const cell of then.cells) {
          const way = steps.map((stage) => stage[n]?.get(keyOf(cell)) ?? null);
          const now = way.at(-1) ?? null;
          if (JSON.stringify(sorted(cell)) === JSON.stringify(sorted(now))) continue;
          const hasValues = way.every((c) => c?.value != null);
          const split = Object.fromEntries(
            stepCodes.map((code, k) => [
              code,
              {
                numerator: minus(way[k + 1]?.numerator, way[k]?.numerator),
                denominator: minus(way[k + 1]?.denominator, way[k]?.denominator),
                value: hasValues ? minus(way[k + 1]?.value, way[k]?.value) : null,
              },
            ]),
          ) as Drift['changed'][number]['split'];
          expected.push({ sealed: cell, now, split });
        }
      });
      expect(expected.length).toBeGreaterThan(0);
      expect(told.changed.map((c) => keyOf(c.sealed))).toEqual(expected.map((c) => keyOf(c.sealed)));
      told.changed.forEach((c, n) => {
        for (const code of stepCodes)
          for (const half of ['numerator', 'denominator', 'value'] as const) {
            const [is, ought] = [c.split?.[code][half], expected[n]?.split?.[code][half]];
            if (ought == null) expect(is, `${keyOf(c.sealed)} ${code} ${half}`).toBeNull();
            else expect(is, `${keyOf(c.sealed)} ${code} ${half}`).toBeCloseTo(ought, 9);
          }
        expect(sumOf(c, 'numerator')).toBe(minus(c.now?.numerator, c.sealed.numerator) ?? 0);
        expect(sumOf(c, 'denominator')).toBe(minus(c.now?.denominator, c.sealed.denominator) ?? 0);
      });
    },
  );

  test('each sort of deed moves some cell, and the sums of a count are its parts', async () => {
    const told = await Promise.all(seals.map(({ id }) => drift(db, id, { who, from: 'today' })));
    for (const code of stepCodes)
      expect(
        told.reduce((n, d) => n + (d.totals?.cells[code] ?? 0), 0),
        code,
      ).toBeGreaterThan(0);
    for (const { sums } of told.flatMap((d) => d.totals ?? []))
      for (const { parts, whole } of sums)
        expect(stepCodes.reduce((sum, code) => sum + parts[code], 0)).toBeCloseTo(whole, 9);
    // Visits by month: two of B late, one of A taken back, one in April.
    const [visits] = told[0]?.totals?.sums ?? [];
    expect([visits?.parts, visits?.whole]).toEqual([
      { late: 2, corrections: -1, definitions: 0, movement: 1 },
      2,
    ]);
  });

  test('seen from the day of the seal nothing is movement', async () => {
    for (const { id } of seals) {
      const { changed, totals } = await drift(db, id, { who });
      expect(totals?.cells.movement).toBe(0);
      for (const c of changed) expect(c.split?.movement.numerator ?? 0).toBe(0);
    }
  });

  test('what the journal does not reach back to is not split, and says so', async () => {
    const { id } = seals[0]!;
    const journal = await db.selectFrom('change').selectAll().execute();
    await db.deleteFrom('change').where('version', '<=', 5).execute();
    const told = await drift(db, id, { who });
    expect(told.totals).toBeNull();
    expect(told.unsplit?.en).toContain('before the journal');
    expect(told.changed.length).toBeGreaterThan(0);
    expect(told.changed.every((c) => c.split === null)).toBe(true);
    await db.deleteFrom('change').execute();
    await db.insertInto('change').values(journal).execute();
  });
});

test('through half a year of all sorts of deeds the parts add up', async () => {
  const { db, close } = await freshDatabase('sqlite');
  const o = office(db);
  await twoBranches(o);
  const { id } = await createSnapshot(
    db,
    { view: 'yoy', query: { kpi: 'visits', years: '2024,2025', asOf: '2025-06-30' } },
    by,
  );
  o.at('2025-08-01T02:00:00Z');
  await o.hand('B', 'visit', ['2025-04', '2025-05'], ['2025-04-02,调研,辛,3,0,0']);
  const { changed } = await drift(db, id, { who, from: 'today' });
  expect(changed.length).toBeGreaterThan(0);
  for (const c of changed)
    expect(sumOf(c, 'numerator')).toBe(minus(c.now?.numerator, c.sealed.numerator) ?? 0);
  await close();
});

const sorted = (cell: object | null): unknown =>
  cell && Object.fromEntries(Object.entries(cell).sort(([a], [b]) => (a < b ? -1 : 1)));
const sumOf = ({ split }: Drift['changed'][number], half: 'numerator' | 'denominator'): number =>
  stepCodes.reduce((sum, code) => sum + (split?.[code][half] ?? 0), 0);
