import { sql, type ColumnDataType, type CreateTableBuilder, type Kysely, type RawBuilder } from 'kysely';

/** The engines. Every difference between them that the code must know is in this file. */
export type Engine = 'sqlite' | 'postgres';

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
  /** Rows bound in one INSERT: engines limit the number of parameters. */
  readonly maxParameters: number;
};

export const dialects: Record<Engine, Dialect> = {
  sqlite: {
    engine: 'sqlite',
    types: { real: 'real', id: sql`integer primary key autoincrement`, bytes: 'blob' },
    strict: (table) => table.modifyEnd(sql`strict`),
    room: async (db, megabytes) => {
      await sql`pragma cache_size = ${sql.lit(-1024 * megabytes)}`.execute(db);
    },
    maxParameters: 30_000,
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
    maxParameters: 60_000,
  },
};
