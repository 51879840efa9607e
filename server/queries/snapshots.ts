import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Db } from '../../db/connect.ts';
import type { snapshotBody, driftReply, SnapshotMeta } from '../../shared/api.ts';
import { kpiOf } from '../../shared/charts/parts.ts';
import { views } from '../../shared/charts/views.ts';
import type { Answer, Cell } from '../../shared/query.ts';
import { UnitTree, type Unit } from '../../shared/unit.ts';
import type { ViewId } from '../../shared/views.ts';
import { Refusal } from '../errors.ts';
import { snapshotCsv } from '../snapshot/csv.ts';
import { toPng } from '../snapshot/png.ts';
import { canonicalJson, readSealed, sha256, type Sealed } from '../snapshot/sealed.ts';
import { renderSheet } from '../snapshot/sheet.ts';
import { answer } from './answer.ts';
import { centre, dataVersion } from './centre.ts';
import { parseQuery, stateOf } from './snapshot-state.ts';
import { listUnits } from './units.ts';

type Body = z.output<typeof snapshotBody>;
type Drift = z.output<typeof driftReply>;
type SnapshotFile = { readonly type: string; readonly bytes: Uint8Array; readonly fileName: string };

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

/**
 * Seals a chart: what was asked, the answers, the words, and who made it when from which data.
 * @param newId names the snapshot; at least 12 characters that an address can hold
 * @throws Refusal 400 where the query does not parse, 422 where it names what does not exist
 */
export async function createSnapshot(
  db: Db,
  body: Body,
  {
    now,
    maker,
    newId = () => randomBytes(12).toString('base64url'),
  }: { now: () => Date; maker: string; newId?: () => string },
): Promise<SnapshotMeta> {
  const query = parseQuery(body.query);
  const view = views[body.view];
  const lang = body.lang ?? 'zh';
  // One transaction: an import between two of the view's questions would seal two versions as one.
  const { state, answers, tree, demo } = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const units = new UnitTree(await listUnits(trx));
      const known = await centre(trx, '');
      const asked = stateOf(body.view, query, { tree: units, centre: known });
      const answered: Answer[] = [];
      for (const question of view.questions(asked, units)) answered.push(await answer(trx, question));
      return { state: asked, answers: answered, tree: units, demo: known.demo };
    });
  const input = { state, answers, tree };
  const { id, name, unit, better, definition } = kpiOf(state);
  const sealed: Sealed = {
    format: 'hangbiao-snapshot/1',
    id: newId(),
    view: body.view,
    lang,
    title: body.title?.trim() || view.title(input, lang),
    says: view.says(input, lang),
    note: body.note?.trim() || null,
    demo,
    maker,
    createdAt: now().toISOString(),
    dataVersion: answers[0]?.dataVersion ?? 0,
    state,
    kpi: { id, name, unit, better, definition },
    units: unitsFor(tree, state.unit, answers),
    answers,
    table: view.table(input, lang),
  };
  return store(db, sealed);
}

async function store(db: Db, sealed: Sealed): Promise<SnapshotMeta> {
  const text = canonicalJson(sealed);
  const row = {
    id: sealed.id,
    created_at: sealed.createdAt,
    maker: sealed.maker,
    view: sealed.view,
    title: sealed.title,
    note: sealed.note,
    data_version: sealed.dataVersion,
    sha256: sha256(text),
    sealed: text,
    svg: renderSheet(sealed),
  };
  await db.insertInto('snapshot').values(row).execute();
  return metaOf(row);
}

type Row = {
  id: string;
  created_at: string;
  maker: string;
  view: string;
  title: string;
  note: string | null;
  data_version: number;
  sha256: string;
};
const columns = ['id', 'created_at', 'maker', 'view', 'title', 'note', 'data_version', 'sha256'] as const;

const metaOf = (row: Row): SnapshotMeta => ({
  id: row.id,
  url: `/api/snapshots/${row.id}.svg`,
  sha256: row.sha256,
  dataVersion: row.data_version,
  createdAt: row.created_at,
  view: row.view as ViewId,
  title: row.title,
  note: row.note,
  maker: row.maker,
});

