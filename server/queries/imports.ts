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
import { dayIn } from '../../shared/clock.ts';
import { addMonths, isMonth, monthOf } from '../../shared/period.ts';
import { Refusal } from '../errors.ts';
import { checkFiles } from '../import/check.ts';
import { storeImport } from '../import/commit.ts';
import { maskedReport } from '../import/masked-report.ts';
import { dropFiles, keepFiles, type FileNote, type SentFile } from '../import/files.ts';
import { dropParts, keepLeftOut } from '../import/parts.ts';
import { removeImport } from '../import/remove.ts';
import { noReport, Reporting, type Report } from '../import/report.ts';
import { problem } from '../ledger/problem.ts';
import { vocabularyOf } from '../ledger/vocabulary.ts';
import { listVocabulary } from './vocabulary.ts';
import type { JudgeContext } from '../ledger/parse.ts';
import { visible } from '../ledger/text.ts';
import { limits as defaultLimits, type Limits, type Unreadable } from '../ledger/unreadable.ts';
import { changing, dataVersion, system, type Doer } from './centre.ts';
import { editsOfImport, rehomeEdited } from './edited-records.ts';
import { settings } from './settings.ts';
import { listUnits } from './units.ts';

type Options = JudgeContext['options'];
export type ImportRequest = { readonly files: readonly SentFile[] } & Options;

/** How far a check may go, and who hears how far it is. */
export type Course = {
  readonly limits?: Limits;
  readonly progress?: (at: ImportProgress) => void;
};

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

/**
 * Opens an import of files that are still to be read.
 * @returns its number
 * @throws Refusal 400 for a year or month that is none, 422 for an unknown unit or months in the wrong order
 */
