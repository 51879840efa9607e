import { expect, test, vi } from 'vitest';
import { Random } from '../db/demo/random.ts';
import type { Cell } from '../shared/query.ts';
import { differences, everything } from './laws/asking.ts';
import { overHttp, same } from './oracle/compare.ts';
import { form, served, unitsCsv, type Served } from './served.ts';

// In whatever order ledgers come in, what is known in the end is the same.
vi.setConfig({ testTimeout: 240_000 });

type Ledger = { readonly name: string; readonly csv: string };

const stations = ['东港站', '西港站'] as const;
const meetingKinds = ['支委会', '主题党日', '党员大会', '党员大会、党课', '集中学习', '党小组会'] as const;
const two = (n: number): string => String(n).padStart(2, '0');
const csv = (heading: string, rows: readonly string[]): string => `${[heading, ...rows].join('\n')}\n`;

const dayOf = (random: Random, year: number): string =>
  `${year}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`;

/** `若干` now and then, and a lower bound. */
const countOf = (random: Random, n: number): string =>
  random.pick([String(n), String(n), String(n), '若干', `${n}余人`]);

function meetings(random: Random, year: number): string[] {
  return Array.from({ length: random.int(6, 14) }, (_, i) => {
    const expected = random.int(8, 30);
    // One in ten has more present than expected: a contradiction.
    const present = random.chance(0.1) ? expected + 1 : random.int(2, expected);
    const words = [dayOf(random, year), random.pick(meetingKinds), `议题${i}`, expected, present];
    return [...words, random.int(1, 4) / 2].join(',');
  });
}

const some = (random: Random, make: (i: number) => string): string[] =>
  Array.from({ length: random.int(3, 7) }, (_, i) => make(i));

/** Small ledgers of two stations; meetings in two files that share their middle. */
function ledgersOfChance(random: Random): Ledger[] {
  return stations.flatMap((station) =>
    [2022, 2023].flatMap((year): Ledger[] => {
      const held = meetings(random, year);
      const half = Math.ceil(held.length / 2);
      const heading = '时间,类型,主题,应到,实到,学时';
      const file = (what: string, text: string): Ledger => ({
        name: `${station}${year}年${what}.csv`,
        csv: text,
      });
      const day = (): string => dayOf(random, year);
      const services = some(
        random,
        (i) => `${day()},清漂${i},${countOf(random, 20 + i)},${random.int(1, 4)}`,
      );
      const visits = some(random, (i) => `${day()},企业走访,公司${i},${i % 3},${i % 2}`);
      const problems = some(random, (i) => {
        const raised = `${year}-${two(random.int(1, 6))}-05`;
        return `问题${i},${raised},${year}-09-30,${random.chance(0.6) ? `${year}-${two(random.int(7, 12))}-20` : ''}`;
      });
      return [
        file('三会一课上', csv(heading, held.slice(0, half + 1))),
        file('三会一课下', csv(heading, held.slice(half - 1))),
        file('志愿服务', csv('时间,服务项目,参与人数,时长', services)),
        file('走访', csv('时间,走访类型,走访对象,反映问题,办结', visits)),
        file('整改台账', csv('问题,发现时间,整改时限,销号', problems)),
        file('党员人数', csv('年月,党员数', [`${year}-01,${random.int(5, 30)}`])),
      ];
    }),
  );
}

async function importEach(s: Served, ledgers: readonly Ledger[]): Promise<void> {
  for (const { name, csv: text } of ledgers) {
    const checked = await s.as('admin', '/api/imports', form({ [name]: text }));
    expect(checked.status, name).toBe(201);
    const { id } = (await checked.json()) as { id: number };
    const committed = await s.as('admin', `/api/imports/${id}/commit`, { method: 'POST' });
    expect(committed.status, name).toBe(200);
  }
}

async function answersAfter(ledgers: readonly Ledger[]): Promise<Cell[]> {
  const s = await served();
  try {
    await s.as('admin', '/api/units', form({ 'units.csv': unitsCsv }));
    await importEach(s, ledgers);
    const asker = overHttp((path) => s.as('leader', path));
    const how = { years: [2022, 2023], grain: 'month' } as const;
    return [
      ...(await everything(asker, ['C', 'A', 'B'], { ...how, years: [...how.years] })),
      ...(await everything(asker, ['C', 'A', 'B'], { years: [2022, 2023], grain: 'year', toDate: true })),
    ];
  } finally {
    await s.close();
  }
}

test.each([1, 2, 3])('a permutation of imports changes no figure (%i)', async (seed) => {
  const random = new Random(`imports ${seed}`);
  const ledgers = ledgersOfChance(random.of('ledgers'));
  const given = await answersAfter(ledgers);
  const counted = given.filter((c) => c.value !== null && c.value > 0);
  expect(new Set(counted.map((c) => c.kpi)).size).toBeGreaterThan(12);
  for (let order = 0; order < 3; order++) {
    const shuffled = random.shuffled(ledgers);
    const said = differences(given, await answersAfter(shuffled), same);
    expect(said.slice(0, 3), shuffled.map((l) => l.name).join(' ')).toEqual([]);
  }
});
