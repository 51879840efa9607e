import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Db } from '../db/connect.ts';
import { Random } from '../db/demo/random.ts';
import { kpiById } from '../shared/kpis.ts';
import type { Cell } from '../shared/query.ts';
import { differences, everything, type How } from './laws/asking.ts';
import { rateFaults, sumFaults, wholes, type Whole } from './laws/sums.ts';
import { daysOf } from './oracle/calendar.ts';
import { same } from './oracle/compare.ts';
import type { Seen } from './oracle/oracle.ts';
import type { Structure } from './oracle/tree.ts';
import { newVersion } from './records-by-hand.ts';
import { lastOf } from './world/days.ts';
import { withCentre } from './world/open.ts';
import { later, shifted } from './world/shift.ts';
import { asOfChance, centreOfChance, type World } from './world/world.ts';

// Laws that hold of every centre, whatever its figures are.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

type Grain = 'year' | 'quarter' | 'month';
const seeds = Array.from({ length: 12 }, (_, i) => 2001 + i);
const few = (said: readonly string[]): readonly string[] => said.slice(0, 5);

describe('a scope and its parts', () => {
  const met: { seed: number; whole: Whole; seen: Seen }[] = [];

  // Asked of every inner unit.
  beforeAll(async () => {
    for (const seed of seeds)
      await withCentre(centreOfChance(seed, true), async (opened) => {
        const { world } = opened;
        const random = new Random(`sums ${seed}`);
        for (const structure of ['then', 'today'] as const) {
          const seen: Seen = {
            asOf: asOfChance(random, world.yearStart),
            toDate: random.chance(0.4),
            kind: random.chance(0.2) ? ['theme_day', 'enterprise_visit', 'committee_meeting'] : null,
            structure,
          };
          const grain = random.pick<Grain>(['year', 'quarter', 'month']);
          const years = grain === 'year' ? [2021, 2022, 2023, 2024] : [world.focusYear];
          for (const { code } of world.units)
            for (const how of structure === 'then' ? [seen, { ...seen, per: 'member' as const }] : [seen])
              for (const whole of await wholes(opened, code, { years, grain, seen: how }))
                met.push({ seed, whole, seen: how });
        }
      });
  });

  test('a scope is the sum of its parts and its own', () => {
    expect(met.length).toBeGreaterThan(100 * seeds.length);
    const faults = met.flatMap(({ seed, whole, seen }) =>
      sumFaults(whole, seen).map((f) => `seed ${seed}: ${f}`),
    );
    expect(few(faults), `${faults.length} of ${met.length}`).toEqual([]);
  });

  test('a rate lies between those of its parts', () => {
    expect(met.length).toBeGreaterThan(100 * seeds.length);
    const faults = met.flatMap(({ seed, whole, seen }) =>
      rateFaults(whole, seen).map((f) => `seed ${seed}: ${f}`),
    );
    expect(few(faults), `${faults.length} of ${met.length}`).toEqual([]);
  });
});

