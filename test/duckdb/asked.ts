import type { Cell } from '../../shared/query.ts';
import type { Oracle, Seen } from '../oracle/oracle.ts';
import type { Tables } from '../oracle/tables.ts';
import { Duck, type DuckCell, type Row } from './duckdb.ts';

/** All that DuckDB is given: the tables of every centre, and each cell as a question. */
export class Asked {
  private readonly rows = new Map<string, Row[]>();
  private readonly places = new Map<string, number>();
  private count = 0;

  private put(table: string, rows: readonly Row[]): void {
    const known = this.rows.get(table);
    if (known) for (const row of rows) known.push(row);
    else this.rows.set(table, [...rows]);
  }

  /** The tables of one centre, numbered by its seed. */
  centre(centre: number, tables: Tables): void {
    const of = (rows: readonly object[]): Row[] => rows.map((r) => ({ ...r, centre }));
    this.put('unit', of(tables.units));
    this.put('unit_past', of(tables.past));
    this.put('coverage', of(tables.coverage));
    this.put('headcount', of(tables.headcounts));
    this.put('norm', of(tables.norms.filter((n) => n.kind !== null)));
    this.put('exemption', of(tables.exemptions));
    for (const [table, records] of Object.entries(tables.records))
      this.put(
        table,
        records.map((r) => ({ ...r.fields, kinds: r.kinds, centre })),
      );
  }

  /**
   * A cell as a question; the calendar is the oracle's.
   * @param scope of which the cell's unit is a part, where it was asked for as one
   * @returns its number
   */
  cell(centre: number, oracle: Oracle, { cell, seen, scope }: AskedCell): number {
    const structure = seen.structure ?? 'then';
    const window = oracle.window(cell.period, seen);
    const place = { centre, structure, unit: cell.unit, within: scope ?? null, ...window };
    const key = JSON.stringify(place);
    let p = this.places.get(key);
    if (p === undefined) {
      p = this.places.size;
      this.places.set(key, p);
      this.put('place', [{ ...place, p }]);
    }
    const q = this.count++;
    this.put('question', [{ q, p, kpi: cell.kpi, kinds: seen.kind, per_member: seen.per === 'member' }]);
    return q;
  }

  async answer(): Promise<ReadonlyMap<number, DuckCell>> {
    const duck = await Duck.open();
    try {
      for (const [table, rows] of this.rows) await duck.load(table, rows);
      return await duck.answer();
    } finally {
      duck.close();
    }
  }
}

export type AskedCell = { readonly cell: Cell; readonly seen: Seen; readonly scope: string | undefined };