export async function openImport(
  db: Db,
  { names, ...options }: { readonly names: readonly string[] } & Options,
  { now, actor }: Doer,
): Promise<number> {
  const moment = now();
  const units = await listUnits(db);
  refuseOptions(options, new Set(units.map((u) => u.code)), await centreDay(db, moment));
  const stated: Stated = { options, tables: [] };
  const { id } = await db
    .insertInto('import')
    .values({
      status: 'checked',
      checking: 1,
      created_at: moment.toISOString(),
      actor,
      files: JSON.stringify(names.map((name) => ({ name: fileName(name), sha256: '', bytes: 0 }))),
      report: JSON.stringify(noReport),
      options: JSON.stringify(stated),
      records: null,
      data_version: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The centre's day: a year that ended there at midnight is over, wherever the machine stands. */
const centreDay = async (db: Kysely<Database>, moment: Date): Promise<string> =>
  dayIn((await settings(db)).timeZone, moment);

/**
 * Keeps the files of an import, if they are new, reads and judges them, and stages what a commit would store. Touches
 * no record.
 * @throws Refusal 404 for an unknown import, 409 for one that is not waiting
 */
export async function readIn(
  db: Db,
  id: number,
  files: readonly SentFile[],
  { now }: Pick<Doer, 'now'>,
  { limits = defaultLimits, progress = silent }: Course = {},
): Promise<void> {
  const row = await waiting(db, id);
  if (files.length > 0) {
    const notes = await keepFiles(
      db,
      id,
      files.map((f) => ({ ...f, name: fileName(f.name) })),
      limits,
    );
    row.files = JSON.stringify(notes);
    await db.updateTable('import').set({ files: row.files }).where('id', '=', id).execute();
  }
  const { options, tables } = statedOf(row);
  const { halfDay, day } = await settings(db);
  const report = await checkFiles(db, id, JSON.parse(row.files) as FileNote[], {
    judge: {
      units: await listUnits(db),
      options,
      tables: new Map(tables.map((t) => [t.table, t])),
      today: await centreDay(db, now()),
      vocabulary: vocabularyOf(await listVocabulary(db)),
      dayHours: { halfDay, day },
    },
    limits,
    progress,
  });
  await finishCheck(db, id, report);
}

/** Ends a check with what it has found; one that was dropped meanwhile leaves nothing. */
async function finishCheck(db: Db, id: number, report: Report): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('import')
    .set({ checking: 0, report: JSON.stringify(report) })
    .where('id', '=', id)
    .where('status', '=', 'checked')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) await dropStaged(db, id);
}

/** Ends a check that could not be brought to its end: each of its files is refused for the reason given. */
export async function refuseFiles(db: Db, id: number, why: Unreadable): Promise<void> {
  const row = await importRow(db, id);
  await dropParts(db, id);
  const problems = (JSON.parse(row.files) as FileNote[]).map(({ name }) =>
    problem({ file: name, sheet: null }, why.code, { zh: why.zh, en: why.en }),
  );
  const reporting = new Reporting();
  for (const p of problems) reporting.problem(p);
  await finishCheck(db, id, reporting.report({ ...noReport, version: 0 }));
}

/** Opens an import, and reads its files at once. */
export async function checkImport(
  db: Db,
  { files, ...options }: ImportRequest,
  doer: Doer,
  course: Course = {},
): Promise<ImportReply> {
  const id = await openImport(db, { names: files.map((f) => f.name), ...options }, doer);
  await readIn(db, id, files, doer, course);
  return getImport(db, id);
}

/**
 * States what holds of single tables, to be checked again with it.
 * @throws Refusal 404, 409, 422 for an unknown table or unit, or months in the wrong order
 */
export async function stateTables(
  db: Db,
  id: number,
  tables: readonly TableChoice[],
  { now }: Pick<Doer, 'now'>,
): Promise<void> {
  const row = await waiting(db, id);
  const codes = new Set((await listUnits(db)).map((u) => u.code));
  const keys = new Set((JSON.parse(row.report) as Report).sheets.map((s) => s.key));
  const today = await centreDay(db, now());
  tables.forEach(({ table, unit, from, to }, i) => {
    if (!keys.has(table)) refuse(422, `tables.${i}.table`, `import ${id} has no table ${table}`);
    refuseOptions({ unit, from, to }, codes, today, `tables.${i}.`);
  });
  const stated: Stated = { ...statedOf(row), tables };
  const { numUpdatedRows } = await db
    .updateTable('import')
    .set({ checking: 1, options: JSON.stringify(stated) })
    .where('id', '=', id)
    .where('status', '=', 'checked')
    .where('checking', '=', 0)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new Refusal(409, `import ${id} is being checked; wait until that is done`);
}

/** What stands in reports and on pages: no control or bidi characters, and no longer than file systems allow. */
const fileName = (name: string): string => visible(name).replace(/\s+/g, ' ').trim().slice(-255) || '?';

const refuse = (status: 400 | 422, path: string, message: string): never => {
  throw new Refusal(status, `${path}: ${message}`, [{ path, message }]);
};

function refuseOptions(
  { unit, year, from, to }: Options,
  codes: ReadonlySet<string>,
  today: string,
  at = '',
): void {
  if (unit !== undefined && !codes.has(unit)) refuse(422, `${at}unit`, `there is no unit "${unit}"`);
  if (year !== undefined && (!Number.isInteger(year) || year < 1949 || year > 2999))
    refuse(400, `${at}year`, `"${year}" is not a year`);
  const last = addMonths(monthOf(today), 12);
  const months = [
    ['from', from],
    ['to', to],
  ] as const;
  for (const [path, month] of months)
    if (month !== undefined && !isMonth(month)) refuse(400, at + path, `"${month}" is not a month (YYYY-MM)`);
  for (const [path, month] of months)
    if (month !== undefined && month > last)
      refuse(422, at + path, `${month} is far in the future; at most ${last}`);
  if (from !== undefined && to !== undefined && from > to) refuse(422, `${at}to`, `${to} is before ${from}`);
}

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

async function dropStaged(db: Kysely<Database>, id: number): Promise<void> {
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
