import { randomBytes } from 'node:crypto';
import type { Insertable, Kysely } from 'kysely';
import type { z } from 'zod';
import type { Db } from '../../db/connect.ts';
import type { Database, SnapshotFileTable, SnapshotTable } from '../../db/types.ts';
import { kpiOf } from '../../shared/charts/parts.ts';
import { views } from '../../shared/charts/views.ts';
import type { Answer } from '../../shared/query.ts';
import type { snapshotBody, SnapshotMeta } from '../../shared/snapshots.ts';
import { UnitTree, type Unit } from '../../shared/unit.ts';
import { sayFacts } from '../snapshot/facts.ts';
import type { Renderer } from '../snapshot/render-thread.ts';
import { canonicalJson, sha256, type Sealed } from '../snapshot/sealed.ts';
import { variantOf } from '../snapshot/variant.ts';
import { answer } from './answer.ts';
import { centre } from './centre.ts';
import { fileRow } from './snapshot-files.ts';
import { parseQuery, stateOf } from './snapshot-state.ts';
import { getSnapshot, type SnapshotAsker } from './snapshots.ts';
import { listUnits } from './units.ts';

type Body = z.output<typeof snapshotBody>;

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

export type Sealing = {
  readonly now: () => Date;
  readonly who: SnapshotAsker;
  readonly renderer: Renderer;
  /** The address by which the pages are reached: the start of the snapshot's short one. */
  readonly publicUrl: string;
  /** Names the snapshot: at least 12 characters that an address can hold. */
  readonly newId?: () => string;
};

/**
 * Seals a chart: what was asked, the answers, the words, and who made it when from which data. Its picture is
 * made at once, by the program that showed it.
 * @throws Refusal 400 where the query does not parse, 422 where it names what does not exist
 */
export async function createSnapshot(db: Db, body: Body, by: Sealing): Promise<SnapshotMeta> {
  // One transaction: an import between two of the view's questions would seal two versions as one.
  const sealed = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((trx) => sealIn(trx, body, by));
  const rows = await rowsOf(sealed, by);
  await db.transaction().execute((trx) => keepSnapshot(trx, rows));
  return getSnapshot(db, sealed.id, by.who);
}

export type SnapshotRows = {
  readonly snapshot: Insertable<SnapshotTable>;
  readonly picture: Insertable<SnapshotFileTable>;
};

/** A seal as it is stored, with its picture: made before it is written, since nobody else can write meanwhile. */
export async function rowsOf(sealed: Sealed, { renderer, now }: Sealing): Promise<SnapshotRows> {
  const text = canonicalJson(sealed);
  const variant = variantOf('svg');
  const bytes = await renderer.make(text, variant);
  return {
    snapshot: {
      id: sealed.id,
      created_at: sealed.createdAt,
      maker: sealed.maker,
      view: sealed.view,
      title: sealed.title,
      note: sealed.note,
      data_version: sealed.dataVersion,
      sha256: sha256(text),
      sealed: text,
      units: JSON.stringify([sealed.state.unit, ...(sealed.state.beside ?? [])]),
      kpi: sealed.kpi.id,
      lang: sealed.lang,
      link: sealed.link,
    },
    picture: fileRow(sealed.id, variant, { bytes, now: now() }),
  };
}

export async function keepSnapshot(
  trx: Kysely<Database>,
  { snapshot, picture }: SnapshotRows,
): Promise<void> {
  await trx.insertInto('snapshot').values(snapshot).execute();
  await trx.insertInto('snapshot_file').values(picture).execute();
}

/**
 * The seal of a chart as the data stand within the transaction.
 * @throws Refusal 400 where the query does not parse, 422 where it names what does not exist
 */
export async function sealIn(
  trx: Kysely<Database>,
  body: Body,
  { now, who, publicUrl, newId = () => randomBytes(12).toString('base64url') }: Sealing,
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
  const id = newId();
  const sealed: Sealed = {
    format: 'hangbiao-snapshot/2',
    id,
    view: body.view,
    lang,
    title: body.title?.trim() || view.title(input, lang),
    says: view.says(input, lang),
    note: body.note?.trim() || null,
    demo: known.demo,
    maker: who.name,
    createdAt: now().toISOString(),
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
