import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Database } from '../../db/types.ts';
import { kpiOf } from '../../shared/charts/parts.ts';
import { views } from '../../shared/charts/views.ts';
import type { Answer } from '../../shared/query.ts';
import type { snapshotBody } from '../../shared/snapshots.ts';
import { UnitTree, type Unit } from '../../shared/unit.ts';
import { sayFacts } from '../snapshot/facts.ts';
import type { Sealed } from '../snapshot/sealed.ts';
import { answer } from './answer.ts';
import { centre } from './centre.ts';
import { parseQuery, stateOf } from './snapshot-state.ts';
import { listUnits } from './units.ts';

export type SnapshotBody = z.output<typeof snapshotBody>;

/**
 * The units that a drawing names: the scope's way up, what lies in it, those that the answers speak of
 * with theirs, and what these were merged from or into.
 */
function unitsFor(tree: UnitTree, scope: string, answers: readonly Answer[]): Unit[] {
  const named = answers.flatMap(({ cells, context }) => [
    ...cells.map((c) => c.unit),
    ...context.gaps.map((g) => g.unit),
    ...context.events.flatMap((e) => [e.unit, e.other ?? '']),
  ]);
  const codes = new Set(
    [...tree.subtree(scope).map((u) => u.code), ...named]
      .flatMap((code) => [code, tree.byCode.get(code)?.mergedInto ?? ''])
      .flatMap((code) => [...tree.path(code), ...formerPath(tree, code)])
      .map((u) => u.code),
  );
  for (const unit of tree.path(scope)) codes.add(unit.code);
  return tree.units.filter((u) => codes.has(u.code) || (u.mergedInto !== null && codes.has(u.mergedInto)));
}

/** Where the unit stood before, with the ways up from there. */
const formerPath = (tree: UnitTree, code: string): Unit[] =>
  (tree.byCode.get(code)?.past ?? []).flatMap((p) => (p.parent === null ? [] : tree.path(p.parent)));

/** What a seal says that is in no ledger. */
export type SealMaking = {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly maker: string;
  /** The address by which the pages are reached: the start of the snapshot's short one. */
  readonly publicUrl: string;
};

/**
 * The seal of a chart as the data stand within the transaction.
 * @throws Refusal 400 where the query does not parse, 422 where it names what does not exist
 */
export async function sealIn(
  trx: Kysely<Database>,
  body: SnapshotBody,
  { id, at, maker, publicUrl }: SealMaking,
): Promise<Sealed> {
  const query = parseQuery(body.query);
  const view = views[body.view];
  const lang = body.lang ?? 'zh';
  const tree = new UnitTree(await listUnits(trx));
  const known = await centre(trx, '');
  const state = stateOf(body.view, query, { tree, centre: known });
  const answers: Answer[] = [];
  for (const question of view.questions(state, tree)) answers.push(await answer(trx, question));
  const input = { state, answers, tree };
  const { id: kpi, name, unit, better, definition } = kpiOf(state);
  const sealed: Sealed = {
    format: 'hangbiao-snapshot/2',
    id,
    view: body.view,
    lang,
    title: body.title?.trim() || view.title(input, lang),
    says: view.says(input, lang),
    note: body.note?.trim() || null,
    demo: known.demo,
    maker,
    createdAt: at,
    dataVersion: answers[0]?.dataVersion ?? 0,
    state,
    kpi: { id: kpi, name, unit, better, definition },
    units: unitsFor(tree, state.unit, answers),
    answers,
    table: view.table(input, lang),
    link: `${publicUrl}/s/${id}`,
    facts: null,
  };
  return { ...sealed, facts: sayFacts(sealed) };
}
