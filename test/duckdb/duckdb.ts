import { readdirSync, readFileSync } from 'node:fs';
import {
  DuckDBDataChunk,
  DuckDBInstance,
  listValue,
  type DuckDBConnection,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { OracleCell } from '../oracle/oracle.ts';

/** A value of a row: absent, a figure, a word, a list of words, yes or no. */
export type Value = string | number | boolean | null | readonly string[];
export type Row = Readonly<Record<string, Value>>;

const folder = new URL('.', import.meta.url);
const [tables, ...steps] = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .sort()
  .map((name) => readFileSync(new URL(name, folder), 'utf8'));

/**
 * A third engine beside the product and the oracle: the rules written out by hand in DuckDB's SQL, over the
 * rows of all centres at once.
 */
export class Duck {
  private constructor(private readonly connection: DuckDBConnection) {}

  static async open(): Promise<Duck> {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(tables ?? '');
    return new Duck(connection);
  }

  /** Appends rows; columns that the table has not are left out. */
  async load(table: string, rows: readonly Row[]): Promise<void> {
    const appender = await this.connection.createAppender(table);
    const described = await this.connection.runAndReadAll(`describe ${table}`);
    const columns = described.getColumnsObject()['column_name'] as string[];
    const types = columns.map((_, i) => appender.columnType(i));
    for (let at = 0; at < rows.length; at += 2048) {
      const some = rows.slice(at, at + 2048);
      const chunk = DuckDBDataChunk.create(types, some.length);
      chunk.setRows(some.map((row) => columns.map((c) => toDuck(row[c]))));
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
  }

  /** Answers every question of the table `question`. */
  async answer(): Promise<ReadonlyMap<number, DuckCell>> {
    for (const step of steps) await this.connection.run(step);
    const reader = await this.connection.runAndReadAll('select * from cell');
    const cells = new Map<number, DuckCell>();
    for (const row of reader.getRowObjectsJson()) {
      const figure = (of: unknown): number | null => (of === null ? null : Number(of));
      const number = (of: unknown): number => Number(of);
      cells.set(number(row['q']), {
        value: figure(row['value']),
        numerator: figure(row['numerator']),
        denominator: figure(row['denominator']),
        records: number(row['records']),
        unknown: number(row['unknown']),
        coverage: { covered: number(row['covered']), due: number(row['due']) },
        status: String(row['status']) as OracleCell['status'],
        partly: row['partly'] === true,
      });
    }
    return cells;
  }

  close(): void {
    this.connection.closeSync();
  }
}

/** `partly`: the unit stood elsewhere in some month of the window. */
export type DuckCell = OracleCell & { readonly partly: boolean };

const isList = (value: Value | undefined): value is readonly string[] => Array.isArray(value);

function toDuck(value: Value | undefined): DuckDBValue {
  if (isList(value)) return listValue([...value]);
  return value ?? null;
}
