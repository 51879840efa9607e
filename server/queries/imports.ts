import type { Kysely, Selectable } from 'kysely';
import type { Db } from '../../db/connect.ts';
import type { Database, ImportTable } from '../../db/types.ts';
import type {
  CommitChoices,
  ImportProgress,
  ImportReply,
  ImportSummary,
  Replaced,
  TableChoice,
} from '../../shared/imports.ts';
import { Refusal } from '../errors.ts';
import { storeImport } from '../import/commit.ts';
import { maskedReport } from '../import/masked-report.ts';
import { dropFiles } from '../import/files.ts';
import { dropParts, keepLeftOut } from '../import/parts.ts';
import { removeImport } from '../import/remove.ts';
import { noReport, type Report } from '../import/report.ts';
import type { JudgeContext } from '../ledger/parse.ts';
import { changing, dataVersion, system, type Doer } from './centre.ts';
import { editsOfImport, rehomeEdited } from './edited-records.ts';
import { settings } from './settings.ts';

type Options = JudgeContext['options'];
/** What is kept of an import beside its report: what was stated of all its files, and of single tables. */
export type Stated = {
  readonly options: Options;
  readonly tables: readonly TableChoice[];
  /** Of a committed one, the spans in which it took the place of what was stored. */
  readonly replace?: readonly Replaced[];
};

type Row = Selectable<ImportTable>;
export const statedOf = (row: Pick<Row, 'options'>): Stated => ({
  options: {},
  tables: [],
  ...(JSON.parse(row.options) as Partial<Stated>),
});

const silent = (): void => {};

export type Commit = {
  readonly choices?: CommitChoices;
  readonly progress?: (at: ImportProgress) => void;
};
const noChoices: CommitChoices = { replace: [], twins: [] };

/**
 * Stores a checked import: its records, contradictions and coverage in one transaction, or nothing at all.
 * What has come in since the check is dropped as a duplicate.
 * @throws Refusal 404 for an unknown import, 409 for one that is not waiting, 422 for a choice that it does not offer
 */
export async function commitImport(
  db: Db,
  id: number,
  { now, actor }: Doer = system,
  { choices = noChoices, progress = silent }: Commit = {},
): Promise<{ id: number; status: 'committed'; records: number; dataVersion: number }> {
  return db.transaction().execute(async (trx) => {
    const row = await waiting(trx, id);
    // The status is changed first, so that of two commits at once the second waits, and then finds nothing to do.
    const { numUpdatedRows } = await trx
      .updateTable('import')
      .set({ status: 'committed' })
      .where('id', '=', id)
      .where('status', '=', 'checked')
      .where('checking', '=', 0)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw notWaiting(row);
    const report = JSON.parse(row.report) as Report;
    const note = { at: now().toISOString(), actor, what: 'import', detail: String(id) } as const;
    const { records, dataVersion: version } = await changing(trx, note, async (v) => {
      // Asked once the change has its turn: names are not stored that another change has just ruled out.
      const { keepNames } = await settings(trx);
      return storeImport(trx, { importId: id, version: v }, { report, choices, keepNames, progress });
    });
    // What a later undo goes by.
    const options = JSON.stringify({ ...statedOf(row), replace: choices.replace } satisfies Stated);
    await trx
      .updateTable('import')
      .set({ records, data_version: version, report: JSON.stringify(maskedReport(report)), options })
      .where('id', '=', id)
      .execute();
    await dropFiles(trx, id);
    await keepLeftOut(trx, id, report);
    return { id, status: 'committed', records, dataVersion: version };
  });
}

/**
 * Takes a committed import back, whole; drops one that is only checked, or is being checked.
 * @param edited what becomes of records that were corrected by hand since: they stay, or go with the others
 * @returns the number of records that are gone
 * @throws Refusal 404 for an unknown import, 409 for one that was taken back before, and where records were corrected
 *   by hand and nothing is said of them
 */
export async function undoImport(
  db: Db,
  id: number,
  doer: Doer = system,
  edited?: 'keep' | 'drop',
): Promise<{ id: number; status: 'undone' | 'dropped'; records: number; dataVersion: number }> {
  const { now, actor } = doer;
  return db.transaction().execute(async (trx) => {
    const row = await importRow(trx, id);
    if (row.status === 'committed' && edited === undefined) await refuseEdited(trx, id);
    if (row.status !== 'committed' && row.status !== 'checked')
      throw new Refusal(409, `import ${id} is ${row.status} already`);
    const status = row.status === 'committed' ? 'undone' : 'dropped';
    const { numUpdatedRows } = await trx
      .updateTable('import')
      .set({ status, checking: 0 })
      .where('id', '=', id)
      .where('status', '=', row.status)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new Refusal(409, `import ${id} was changed at the same moment`);
    await dropStaged(trx, id);
    if (status === 'dropped') {
      await maskReport(trx, row);
      return { id, status, records: 0, dataVersion: await dataVersion(trx) };
    }
    const note = { at: now().toISOString(), actor, what: 'undo', detail: String(id) } as const;
    const { records, dataVersion: version } = await changing(trx, note, async (v) => {
      if (edited === 'keep') await rehomeEdited(trx, id, doer, v);
      return removeImport(trx, { importId: id, version: v });
    });
    return { id, status, records, dataVersion: version };
  });
}

