import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Engine } from '../db/dialect.ts';
import { Asked, type AskedCell } from './duckdb/asked.ts';
import { brief, overHttp, placeOf, same, survey } from './oracle/compare.ts';
import { Oracle } from './oracle/oracle.ts';
import { readTables } from './oracle/tables.ts';
import { served } from './served.ts';
import { questionsOfChance } from './world/questions.ts';
import { centreOfChance, store } from './world/world.ts';

// Centres of chance, each asked over HTTP; what it answers is held against two other reckonings.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

type Met = AskedCell & { readonly seed: number; readonly q: number };

/** Asks one centre, and the oracle after it. */
async function ask(engine: Engine, seed: number, asked: Asked): Promise<{ said: string[]; met: Met[] }> {
  const world = centreOfChance(seed);
  const s = await served(engine);
  try {
    await store(s, world);
    const tables = await readTables(s.db);
    const oracle = new Oracle(tables);
    asked.centre(seed, tables);
    const said: string[] = [];
    const met: Met[] = [];
    const asker = overHttp((path) => s.as('leader', path));
    for (const asking of questionsOfChance(world)) {
      const { disagreements } = await survey(asker, oracle, asking, (cell, seen, scope) => {
        const one = { cell, seen, scope };
        met.push({ ...one, seed, q: asked.cell(seed, oracle, one) });
      });
      said.push(...disagreements.map((d) => `seed ${seed}: ${d}`));
    }
    return { said, met };
  } finally {
    await s.close();
  }
}

const from = 1;
describe.each([
  ['sqlite', Number(process.env.N ?? 500)],
  ['postgres', 3],
] as const)('centres of chance on %s', (engine, centres) => {
  const said: string[] = [];
  const met: Met[] = [];
  const asked = new Asked();

  beforeAll(async () => {
    for (let seed = from; seed < from + centres; seed++) {
      const one = await ask(engine, seed, asked);
      said.push(...one.said);
      met.push(...one.met);
    }
  });

  test(`${centres} centres give the oracle’s figures`, () => {
    expect(said.slice(0, 5), `${said.length} of ${met.length} cells`).toEqual([]);
  });

  test('and DuckDB’s', async () => {
    const t0 = performance.now(); const cells = await asked.answer(); console.log('duck', performance.now() - t0);
    const differ = met.flatMap(({ seed, q, cell, seen }) => {
      const wanted = cells.get(q);
      if (wanted && same(cell, wanted) && wanted.partly === (cell.within !== undefined)) return [];
      return [
        `seed ${seed}: ${placeOf(cell, seen)}\n  product ${brief(cell)}\n  DuckDB  ${wanted ? brief(wanted) : 'nothing'}`,
      ];
    });
    expect(differ.slice(0, 5), `${differ.length} of ${met.length} cells`).toEqual([]);
  });
});
