import {
  sql,
  SqliteAdapter,
  type ColumnDataType,
  type CreateTableBuilder,
  type Expression,
  type Kysely,
  type RawBuilder,
} from 'kysely';

/** The engines. Every difference between them that the code must know is in this file. */
export type Engine = 'sqlite' | 'postgres';

export type ColumnType = 'text' | 'integer' | 'real';
/** Where in nested JSON arrays: `[4, 0]` is the first item of the fifth. */
type Path = readonly number[];

/** Reads JSON within a statement, so that rows kept as JSON become rows of a table without a way through this process. */
export type JsonReading = {
  /** For FROM: the items of an array in a text, each as the column `value`, itself JSON to be read on. */
  items(array: Expression<unknown>, name: string): RawBuilder<unknown>;
  /** For FROM: the texts in an array within such a value, each as the column `value`. */
  texts(value: Expression<unknown>, path: Path, name: string): RawBuilder<unknown>;
  /** What stands in such a value; null where nothing does. */
  at(value: Expression<unknown>, path: Path, type: ColumnType): RawBuilder<unknown>;
  /** What stands there, to be read on: one way to it for many reads. */
  within(value: Expression<unknown>, path: Path): RawBuilder<unknown>;
  /** The same as JSON, letter for letter as it was written. */
  written(value: Expression<unknown>, path: Path): RawBuilder<unknown>;
};

export type Dialect = {
  readonly engine: Engine;
  readonly types: {
    readonly real: ColumnDataType;
    readonly id: RawBuilder<unknown>;
    readonly bytes: ColumnDataType;
  };
  /** SQLite's own typing is loose unless a table is STRICT. */
  strict<T extends string, C extends string>(table: CreateTableBuilder<T, C>): CreateTableBuilder<T, C>;
  /** Sets how many megabytes of the database a connection may hold in memory; a server of its own sees to that itself. */
  room(db: Kysely<never>, megabytes: number): Promise<void>;
  /**
   * SQLite copies what a commit has written from its log into the file before it says that all is stored, though a log is
   * as safe: held, the log is left to `foldLog`, to be called once that is said. A server of its own sees to that itself.
   */
  holdLog(db: Kysely<never>, isHeld: boolean): Promise<void>;
  foldLog(db: Kysely<never>): Promise<void>;
  /** Rows bound in one INSERT: engines limit the number of parameters. */
  readonly maxParameters: number;
  readonly json: JsonReading;
  /**
   * Writes more rows into a table than it holds: its indexes are made after them, in the same transaction, which takes a
   * fraction of the time. Where that would make readers wait they stay.
   */
  inBulk<T>(trx: Kysely<never>, table: string, write: () => Promise<T>): Promise<T>;
};

const jsonPath = (path: Path): RawBuilder<unknown> => sql.lit(`$${path.map((i) => `[${i}]`).join('')}`);
const pgPath = (path: Path): RawBuilder<unknown> => sql.lit(`{${path.join(',')}}`);
const pgTypes = { text: 'text', integer: 'integer', real: 'double precision' } as const;

// Pages of the log from which on a commit folds it, where nothing else is said: SQLite's own number.
const USUAL_LOG = 1000;

export const dialects: Record<Engine, Dialect> = {
  sqlite: {
    engine: 'sqlite',
    types: { real: 'real', id: sql`integer primary key autoincrement`, bytes: 'blob' },
    strict: (table) => table.modifyEnd(sql`strict`),
    room: async (db, megabytes) => {
      await sql`pragma cache_size = ${sql.lit(-1024 * megabytes)}`.execute(db);
    },
    holdLog: async (db, isHeld) => {
      await sql`pragma wal_autocheckpoint = ${sql.lit(isHeld ? 0 : USUAL_LOG)}`.execute(db);
    },
    foldLog: async (db) => {
      await sql`pragma wal_checkpoint(passive)`.execute(db);
    },
    maxParameters: 30_000,
    json: {
      items: (array, name) => sql`jsonb_each(${array}) as ${sql.ref(name)}`,
      texts: (value, path, name) => sql`json_each(${value}, ${jsonPath(path)}) as ${sql.ref(name)}`,
      at: (value, path) => sql`(${value} ->> ${jsonPath(path)})`,
      within: (value, path) => sql`jsonb_extract(${value}, ${jsonPath(path)})`,
      written: (value, path) => sql`(${value} -> ${jsonPath(path)})`,
    },
    inBulk: async (trx, table, write) => {
      const { rows } = await sql<{ name: string; sql: string }>`select name, sql from sqlite_schema
        where type = 'index' and tbl_name = ${table} and sql is not null`.execute(trx);
      for (const { name } of rows) await sql`drop index ${sql.ref(name)}`.execute(trx);
      const written = await write();
      for (const index of rows) await sql.raw(index.sql).execute(trx);
      return written;
    },
  },
  postgres: {
    engine: 'postgres',
    types: {
      real: 'double precision',
      id: sql`integer generated always as identity primary key`,
      bytes: 'bytea',
    },
    strict: (table) => table,
    room: () => Promise.resolve(),
    holdLog: () => Promise.resolve(),
    foldLog: () => Promise.resolve(),
    maxParameters: 60_000,
    json: {
      items: (array, name) => sql`json_array_elements(${array}::json) as ${sql.ref(name)}(value)`,
      texts: (value, path, name) =>
        sql`json_array_elements_text(${value} #> ${pgPath(path)}) as ${sql.ref(name)}(value)`,
      at: (value, path, type) => sql`(${value} #>> ${pgPath(path)})::${sql.raw(pgTypes[type])}`,
      within: (value, path) => sql`(${value} #> ${pgPath(path)})`,
      written: (value, path) => sql`(${value} #> ${pgPath(path)})::text`,
    },
    inBulk: (_trx, _table, write) => write(),
  },
};

/** The dialect of an opened database, or of a transaction on it. */
export const dialectOf = <D>(db: Kysely<D>): Dialect =>
  db.getExecutor().adapter instanceof SqliteAdapter ? dialects.sqlite : dialects.postgres;
