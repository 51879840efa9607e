import SqliteDatabase from 'better-sqlite3';
import {
  Kysely,
  PostgresDialect,
  SqliteDialect,
  type SqliteDatabase as SqliteDatabaseOfKysely,
} from 'kysely';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import pg from 'pg';
import { dialects, type Dialect } from './dialect.ts';
import { migrate } from './migrate.ts';
import type { Database } from './types.ts';

export type Db = Kysely<Database>;
export type Connection = { readonly db: Db; readonly dialect: Dialect };

/**
 * Opens the database named by a `DATABASE_URL` and migrates it.
 * @param url `sqlite:PATH` (`sqlite::memory:` for tests) or `postgres://…`
 * @throws when the file or the server cannot be reached
 */
export async function connect(url: string): Promise<Connection> {
  const connection = url.startsWith('sqlite:') ? openSqlite(url.slice('sqlite:'.length)) : openPostgres(url);
  await migrate(connection.db, connection.dialect);
  return connection;
}

/**
 * A further connection to a database that is open and migrated, for a thread that only reads: it can write nothing.
 * @param url `sqlite:PATH` (none in memory, which no other connection can open) or `postgres://…`
 */
export const connectToRead = (url: string): Connection =>
  url.startsWith('sqlite:') ? readSqlite(url.slice('sqlite:'.length)) : openPostgres(url, READING);

/** One who reads asks one question after another; and PostgreSQL itself refuses it to write. */
const READING = { max: 1, options: '-c default_transaction_read_only=on' } as const;

function readSqlite(path: string): Connection {
  const database = new SqliteDatabase(path, { readonly: true });
  for (const pragma of ['busy_timeout = 5000', 'cache_size = -16384']) database.pragma(pragma);
  const dialect = new SqliteDialect({ database });
  return { db: new Kysely<Database>({ dialect }), dialect: dialects.sqlite };
}

function openSqlite(path: string): Connection {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const database = new SqliteDatabase(path);
  // Bytes, of a new file: a record's row with its cells fits a page several times over, and what is staged needs fewer.
  database.pragma('page_size = 8192');
  // WAL lets pages be read while an import is written; NORMAL is durable against a crash of the process.
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = NORMAL',
    'foreign_keys = ON',
    'busy_timeout = 5000',
    // Kilobytes: a large commit touches more pages than the usual 2 MB hold, and would write them over and over.
    'cache_size = -16384',
  ])
    database.pragma(pragma);
  const dialect = new SqliteDialect({ database: preparedOnce(database) });
  return { db: new Kysely<Database>({ dialect }), dialect: dialects.sqlite };
}

const mostPrepared = 200;

/** An INSERT that comes again and again, as a commit's does, is prepared once: that takes longer than running it. */
function preparedOnce(database: SqliteDatabase.Database): SqliteDatabaseOfKysely {
  const prepared = new Map<string, SqliteDatabase.Statement>();
  return {
    close: () => void database.close(),
    prepare: (sql) => {
      if (!sql.startsWith('insert into')) return database.prepare(sql) as never;
      const statement = prepared.get(sql) ?? database.prepare(sql);
      if (prepared.size >= mostPrepared) prepared.clear();
      prepared.set(sql, statement);
      return statement as never;
    },
  };
}

// PostgreSQL counts in int8 and numeric, which arrive as text; the figures here stay far below 2^53.
const toNumber = (text: string): number => Number(text);
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, toNumber);
types.setTypeParser(pg.types.builtins.NUMERIC, toNumber);

function openPostgres(url: string, of: Pick<pg.PoolConfig, 'max' | 'options'> = { max: 8 }): Connection {
  const pool = new pg.Pool({ connectionString: url, types, ...of });
  // An idle connection that the server drops is replaced at the next query; unheard, it would end the process.
  pool.on('error', () => {});
  return { db: new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }), dialect: dialects.postgres };
}
