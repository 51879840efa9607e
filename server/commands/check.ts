import { sql } from 'kysely';
import { createHash } from 'node:crypto';
import type { Connection, Db } from '../../db/connect.ts';
import { recordTables } from '../../db/types.ts';
import { Failed, withDatabase, type Register } from './command.ts';

type Finding = { readonly check: string; readonly ok: boolean; readonly detail: string };

/** `check`: is the database whole, and does it hold what its imports say? */
export const registerCheck: Register = (program, shell) => {
  program
    .command('check')
    .description("the database's integrity, and the records of every import counted again")
    .option('--json', 'for machines')
    .action(async ({ json }: { json?: true }) => {
      const findings = await withDatabase(shell, checkDatabase);
      const ok = findings.every((f) => f.ok);
      if (json) shell.out(JSON.stringify({ ok, checks: findings }));
      else for (const f of findings) shell.out(`${f.ok ? 'ok    ' : 'FAULT '} ${f.check}: ${f.detail}`);
      if (!ok) throw new Failed();
    });
};

export async function checkDatabase(connection: Connection): Promise<Finding[]> {
  return [
    ...(await fileIntegrity(connection)),
    await importCounts(connection),
    await kindsPresent(connection),
    await sealsWhole(connection),
    { check: 'rollups', ok: true, detail: 'none are kept yet: every figure is computed from its records' },
  ];
}

/** SQLite's own tests of the file; PostgreSQL keeps its files and its foreign keys itself. */
async function fileIntegrity({ db, dialect }: Connection): Promise<Finding[]> {
  if (dialect.engine !== 'sqlite')
    return [{ check: 'foreign keys', ok: true, detail: 'held by PostgreSQL at every write' }];
  const pages = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db);
  const keys = await sql<{ table: string; parent: string }>`pragma foreign_key_check`.execute(db);
  const [first] = pages.rows;
  const [orphan] = keys.rows;
  return [
    {
      check: 'integrity',
      ok: pages.rows.length === 1 && first?.integrity_check === 'ok',
      detail: pages.rows
        .map((r) => r.integrity_check)
        .slice(0, 5)
        .join('; '),
    },
    {
      check: 'foreign keys',
      ok: !orphan,
      detail: orphan
        ? `${keys.rows.length} rows point to nothing, first ${orphan.table} > ${orphan.parent}`
        : 'every one points to a row',
    },
  ];
}

async function importCounts({ db }: Connection): Promise<Finding> {
  const stored = new Map<number, number>();
  for (const table of recordTables) {
    if (table === 'contradiction') continue;
    const rows = await db
      .selectFrom(table)
      .select((e) => ['import_id', e.fn.countAll<number>().as('n')])
      .groupBy('import_id')
      .execute();
    for (const { import_id, n } of rows) stored.set(import_id, (stored.get(import_id) ?? 0) + Number(n));
  }
  const imports = await db.selectFrom('import').select(['id', 'status', 'records']).execute();
  const wrong: string[] = [];
  for (const { id, status, records } of imports) {
    const due = status === 'committed' ? (records ?? 0) : 0;
    const found = stored.get(id) ?? 0;
    if (due === found) continue;
    // Fewer than were stored: the others were removed by hand, or a later import took their place.
    const left = status === 'committed' && found < due ? await takenOut(db, id) : 0;
    if (found + left !== due) wrong.push(`import ${id} (${status}) has ${found + left} of ${due}`);
  }
  const total = [...stored.values()].reduce((a, b) => a + b, 0);
  return {
    check: 'records of imports',
    ok: wrong.length === 0,
    detail:
      wrong.length === 0
        ? `${total} records, as ${imports.length} imports say`
        : wrong.slice(0, 5).join('; '),
  };
}

/** How many of an import's records are no more, by the journal of the past. */
async function takenOut(db: Db, importId: number): Promise<number> {
  let gone = 0;
  for (const table of recordTables) {
    if (table === 'contradiction') continue;
    const images = await db
      .selectFrom('past')
      .select('row')
      .where('table_name', '=', table)
      .where('row', 'like', `%"import_id":${importId},%`)
      .execute();
    const there = await db
      .selectFrom(table)
      .select(['unit', 'id'])
      .where('import_id', '=', importId)
      .execute();
    const past = new Set<string>();
    for (const { row } of images) {
      const { unit, id, import_id } = JSON.parse(row) as { unit: string; id: string; import_id: number };
      // Cells of the row may say anything.
      if (import_id === importId) past.add(`${unit} ${id}`);
    }
    for (const { unit, id } of there) past.delete(`${unit} ${id}`);
    gone += past.size;
  }
  return gone;
}

/** Seals and files of snapshots, held against the hashes that were written beside them. */
async function sealsWhole({ db }: Connection): Promise<Finding> {
  const hashOf = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
  const broken: string[] = [];
  const seals = await db.selectFrom('snapshot').select('id').execute();
  let files = 0;
  // One at a time: together they may be more than memory holds.
  for (const { id } of seals) {
    const seal = await db
      .selectFrom('snapshot')
      .select(['sealed', 'sha256'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (hashOf(seal.sealed) !== seal.sha256) broken.push(`the seal of ${id} is broken`);
    const kept = await db.selectFrom('snapshot_file').selectAll().where('snapshot_id', '=', id).execute();
    files += kept.length;
    for (const file of kept)
      if (hashOf(file.bytes) !== file.sha256) broken.push(`${file.variant} of ${id} is another file`);
  }
  return {
    check: 'snapshots',
    ok: broken.length === 0,
    detail:
      broken.length === 0
        ? `${seals.length} seals and ${files} files, as first made`
        : broken.slice(0, 5).join('; '),
  };
}

async function kindsPresent({ db }: Connection): Promise<Finding> {
  const { n } = await db
    .selectFrom('activity')
    .leftJoin('activity_kind', (j) =>
      j
        .onRef('activity_kind.unit', '=', 'activity.unit')
        .onRef('activity_kind.activity_id', '=', 'activity.id'),
    )
    .where('activity_kind.kind', 'is', null)
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return {
    check: 'kinds of activities',
    ok: Number(n) === 0,
    detail: Number(n) === 0 ? 'every activity has one' : `${n} activities have none`,
  };
}
