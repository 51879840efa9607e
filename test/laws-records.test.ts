import { expect, test, vi } from 'vitest';
import { placesOf } from '../client/composables/marks.ts';
import { Random } from '../db/demo/random.ts';
import type { unitsReply } from '../shared/api.ts';
import type { Look, Mark, ViewState } from '../shared/charts/view.ts';
import { views } from '../shared/charts/views.ts';
import { kpiById, kpis } from '../shared/kpis.ts';
import type { Answer, Cell, RecordsQuestion } from '../shared/query.ts';
import { UnitTree } from '../shared/unit.ts';
import { viewIds, type ViewId } from '../shared/views.ts';
import type { z } from 'zod';
import { allRows, rowsDisagree } from './laws/rows.ts';
import { near, placeOf, recordsDisagree, survey } from './oracle/compare.ts';
import type { Seen } from './oracle/oracle.ts';
import { withCentre, type Opened } from './world/open.ts';
import { questionsOfChance } from './world/questions.ts';
import { asOfChance, centreOfChance } from './world/world.ts';

// Whatever figure is shown, the records that it opens to come to it.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const few = (said: readonly string[]): readonly string[] => said.slice(0, 5);

const questionOf = ({ kpi, unit, period, within }: Cell, { kind, ...seen }: Seen): RecordsQuestion => ({
  kpi,
  unit,
  period,
  ...(within === undefined ? {} : { within }),
  ...seen,
  ...(kind === null ? {} : { kind: [...kind] }),
});

/** Both parts of a cell's records have its sums, and are among its records, or are its members. */
async function partsDisagree({ asker }: Opened, cell: Cell, seen: Seen): Promise<string[]> {
  const said: string[] = [];
  const question = questionOf(cell, seen);
  const ids = new Set((await allRows(asker, question)).map((r) => `${r.unit} ${r.id}`));
  for (const part of ['numerator', 'denominator'] as const) {
    const { sums, total } = await asker.records({ ...question, part });
    if (!near(sums.numerator, cell.numerator)) said.push(`${part}: ${sums.numerator} of ${cell.numerator}`);
    if (!near(sums.denominator, cell.denominator))
      said.push(`${part}: ../${sums.denominator} of ../${cell.denominator}`);
    if (sums.unknown !== cell.unknown) said.push(`${part}: unknown ${sums.unknown} of ${cell.unknown}`);
    const rows = await allRows(asker, { ...question, part, limit: 7 });
    if (rows.length !== total) said.push(`${part}: ${rows.length} rows listed of ${total}`);
    const isOfMembers = part === 'denominator' && rows.some((r) => r.family === 'headcount');
    if (isOfMembers) {
      const members = rows.reduce((n, r) => n + Number(r['share']), 0);
      if (!near(members, cell.denominator)) said.push(`${part}: members ${members} of ${cell.denominator}`);
    } else if (rows.some((r) => !ids.has(`${r.unit} ${r.id}`))) said.push(`${part}: a row of another figure`);
  }
  return said.map((s) => `${placeOf(cell, seen)} ${s}`);
}

test('the records of a cell come to the cell, by every filter and grain', async () => {
  const said: string[] = [];
  let opened = 0;
  for (let seed = 3071; seed <= 3085; seed++)
    await withCentre(centreOfChance(seed), async (centre) => {
      const { asker, oracle, world } = centre;
      const met: { cell: Cell; seen: Seen }[] = [];
      for (const asking of questionsOfChance(world))
        await survey(asker, oracle, asking, (cell, seen) => void met.push({ cell, seen }));
      const random = new Random(`records ${seed}`);
      const figures = random.shuffled(met.filter((m) => m.cell.records > 0)).slice(0, 8);
      const partly = random.shuffled(met.filter((m) => m.cell.within !== undefined)).slice(0, 4);
      const silent = random.shuffled(met).slice(0, 2);
      for (const { cell, seen } of [...figures, ...partly, ...silent]) {
        opened++;
        const kpi = kpiById.get(cell.kpi);
        if (!kpi) throw new Error(`no KPI ${cell.kpi}`);
        const faults = await recordsDisagree(asker, cell, seen);
        faults.push(...(await partsDisagree(centre, cell, seen)));
        const isPerMember = kpi.type === 'per_member' || seen.per !== undefined;
        if (!isPerMember && cell.numerator !== null) {
          const { to, cut } = oracle.window(cell.period, seen);
          const rows = await allRows(asker, questionOf(cell, seen));
          faults.push(...rowsDisagree(kpi, cell, rows, kpi.over === 'stock' ? to : cut));
        }
        said.push(...faults.map((f) => `seed ${seed}: ${placeOf(cell, seen)} ${f}`));
      }
    });
  expect(few(said), `${said.length} of ${opened}`).toEqual([]);
  expect(opened).toBeGreaterThan(100);
});

