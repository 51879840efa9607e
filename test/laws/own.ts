import type { Kpi } from '../../shared/kpi.ts';
import { ledgerOf } from '../oracle/kpi.ts';
import type { Cell } from '../../shared/query.ts';
import { OracleCentre } from '../oracle/centre.ts';
import { Oracle, type Seen } from '../oracle/oracle.ts';
import type { OracleRecord, Tables } from '../oracle/tables.ts';

/** What a scope has beside its parts: its own ledger, its party groups', those of units merged into it. */
export class Own {
  private readonly centre: OracleCentre;
  private readonly oracle: Oracle;
  private readonly ofOwn = new Map<string | null, Oracle>();

  constructor(
    private readonly tables: Tables,
    private readonly scope: string,
    private readonly parts: readonly string[],
    private readonly seen: Seen,
  ) {
    this.oracle = new Oracle(tables);
    this.centre = new OracleCentre(tables, seen.structure ?? 'then');
  }

  /** Did the unit stand in the scope, in none of its parts? */
  isOwn(unit: string, month: string): boolean {
    const path = this.centre.tree.pathIn(unit, month);
    const at = path.indexOf(this.scope);
    const next = path[at + 1];
    return at >= 0 && (next === undefined || !this.parts.includes(next));
  }

  private months(period: string): readonly string[] {
    return this.oracle.window(period, this.seen).months;
  }

  /** Unit-months of the scope's own ledgers. */
  coverage(kpi: Kpi, period: string): { covered: number; due: number } {
    let [covered, due] = [0, 0];
    for (const month of this.months(period))
      for (const unit of this.centre.reportingIn({ unit: this.scope }, ledgerOf(kpi), month)) {
        if (!this.isOwn(unit.code, month) || !this.centre.existsInMonth(unit, month)) continue;
        due++;
        if (this.centre.isCovered(unit, ledgerOf(kpi), month)) covered++;
      }
    return { covered, due };
  }

  /** The figure of the scope's own records, as if there were no others. */
  figure(kpi: Kpi, period: string): Pick<Cell, 'numerator' | 'denominator' | 'records' | 'unknown'> {
    // What is still open belongs where its unit stands on the last day, all else where it stood at the time.
    const month = kpi.over === 'stock' ? (this.months(period).at(-1) ?? 'none') : null;
    let oracle = this.ofOwn.get(month);
    if (!oracle) {
      oracle = new Oracle({ ...this.tables, records: this.ownRecords(month) });
      this.ofOwn.set(month, oracle);
    }
    return oracle.cell(kpi, { unit: this.scope }, period, this.seen);
  }

  private ownRecords(month: string | null): Tables['records'] {
    const own = (rows: readonly OracleRecord[]): OracleRecord[] =>
      rows.filter((r) => this.isOwn(r.unit, month ?? r.date.slice(0, 7)));
    const { activity, visit, volunteering, rectification, contradiction } = this.tables.records;
    return {
      activity: own(activity),
      visit: own(visit),
      volunteering: own(volunteering),
      rectification: own(rectification),
      contradiction: own(contradiction),
    };
  }
}
