import { expect, test, vi } from 'vitest';
import { Random } from '../db/demo/random.ts';
import type { unitsReply } from '../shared/api.ts';
import { placesOf } from '../client/composables/marks.ts';
import { sumSpan } from '../shared/charts/sums.ts';
import type { Look, ViewState } from '../shared/charts/view.ts';
import { views } from '../shared/charts/views.ts';
import { read } from '../shared/charts/yoy-reading.ts';
import { multiplesOf } from '../shared/charts/multiples-reading.ts';
import { addsUp } from '../shared/kpi.ts';
import { kpis } from '../shared/kpis.ts';
import type { Answer, Cell } from '../shared/query.ts';
import { UnitTree } from '../shared/unit.ts';
import type { z } from 'zod';
import { near } from './oracle/compare.ts';
import { withCentre } from './world/open.ts';
import { asOfChance, centreOfChance } from './world/world.ts';

// Whatever running total is shown, the records that it opens to come to it.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const look: Look = { lang: 'zh', theme: 'light', width: 900 };

test.each(['yoy', 'multiples'] as const)('every running total of %s opens to its figure', async (view) => {
  const said: string[] = [];
  let opened = 0;
  for (let seed = 4101; seed <= 4110; seed++)
    await withCentre(centreOfChance(seed), async ({ world, served, asker }) => {
      const random = new Random(`totals ${view} ${seed}`);
      const reply = await served.as('leader', '/api/units');
      const { units } = (await reply.json()) as z.infer<typeof unitsReply>;
      const tree = new UnitTree(units);
      for (const kpi of kpis.filter(addsUp)) {
        const state: ViewState = {
          unit: random.pick(['C', world.units[random.int(0, world.units.length - 1)]?.code ?? 'C']),
          kpi: kpi.id,
          sum: true,
          years: [world.focusYear - 1, world.focusYear, world.focusYear + 1],
          asOf: asOfChance(random, world.yearStart),
          grain: random.pick<'month' | 'quarter'>(['month', 'quarter']),
          ...(random.chance(0.3) ? { structure: 'today' as const } : {}),
          yearStart: world.yearStart,
        };
        const answers: Answer[] = [];
        for (const question of views[view].questions(state, tree)) answers.push(await asker.query(question));
        const input = { state, answers, tree };
        const marks = placesOf(views[view].option(input, look)).map((p) => p.mark);
        const years = view === 'yoy' ? read(input).years : multiplesOf(input).panels.flatMap((p) => p.years);
        const before = view === 'yoy' ? read(input).running?.before : null;
        for (const mark of random.shuffled(marks.filter((m) => m.sum)).slice(0, 4)) {
          const isOf = (c: Cell | null): boolean => c?.unit === mark.unit && c.period === mark.period;
          const year = years.find(({ cells }) => cells.some(isOf));
          const index = year?.cells.findIndex(isOf) ?? -1;
          // A record in a month that shows no figure (not reported, or before the unit's first day) is
          // in the list, and in the year's own figure, and in no month's.
          if (year?.cells.slice(0, index).some((c) => c?.value == null)) continue;
          opened++;
          const cell = mark.toDate ? before : year?.cells[index];
          const { period, until } = sumSpan(mark, state);
          const { sums } = await asker.records({
            kpi: mark.kpi,
            unit: mark.unit,
            period,
            asOf: until ?? state.asOf,
            toDate: mark.toDate ?? false,
            ...(mark.structure ? { structure: mark.structure } : {}),
            ...(mark.within ? { within: mark.within } : {}),
          });
          if (
            !cell ||
            !near(sums.numerator, cell.numerator) ||
            !near(sums.denominator, cell.denominator) ||
            sums.unknown !== cell.unknown
          )
            said.push(
              `seed ${seed} ${view} ${JSON.stringify(mark)} asOf ${state.asOf} ${state.grain}: ${JSON.stringify(sums)}, the total ${JSON.stringify(cell)}`,
            );
        }
      }
    });
  expect(said.slice(0, 12), `${said.length} of ${opened}`).toEqual([]);
  expect(opened).toBeGreaterThan(60);
});
