import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Engine } from '../db/dialect.ts';
import { kpis } from '../shared/kpis.ts';
import { Asked, type AskedCell } from './duckdb/asked.ts';
import { brief, placeOf, same, survey } from './oracle/compare.ts';
import { groupedBy } from './oracle/tree.ts';
import { withCentre } from './world/open.ts';
import { questionsOfChance } from './world/questions.ts';
import { centreOfChance } from './world/world.ts';
import { isLong } from './long.ts';

// Centres of chance, each asked over HTTP; what it answers is held against two other reckonings.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

type Met = AskedCell & { readonly seed: number; readonly q: number };

/** Asks one centre, and the oracle after it. */
const ask = (engine: Engine, seed: number, asked: Asked): Promise<{ said: string[]; met: Met[] }> =>
  withCentre(
    centreOfChance(seed),
    async ({ world, asker, tables, oracle }) => {
      asked.centre(seed, tables);
      const said: string[] = [];
      const met: Met[] = [];
      for (const asking of questionsOfChance(world)) {
        const { disagreements } = await survey(asker, oracle, asking, (cell, seen, scope) => {
          const one = { cell, seen, scope };
          met.push({ ...one, seed, q: asked.cell(seed, oracle, one) });
        });
        said.push(...disagreements.map((d) => `seed ${seed}: ${d}`));
      }
      return { said, met };
    },
    engine,
  );

// HANGBIAO_LONG=1 asks more of them.
const first = 1;
describe.each([
  ['sqlite', isLong ? 500 : 200],
  ['postgres', 5],
] as const)('centres of chance on %s', (engine, centres) => {
  const said: string[] = [];
  const met: Met[] = [];
  const asked = new Asked();

  beforeAll(async () => {
    for (let seed = first; seed < first + centres; seed++) {
      const one = await ask(engine, seed, asked);
      said.push(...one.said);
      met.push(...one.met);
    }
  });

  test(`${centres} centres give the oracle’s figures`, () => {
    expect(met.length).toBeGreaterThan(300 * centres);
    expect(said.slice(0, 5), `${said.length} of ${met.length} cells`).toEqual([]);
  });

  test('and DuckDB’s', async () => {
    const cells = await asked.answer();
    const differ = met.flatMap(({ seed, q, cell, seen }) => {
      const wanted = cells.get(q);
      if (wanted && same(cell, wanted) && wanted.partly === (cell.within !== undefined)) return [];
      return [
        `seed ${seed}: ${placeOf(cell, seen)}\n  product ${brief(cell)}\n  DuckDB  ${wanted ? brief(wanted) : 'nothing'}`,
      ];
    });
    expect(differ.slice(0, 5), `${differ.length} of ${met.length} cells`).toEqual([]);
  });

  // A few centres do not meet everything.
  if (centres > 100)
    test('with something to say of every KPI', () => {
      const isCounted = ({ cell }: Met): boolean => cell.value !== null && cell.value !== 0;
      const byKpi = groupedBy(met, (m) => m.cell.kpi);
      for (const { id } of kpis) {
        const own = (byKpi.get(id) ?? []).filter(isCounted);
        const states = new Set(byKpi.get(id)?.map((m) => m.cell.status));
        expect(states, id).toEqual(new Set(['ok', 'partial', 'none', 'na']));
        expect(own.length, id).toBeGreaterThan(0.4 * centres);
        expect(own.filter((m) => m.cell.within !== undefined).length, id).toBeGreaterThan(0.005 * centres);
        expect(own.filter((m) => m.seen.structure === 'today').length, id).toBeGreaterThan(0.15 * centres);
      }
      expect(met.filter((m) => m.seen.per === 'member' && isCounted(m)).length).toBeGreaterThan(
        0.4 * centres,
      );
    });
});
