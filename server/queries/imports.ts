import { createHash } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import type { Db } from '../../db/connect.ts';
import type { Database, ImportTable } from '../../db/types.ts';
import type { ImportProblem, ImportSheet } from '../../shared/api.ts';
import type { ImportReply, ImportSummary } from '../../shared/imports.ts';
import { dayIn } from '../../shared/clock.ts';
import { addMonths, isMonth, monthOf } from '../../shared/period.ts';
import { Refusal } from '../errors.ts';
import { withoutKnown } from '../ledger/known.ts';
import { judge, type JudgeContext } from '../ledger/parse.ts';
import { readFile } from '../ledger/read.ts';
import type { Staged } from '../ledger/staged.ts';
import { visible } from '../ledger/text.ts';
import { changing, dataVersion, system, type Doer } from './centre.ts';
import { settings } from './settings.ts';
import { knownContent, removeImport, storeStaged } from './staged-rows.ts';
import { listUnits } from './units.ts';

type LedgerFile = { readonly name: string; readonly bytes: Uint8Array };
export type ImportRequest = { readonly files: readonly LedgerFile[] } & JudgeContext['options'];

type Report = { readonly sheets: ImportSheet[]; readonly problems: ImportProblem[] };
type Row = Selectable<ImportTable>;

/**
 * Reads and judges ledgers, and keeps what a commit would store. Touches no record.
 * @throws Refusal 400 for a year or month that is none, 422 for an unknown unit or months in the wrong order
 */