/** @throws Refusal 409 where records were corrected by hand since: they would be lost in silence */
async function refuseEdited(trx: Kysely<Database>, id: number): Promise<void> {
  const { edits } = await editsOfImport(trx, id);
  if (edits.length === 0) return;
  throw new Refusal(
    409,
    `${edits.length} of the records of import ${id} were corrected by hand since; say edited=keep or edited=drop`,
    edits.map((e) => ({
      path: `${e.unit}/${e.record}`,
      message: `corrected on ${e.at.slice(0, 10)} by ${e.actor}: ${e.why}`,
    })),
  );
}

/** Takes away what an import holds beside its report: its files, and its lines as they were read. */
export async function dropStaged(db: Kysely<Database>, id: number): Promise<void> {
  await dropFiles(db, id);
  await dropParts(db, id);
}

/** What stays of an import names nobody. */
const maskReport = async (db: Kysely<Database>, { id, report }: Pick<Row, 'id' | 'report'>): Promise<void> =>
  void (await db
    .updateTable('import')
    .set({ report: JSON.stringify(maskedReport(JSON.parse(report) as Report)) })
    .where('id', '=', id)
    .execute());

/** Drops the imports whose check a stop of the server has broken off: their files can be given again. */
export async function dropBrokenOff(db: Db): Promise<void> {
  const rows = await db.selectFrom('import').select(['id', 'report']).where('checking', '=', 1).execute();
  for (const { id, report } of rows) {
    await maskReport(db, { id, report });
    await db.updateTable('import').set({ status: 'dropped', checking: 0 }).where('id', '=', id).execute();
    await dropStaged(db, id);
  }
}

export async function importRow(db: Kysely<Database>, id: number): Promise<Row> {
  const row = await db.selectFrom('import').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row)
    throw new Refusal(404, `there is no import ${id}`, [{ path: 'id', message: `there is no import ${id}` }]);
  return row;
}

/** An import that waits for a commit, or is being checked. @throws Refusal 404, 409 */
export async function waiting(db: Kysely<Database>, id: number): Promise<Row> {
  const row = await importRow(db, id);
  if (row.status !== 'checked') throw notWaiting(row);
  return row;
}

const notWaiting = ({ id, status, checking }: Row): Refusal =>
  new Refusal(
    409,
    checking === 1
      ? `import ${id} is still being checked; wait until that is done`
      : `import ${id} is ${status}; only a checked one can be committed`,
  );

/** One import with its sheets and problems. @throws Refusal 404 */
export const getImport = async (
  db: Db,
  id: number,
  progress: ImportProgress | null = null,
): Promise<ImportReply> => replyOf(await importRow(db, id), progress);

/** All imports, the newest first. */
export async function listImports(
  db: Db,
  progressOf: (id: number) => ImportProgress | null = () => null,
): Promise<ImportSummary[]> {
  const rows = await db.selectFrom('import').selectAll().orderBy('id', 'desc').execute();
  return rows.map((row) => {
    const { sheets, problemsTotal, problemCounts } = JSON.parse(row.report) as Report;
    const errors = problemCounts.filter((p) => p.severity === 'error').reduce((sum, p) => sum + p.count, 0);
    const total = (figure: 'rows' | 'accepted'): number => sheets.reduce((sum, s) => sum + s[figure], 0);
    return {
      ...headOf(row, progressOf(row.id)),
      counts: {
        sheets: sheets.length,
        rows: total('rows'),
        accepted: total('accepted'),
        errors,
        warnings: problemsTotal - errors,
      },
    };
  });
}

const headOf = (row: Row, progress: ImportProgress | null): Omit<ImportSummary, 'counts'> => ({
  id: row.id,
  status: row.checking === 1 ? 'checking' : row.status,
  progress,
  source: row.source,
  createdAt: row.created_at,
  actor: row.actor,
  files: JSON.parse(row.files) as ImportReply['files'],
  records: row.records,
  dataVersion: row.data_version,
});

function replyOf(row: Row, progress: ImportProgress | null = null): ImportReply {
  const {
    coverage: _coverage,
    version: _version,
    ...report
  } = {
    ...noReport,
    ...(JSON.parse(row.report) as Report),
  };
  return { ...headOf(row, progress), ...report, stated: [...statedOf(row).tables] };
}
