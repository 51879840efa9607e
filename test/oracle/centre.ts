import type { Selectable } from 'kysely';
import type { UnitTable } from '../../db/types.ts';
import { daysOf, monthsTouched } from './calendar.ts';
import { oracleTables, type OracleRecord, type OracleTable, type Tables } from './tables.ts';

export type OracleUnit = Selectable<UnitTable>;

/** The tree, coverage, headcounts and records, laid out for looking up. */
export class OracleCentre {
  readonly units = new Map<string, OracleUnit>();
  private readonly under = new Map<string, OracleUnit[]>();
  private readonly below = new Map<string, OracleUnit[]>();
  private readonly covered = new Map<string, Set<string>>();
  private readonly reporters = new Map<string, OracleUnit[]>();
  private readonly shelves = new Map<string, OracleRecord[]>();
  private readonly rowsOf = new Map<string, OracleRecord[]>();

  private readonly lists = new Map<string, { date: string; members: number }[]>();

  constructor(tables: Tables) {
    for (const h of tables.headcounts) push(this.lists, h.unit, h);
    for (const unit of tables.units) {
      this.units.set(unit.code, unit);
      push(this.under, unit.parent ?? '', unit);
    }
    for (const c of tables.coverage) {
      const months = this.covered.get(`${c.unit} ${c.family}`) ?? new Set<string>();
      for (const m of monthsTouched(`${c.from_month}-01`, `${c.to_month}-01`)) months.add(m);
      this.covered.set(`${c.unit} ${c.family}`, months);
    }
    for (const table of oracleTables)
      for (const record of tables.records[table]) {
        push(this.shelves, `${table} ${record.unit} ${record.date.slice(0, 7)}`, record);
        push(this.rowsOf, `${table} ${record.unit}`, record);
      }
  }

  children(code: string): readonly OracleUnit[] {
    return this.under.get(code) ?? [];
  }

  /** The unit and all under it. */
  subtree(code: string): readonly OracleUnit[] {
    const known = this.below.get(code);
    if (known) return known;
    const own = this.units.get(code);
    const made = own ? [own, ...this.children(code).flatMap((c) => this.subtree(c.code))] : [];
    this.below.set(code, made);
    return made;
  }

  /** The branch and its party groups, not the branches under an inner unit. */
  withGroups(branch: OracleUnit): readonly OracleUnit[] {
    return [branch, ...this.children(branch.code).filter((c) => c.level === 'group')];
  }

  /** A branch with no branch under it. */
  private isLeafBranch(unit: OracleUnit): boolean {
    return unit.level === 'branch' && this.children(unit.code).every((c) => c.level !== 'branch');
  }

  /** Those that have to hand in the ledger, and those that did so of their own accord. */
  reporting(scope: string, family: string): readonly OracleUnit[] {
    const key = `${scope} ${family}`;
    const known = this.reporters.get(key);
    if (known) return known;
    const units = this.subtree(scope);
    // Party groups write into their branch's ledger.
    const found = units.filter(
      (u) => u.level !== 'group' && (this.isLeafBranch(u) || this.covered.has(`${u.code} ${family}`)),
    );
    const made = found.length > 0 ? found : units.slice(0, 1);
    this.reporters.set(key, made);
    return made;
  }

  isCovered(unit: OracleUnit, family: string, month: string): boolean {
    if (this.covered.get(`${unit.code} ${family}`)?.has(month)) return true;
    return this.children(unit.code).some(
      (c) => c.level === 'group' && this.covered.get(`${c.code} ${family}`)?.has(month) === true,
    );
  }

  /** Does the unit exist on some day of the month? */
  existsInMonth(unit: OracleUnit, month: string): boolean {
    const { from, to } = daysOf(month);
    return (unit.opened_on ?? '0000') <= to && (unit.closed_on ?? '9999') >= from;
  }

  coverage(scope: string, family: string, months: readonly string[]): { covered: number; due: number } {
    let covered = 0;
    let due = 0;
    for (const unit of this.reporting(scope, family))
      for (const month of months) {
        if (!this.existsInMonth(unit, month)) continue;
        due++;
        if (this.isCovered(unit, family, month)) covered++;
      }
    return { covered, due };
  }

  /** Records of one unit, dated in the days asked for. */
  recordsOf(table: OracleTable, unit: string, from: string, to: string): OracleRecord[] {
    return monthsTouched(from, to).flatMap((month) =>
      (this.shelves.get(`${table} ${unit} ${month}`) ?? []).filter((r) => r.date >= from && r.date <= to),
    );
  }

  recordsUpTo(table: OracleTable, unit: string, to: string): OracleRecord[] {
    return (this.rowsOf.get(`${table} ${unit}`) ?? []).filter((r) => r.date <= to);
  }

  /** Members on the day; null while no list says. */
  membersOn(unit: string, day: string): number | null {
    let found: { date: string; members: number } | null = null;
    for (const h of this.lists.get(unit) ?? [])
      if (h.date <= day && (found === null || h.date >= found.date)) found = h;
    return found?.members ?? null;
  }
}

function push<T>(into: Map<string, T[]>, key: string, item: T): void {
  const list = into.get(key);
  if (list) list.push(item);
  else into.set(key, [item]);
}