export async function checkImport(
  db: Db,
  { files: sent, ...options }: ImportRequest,
  { now, actor }: Doer,
): Promise<ImportReply> {
  const units = await listUnits(db);
  const moment = now();
  // The centre's day: a year that ended there at midnight is over, wherever the machine stands.
  const today = dayIn((await settings(db)).timeZone, moment);
  refuseOptions(options, new Set(units.map((u) => u.code)), today);
  const files = sent.map(({ name, bytes }) => ({ name: fileName(name), bytes }));
  const read = files.map(({ name, bytes }) => readFile(name, bytes));
  const judged = judge(
    read.map((r) => r.sheets),
    { units, options, today },
  );
  const { sheets, problems, staged } = withoutKnown(judged, await knownContent(db, judged.staged));
  const report: Report = { sheets, problems: [...read.flatMap((r) => r.problems), ...problems] };
  const row = await db
    .insertInto('import')
    .values({
      status: 'checked',
      created_at: moment.toISOString(),
      actor,
      files: JSON.stringify(
        files.map(({ name, bytes }) => ({ name, sha256: sha256(bytes), bytes: bytes.length })),
      ),
      report: JSON.stringify(report),
      staged: JSON.stringify(staged),
      records: null,
      data_version: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return replyOf(row);
}

/** What stands in reports and on pages: no control or bidi characters, and no longer than file systems allow. */
const fileName = (name: string): string => visible(name).replace(/\s+/g, ' ').trim().slice(-255) || '?';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function refuseOptions(
  { unit, year, from, to }: JudgeContext['options'],
  codes: ReadonlySet<string>,
  today: string,
): void {
  const refuse = (status: 400 | 422, path: string, message: string): never => {
    throw new Refusal(status, `${path}: ${message}`, [{ path, message }]);
  };
  if (unit !== undefined && !codes.has(unit)) refuse(422, 'unit', `there is no unit "${unit}"`);
  if (year !== undefined && (!Number.isInteger(year) || year < 1949 || year > 2999))
    refuse(400, 'year', `"${year}" is not a year`);
  for (const [path, month] of [
    ['from', from],
    ['to', to],
  ] as const)
    if (month !== undefined && !isMonth(month)) refuse(400, path, `"${month}" is not a month (YYYY-MM)`);
  const last = addMonths(monthOf(today), 12);
  for (const [path, month] of [
    ['from', from],
    ['to', to],
  ] as const)
    if (month !== undefined && month > last)
      refuse(422, path, `${month} is far in the future; at most ${last}`);
  if (from !== undefined && to !== undefined && from > to) refuse(422, 'to', `${to} is before ${from}`);
}

/**
 * Stores a checked import: its records, contradictions and coverage in one transaction, or nothing at all.
 * What has come in since the check is dropped as a duplicate.
 * @throws Refusal 404 for an unknown import, 409 for one that is not waiting
 */
export async function commitImport(
  db: Db,
  id: number,
  { now, actor }: Doer = system,
): Promise<{ id: number; status: 'committed'; records: number; dataVersion: number }> {
  return db.transaction().execute(async (trx) => {
    const row = await importRow(trx, id);
    // The status is changed first, so that of two commits at once the second waits, and then finds nothing to do.
    const { numUpdatedRows } = await trx
      .updateTable('import')
      .set({ status: 'committed', staged: null })
      .where('id', '=', id)
      .where('status', '=', 'checked')
      .executeTakeFirst();
    if (row.staged === null || numUpdatedRows === 0n)
      throw new Refusal(409, `import ${id} is ${row.status}; only a checked one can be committed`);
    const staged = JSON.parse(row.staged) as Staged;
    const note = { at: now().toISOString(), actor, what: 'import', detail: String(id) } as const;
    const { records, dataVersion: version } = await changing(trx, note, (v) =>
      storeStaged(trx, { importId: id, version: v }, staged),
    );
    await trx.updateTable('import').set({ records, data_version: version }).where('id', '=', id).execute();
    return { id, status: 'committed', records, dataVersion: version };
  });
}

/**
 * Takes a committed import back, whole; drops one that is only checked.
 * @returns the number of records that are gone
 * @throws Refusal 404 for an unknown import, 409 for one that was taken back before
 */
export async function undoImport(
  db: Db,
  id: number,
  { now, actor }: Doer = system,
): Promise<{ id: number; status: 'undone' | 'dropped'; records: number; dataVersion: number }> {
  return db.transaction().execute(async (trx) => {
    const row = await importRow(trx, id);
    if (row.status !== 'committed' && row.status !== 'checked')
      throw new Refusal(409, `import ${id} is ${row.status} already`);
    const status = row.status === 'committed' ? 'undone' : 'dropped';
    const { numUpdatedRows } = await trx
      .updateTable('import')
      .set({ status, staged: null })
      .where('id', '=', id)
      .where('status', '=', row.status)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new Refusal(409, `import ${id} was changed at the same moment`);
    if (status === 'dropped') return { id, status, records: 0, dataVersion: await dataVersion(trx) };
    const note = { at: now().toISOString(), actor, what: 'undo', detail: String(id) } as const;
    const { records, dataVersion: version } = await changing(trx, note, (v) =>
      removeImport(trx, { importId: id, version: v }),
    );
    return { id, status, records, dataVersion: version };
  });
}

async function importRow(db: Kysely<Database>, id: number): Promise<Row> {
  const row = await db.selectFrom('import').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row)
    throw new Refusal(404, `there is no import ${id}`, [{ path: 'id', message: `there is no import ${id}` }]);
  return row;
}

/** One import with its sheets and problems. @throws Refusal 404 */
export const getImport = async (db: Db, id: number): Promise<ImportReply> => replyOf(await importRow(db, id));

/** All imports, the newest first. */
export async function listImports(db: Db): Promise<ImportSummary[]> {
  const rows = await db.selectFrom('import').selectAll().orderBy('id', 'desc').execute();
  return rows.map((row) => {
    const {
      sheets,
      problems,
      problemsTotal: _t,
      problemCounts: _c,
      questions: _q,
      twins: _w,
      twinsTotal: _n,
      replaces: _r,
      tooLongToCompare: _l,
      ...summary
    } = replyOf(row);
    const errors = problems.filter((p) => p.severity === 'error').length;
    const total = (figure: 'rows' | 'accepted'): number => sheets.reduce((sum, s) => sum + s[figure], 0);
    return {
      ...summary,
      counts: {
        sheets: sheets.length,
        rows: total('rows'),
        accepted: total('accepted'),
        errors,
        warnings: problems.length - errors,
      },
    };
  });
}

const replyOf = (row: Row): ImportReply => {
  const report = JSON.parse(row.report) as Report;
  return {
    id: row.id,
    status: row.status,
    progress: null,
    source: row.source,
    createdAt: row.created_at,
    actor: row.actor,
    files: JSON.parse(row.files) as ImportReply['files'],
    records: row.records,
    dataVersion: row.data_version,
    sheets: report.sheets.map((s, i) => ({
      ...s,
      key: String(i + 1),
      header: null,
      columns: [],
      lines: s.rows,
    })),
    problems: report.problems,
    problemsTotal: report.problems.length,
    problemCounts: [],
    questions: [],
    twins: [],
    twinsTotal: 0,
    replaces: [],
    tooLongToCompare: false,
  };
};