describe('a centre and its figures', () => {
  const units = (world: World): string[] => world.units.map((u) => u.code);
  const identical = (a: Cell, b: Cell): boolean => same(a, b) && a.within === b.within;

  test('one event more lowers no count', async () => {
    const said: string[] = [];
    let raised = 0;
    for (const seed of seeds)
      await withCentre(centreOfChance(seed, true), async ({ world, asker, served }) => {
        const random = new Random(`event ${seed}`);
        const how: How = {
          years: [world.focusYear],
          grain: 'quarter',
          asOf: '2025-12-31',
          structure: random.pick<Structure>(['then', 'today']),
        };
        const before = await everything(asker, units(world), how);
        await oneMore(served.db, world, random);
        await newVersion(served.db);
        const after = await everything(asker, units(world), how);
        const isCount = (c: Cell): boolean =>
          kpiById.get(c.kpi)?.type === 'count' || c.kpi === 'norm_compliance';
        const notLess = (a: Cell, b: Cell): boolean =>
          !isCount(a) || (b.numerator ?? 0) >= (a.numerator ?? 0);
        said.push(...differences(before, after, notLess).map((d) => `seed ${seed}: ${d}`));
        raised += after.some((c, i) => isCount(c) && (c.numerator ?? 0) > (before[i]?.numerator ?? 0))
          ? 1
          : 0;
      });
    expect(few(said), `${said.length}`).toEqual([]);
    expect(raised).toBeGreaterThan(seeds.length / 2);
  });

  test('a cut at the last day cuts nothing off', async () => {
    const said: string[] = [];
    let cells = 0;
    for (const seed of seeds)
      await withCentre(centreOfChance(seed, true), async ({ world, asker, tables }) => {
        const how: How = { years: [2021, 2022, 2023, 2024], grain: 'year' };
        const scopes = units(world).slice(0, 4);
        // Without an as-of day, it is the last one that a ledger covers.
        const last = lastOf(
          tables.coverage
            .map((c) => c.to_month)
            .sort()
            .at(-1) ?? '',
        );
        const asked = await everything(asker, scopes, { ...how, asOf: last });
        said.push(...differences(await everything(asker, scopes, how), asked, identical));
        // Once everything has happened, a later look sees the years that are over as they were; but time
        // still tells of what stays open.
        const isOver = (c: Cell): boolean =>
          c.kpi !== 'rectification_median_days' && lastDayOf(c.period, world) <= '2026-12-31';
        const end = await everything(asker, scopes, { ...how, asOf: '2026-12-31' });
        const later = await everything(asker, scopes, { ...how, asOf: '2031-05-07' });
        said.push(...differences(end.filter(isOver), later.filter(isOver), identical));
        // What is not looked at from the cut is the same on its period's own last day.
        const flows = (c: Cell): boolean => !c.kpi.startsWith('rectification') && c.period === '2022';
        const asOf = lastDayOf('2022', world);
        const atEnd = await everything(asker, scopes, { ...how, asOf });
        said.push(
          ...differences(atEnd.filter(flows), end.filter(flows), identical).map((d) => `${asOf} ${d}`),
        );
        cells += end.length;
      });
    expect(few(said), `${said.length} of ${cells}`).toEqual([]);
  });

  test('28 years later, or earlier, everything is the same', async () => {
    const said: string[] = [];
    for (const seed of seeds) {
      const world = centreOfChance(seed);
      const random = new Random(`shift ${seed}`);
      const asOf = asOfChance(random, world.yearStart);
      const how = { toDate: random.chance(0.5), grain: random.pick<Grain>(['year', 'quarter', 'month']) };
      const structure = random.pick<Structure>(['then', 'today']);
      const ask = (years: number): Promise<Cell[]> =>
        withCentre(shifted(world, years), async ({ asker }) => {
          const moved = { ...how, structure, asOf: later(asOf, years) };
          const asked = { ...moved, years: [world.focusYear + years, world.focusYear + 1 + years] };
          const cells = await everything(asker, units(world).slice(0, 5), asked);
          return cells.map((c) => ({ ...c, period: later(c.period, -years) }));
        });
      const now = await ask(0);
      for (const years of [28, -28])
        said.push(
          ...differences(now, await ask(years), identical).map((d) => `seed ${seed} ${years} years: ${d}`),
        );
    }
    expect(few(said), `${said.length}`).toEqual([]);
  });
});

const lastDayOf = (period: string, { yearStart }: World): string => daysOf(period, yearStart).to;

/** Another meeting, visit and service of a unit in a month that it has reported, or in any other of its own. */
async function oneMore(db: Db, world: World, random: Random): Promise<void> {
  const { activity, visit, volunteering } = world.records;
  const more = <T extends { id: string; fingerprint: string }>(rows: readonly T[]): T[] => {
    const row = rows[random.int(0, Math.max(0, rows.length - 1))];
    return row ? [{ ...row, id: `${row.id}-2`, fingerprint: `${row.id}-2` }] : [];
  };
  const [event] = more(activity);
  if (event) await db.insertInto('activity').values(event).execute();
  if (event)
    await db
      .insertInto('activity_kind')
      .values([
        { unit: event.unit, activity_id: event.id, kind: 'theme_day' },
        { unit: event.unit, activity_id: event.id, kind: 'party_lecture' },
      ])
      .execute();
  const [call] = more(visit);
  if (call) await db.insertInto('visit').values(call).execute();
  const [service] = more(volunteering);
  if (service) await db.insertInto('volunteering').values(service).execute();
}