/** All snapshots, the newest first. */
export async function listSnapshots(db: Db): Promise<SnapshotMeta[]> {
  const rows = await db
    .selectFrom('snapshot')
    .select(columns)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(metaOf);
}

const unknown = (id: string): Refusal =>
  new Refusal(404, `There is no snapshot "${id}"`, [{ path: 'id', message: 'is not a snapshot' }]);

/** @throws Refusal 404 */
export async function getSnapshot(db: Db, id: string): Promise<SnapshotMeta> {
  const row = await db.selectFrom('snapshot').select(columns).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw unknown(id);
  return metaOf(row);
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const formats: Record<
  string,
  { type: string; bytes: (row: { sealed: string; svg: string }) => Uint8Array | Promise<Uint8Array> }
> = {
  svg: { type: 'image/svg+xml; charset=utf-8', bytes: (row) => utf8(row.svg) },
  png: { type: 'image/png', bytes: (row) => toPng(row.svg) },
  csv: {
    type: 'text/csv; charset=utf-8',
    bytes: (row) => utf8(snapshotCsv(readSealed(row.sealed))),
  },
  json: { type: 'application/json; charset=utf-8', bytes: (row) => utf8(row.sealed) },
};

/**
 * A snapshot as a file. Nothing is asked anew: the file is made from the seal alone.
 * @throws Refusal 404 where there is no such snapshot, or no such format
 */
export async function snapshotFile(db: Db, id: string, format: string): Promise<SnapshotFile> {
  const made = Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (made === undefined)
    throw new Refusal(404, `A snapshot is not made as "${format}"`, [
      { path: 'format', message: `there are ${Object.keys(formats).join(', ')}` },
    ]);
  const row = await db
    .selectFrom('snapshot')
    .select(['title', 'sealed', 'svg'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw unknown(id);
  return {
    type: made.type,
    bytes: await made.bytes(row),
    fileName: `${fileTitle(row.title)}-${id}.${format}`,
  };
}

/** A title as a file's name: no separator, no control character, not endless. */
const fileTitle = (title: string): string =>
  [...title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '')].slice(0, 60).join('') || 'snapshot';

/**
 * The sealed cells whose figures are no longer the same.
 * `now` is null where the question cannot be asked any more.
 * @throws Refusal 404
 */
export async function drift(db: Db, id: string): Promise<Drift> {
  const row = await db
    .selectFrom('snapshot')
    .select(['sealed', 'data_version'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw unknown(id);
  const sealed = readSealed(row.sealed);
  const changed: Drift['changed'] = [];
  for (const then of sealed.answers) {
    const { by, kind, per, knownOn, yearStart: _, ...asked } = then.query;
    const question = {
      ...asked,
      ...(by === null ? {} : { by }),
      ...(kind === null ? {} : { kind }),
      ...(per === null || per === undefined ? {} : { per }),
      ...(knownOn === null || knownOn === undefined ? {} : { knownOn }),
    };
    const now = await askAgain(db, question);
    for (const cell of then.cells) {
      const current = now.get(keyOf(cell)) ?? null;
      if (current === null || canonicalJson(current) !== canonicalJson(cell))
        changed.push({ sealed: cell, now: current });
    }
  }
  return { id, sealedVersion: row.data_version, currentVersion: await dataVersion(db), changed };
}

const keyOf = ({ kpi, unit, kind, period }: Cell): string => [kpi, unit, kind ?? '', period].join('\n');

async function askAgain(db: Db, question: Parameters<typeof answer>[1]): Promise<ReadonlyMap<string, Cell>> {
  try {
    const { cells } = await answer(db, question);
    return new Map(cells.map((c) => [keyOf(c), c]));
  } catch (error) {
    // A unit may be gone; then every figure of it has changed.
    if (error instanceof Refusal) return new Map();
    throw error;
  }
}
