import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Random } from '../db/demo/random.ts';
import { engines, freshDatabase } from './engines.ts';
import { recordsDisagree, survey } from './oracle/compare.ts';
import { Oracle, type Seen } from './oracle/oracle.ts';
import { readTables } from './oracle/tables.ts';
import { fillWorld, worldUnits } from './oracle/world.ts';
import type { Cell } from '../shared/query.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const seen: readonly Seen[] = [
  { asOf: '2024-09-30', toDate: false, kind: null },
  { asOf: '2024-02-29', toDate: true, kind: null },
  { asOf: '2022-08-15', toDate: false, kind: ['theme_day', 'committee_meeting', 'research_visit'] },
  { asOf: '2023-11-10', toDate: true, kind: ['group_meeting'] },
];

describe.each(engines)('centres of chance on %s', (engine) => {
  describe.each(engine === 'sqlite' ? [1, 2] : [3])('number %i', (seed) => {
    let opened: Awaited<ReturnType<typeof freshDatabase>>;
    let oracle: Oracle;
    const met: { cell: Cell; how: Seen }[] = [];

    beforeAll(async () => {
      opened = await freshDatabase(engine);
      await fillWorld(opened.db, seed);
      oracle = new Oracle(await readTables(opened.db));
    });
    afterAll(() => opened.close());

    test('every figure is the oracle’s', async () => {
      const { cells, disagreements } = await survey(
        opened.db,
        oracle,
        {
          units: worldUnits.map((u) => u.code),
          years: [2022, 2024],
          grains: engine === 'sqlite' ? ['year', 'quarter', 'month'] : ['year', 'month'],
          seen: engine === 'sqlite' ? seen : seen.slice(0, 2),
        },
        (cell, how) => void met.push({ cell, how }),
      );
      expect(disagreements.slice(0, 5), `${disagreements.length} of ${cells} cells`).toEqual([]);
    });

    test('records come to their cells', async () => {
      const random = new Random(`records ${seed}`);
      const said: string[] = [];
      for (const { cell, how } of random.shuffled(met).slice(0, 250))
        said.push(...(await recordsDisagree(opened.db, cell, how)));
      expect(said.slice(0, 5), `${said.length}`).toEqual([]);
    });
  });
});
