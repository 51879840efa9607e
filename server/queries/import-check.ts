import type { Kysely } from 'kysely';
import type { Db } from '../../db/connect.ts';
import type { Database } from '../../db/types.ts';
import { dayIn } from '../../shared/clock.ts';
import type { ImportProgress, ImportReply, TableChoice } from '../../shared/imports.ts';
import { addMonths, isMonth, monthOf } from '../../shared/period.ts';
import { Refusal } from '../errors.ts';
import { checkFiles } from '../import/check.ts';
import { keepFiles, keptFile, sentBytes, type FileNote, type SentFile } from '../import/files.ts';
import { dropParts } from '../import/parts.ts';
import { noReport, Reporting, type Report } from '../import/report.ts';
import type { JudgeContext } from '../ledger/parse.ts';
import { problem } from '../ledger/problem.ts';
import { visible } from '../ledger/text.ts';
import { limits as defaultLimits, type Limits, type Unreadable } from '../ledger/unreadable.ts';
import { vocabularyOf } from '../ledger/vocabulary.ts';
import type { Doer } from './centre.ts';
import { dropStaged, getImport, importRow, statedOf, waiting, type Stated } from './imports.ts';
import { settings } from './settings.ts';
import { listUnits } from './units.ts';
import { listVocabulary } from './vocabulary.ts';

type Options = JudgeContext['options'];
export type ImportRequest = { readonly files: readonly SentFile[] } & Options;

/** How far a check may go, and who hears how far it is. */
export type Course = {
  readonly limits?: Limits;
  readonly progress?: (at: ImportProgress) => void;
};
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
  const checked = (JSON.parse(row.files) as FileNote[]).map(({ name }, i) => ({
    name,
    bytes: async () => (files[i] ? sentBytes(files[i], limits) : keptFile(db, id, i + 1)),
  }));
  const report = await checkFiles(db, id, checked, {
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