const look: Look = { lang: 'zh', theme: 'light', width: 900 };

/** The cell that a mark stands for, among the answers from which the chart was drawn. */
const cellOf = (mark: Mark, answers: readonly Answer[]): Cell | undefined =>
  answers
    .filter((a) => a.query.toDate === (mark.toDate ?? false))
    .flatMap((a) => a.cells)
    .find(
      (c) =>
        c.kpi === mark.kpi &&
        c.unit === mark.unit &&
        c.period === mark.period &&
        (c.kind === undefined || mark.kind?.join() === c.kind) &&
        c.within === mark.within,
    );

/** Draws a view over the centre's answers and opens its marks. */
async function marksDisagree(
  { asker }: Opened,
  tree: UnitTree,
  { view, state, random }: { view: ViewId; state: ViewState; random: Random },
): Promise<{ said: string[]; opened: number }> {
  const { questions, option } = views[view];
  const answers: Answer[] = [];
  for (const question of questions(state, tree)) answers.push(await asker.query(question));
  const marks = placesOf(option({ state, answers, tree }, look)).map((p) => p.mark);
  const said: string[] = [];
  const some = random.shuffled(marks).slice(0, 6);
  for (const { part, ...mark } of some) {
    const where = `${view} ${JSON.stringify(mark)} asOf ${state.asOf}`;
    const cell = cellOf(mark, answers);
    const question = { ...mark, kind: mark.kind && [...mark.kind], asOf: state.asOf, part };
    const { sums } = await asker.records(question);
    if (!cell) said.push(`${where}: no such cell was asked for`);
    else if (
      !near(sums.numerator, cell.numerator) ||
      !near(sums.denominator, cell.denominator) ||
      sums.unknown !== cell.unknown
    )
      said.push(`${where}: ${JSON.stringify(sums)}, the cell ${JSON.stringify(cell)}`);
  }
  return { said, opened: some.length };
}

test.each(viewIds)('every mark of %s opens to its figure', async (view) => {
  const said: string[] = [];
  let opened = 0;
  for (let seed = 4001; seed <= 4007; seed++)
    await withCentre(centreOfChance(seed), async (centre) => {
      const { world, served } = centre;
      const random = new Random(`marks ${view} ${seed}`);
      const reply = await served.as('leader', '/api/units');
      const { units } = (await reply.json()) as z.infer<typeof unitsReply>;
      const tree = new UnitTree(units);
      const counts = ['study_sessions', 'visits', 'volunteers'] as const;
      for (const per of [undefined, 'member'] as const)
        for (const structure of [undefined, 'today'] as const) {
          const state: ViewState = {
            unit: random.pick(['C', world.units[random.int(0, world.units.length - 1)]?.code ?? 'C']),
            kpi: per ? random.pick(counts) : (kpis[random.int(0, kpis.length - 1)]?.id ?? 'visits'),
            years: [world.focusYear - 1, world.focusYear, world.focusYear + 1],
            asOf: asOfChance(random, world.yearStart),
            grain: random.pick<'month' | 'quarter'>(['month', 'quarter']),
            ...(random.chance(0.2) ? { kind: ['theme_day', 'enterprise_visit'] } : {}),
            ...(random.chance(0.3) ? { whole: true } : {}),
            ...(structure ? { structure } : {}),
            ...(per ? { per } : {}),
            yearStart: world.yearStart,
          };
          const drawn = await marksDisagree(centre, tree, { view, state, random });
          said.push(...drawn.said.map((s) => `seed ${seed}: ${s}`));
          opened += drawn.opened;
        }
    });
  expect(few(said), `${said.length} of ${opened}`).toEqual([]);
  expect(opened).toBeGreaterThan(10);
});
