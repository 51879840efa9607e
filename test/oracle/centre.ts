import { daysOf, monthsTouched } from './calendar.ts';
import { oracleTables, type OracleRecord, type OracleTable, type Tables } from './tables.ts';
import { OracleTree, type OracleUnit, type Place, type Structure } from './tree.ts';

/** The tree in one of its structures, coverage, headcounts and records, laid out for looking up. */
export class OracleCentre {
  readonly tree: OracleTree;
  private readonly covered = new Map<string, Set<string>>();
  private readonly shelves = new Map<string, OracleRecord[]>();
  private readonly rowsOf = new Map<string, OracleRecord[]>();
  private readonly lists = new Map<string, { date: string; id: string; members: number }[]>();

  constructor(
    readonly tables: Tables,
    structure: Structure,
  ) {
    this.tree = new OracleTree(tables.units, tables.past, structure);
    for (const h of tables.headcounts) push(this.lists, h.unit, h);
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

  /** Has to hand in the ledger, or does so of its own accord. Party groups write into their branch's. */
  isReporting(unit: OracleUnit, family: string, month: string): boolean {
    if (unit.level === 'group') return false;
    return this.tree.isLeafBranch(unit, month) || this.covered.has(`${unit.code} ${family}`);
  }

  reportingIn(place: Place, family: string, month: string): OracleUnit[] {
    return this.tree.unitsIn(place, month).filter((u) => this.isReporting(u, family, month));
  }

  /** Reporting units with the months in which they report for the place; a place without any stands for itself. */
  reporting(
    place: Place,
    family: string,
    months: readonly string[],
  ): ReadonlyMap<OracleUnit, readonly string[]> {
    const found = new Map<OracleUnit, string[]>();
    for (const month of months)
      for (const unit of this.reportingIn(place, family, month))
        found.set(unit, [...(found.get(unit) ?? []), month]);
    if (found.size > 0) return found;
    const self = this.tables.units.find((u) => u.code === place.unit);
    return new Map(self ? [[self, months.filter((m) => this.tree.belongs(place, m))]] : []);
  }

  isCovered(unit: OracleUnit, family: string, month: string): boolean {
    if (this.covered.get(`${unit.code} ${family}`)?.has(month)) return true;
    return this.tree
      .childrenIn(unit.code, month)
      .some((c) => c.level === 'group' && this.covered.get(`${c.code} ${family}`)?.has(month) === true);
  }

  /** Does the unit exist on some day of the month? */
  existsInMonth(unit: OracleUnit, month: string): boolean {
    const { from, to } = daysOf(month);
    return (unit.opened_on ?? '0000') <= to && (unit.closed_on ?? '9999') >= from;
  }

  coverage(place: Place, family: string, months: readonly string[]): { covered: number; due: number } {
    let covered = 0;
    let due = 0;
    for (const [unit, own] of this.reporting(place, family, months))
      for (const month of own) {
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
    let found: { date: string; id: string; members: number } | null = null;
    for (const h of this.lists.get(unit) ?? [])
      if (h.date <= day && (found === null || `${h.date}${h.id}` > `${found.date}${found.id}`)) found = h;
    return found?.members ?? null;
  }

  /** Mean of the headcounts known at the beginnings of the months in which the unit exists. */
  meanMembers(unit: OracleUnit, months: readonly string[]): number | null {
    const known = months
      .filter((m) => this.existsInMonth(unit, m))
      .map((m) => this.membersOn(unit.code, `${m}-01`))
      .filter((n) => n !== null);
    return known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length;
  }

  /** Members by reporting unit, each weighed by its share of the months, of those whose ledger came in. */
  members(place: Place, family: string, months: readonly string[]): ReadonlyMap<string, number> {
    const members = new Map<string, number>();
    for (const [unit, own] of this.reporting(place, family, months)) {
      const here = own.filter((m) => this.existsInMonth(unit, m));
      const mean = this.meanMembers(unit, months);
      if (mean !== null && mean > 0 && here.some((m) => this.isCovered(unit, family, m)))
        members.set(unit.code, (mean * here.length) / months.length);
    }
    return members;
  }

  /** The reporting unit of the place that a unit's records belong to: itself, or the nearest above it. */
  reporterOf(code: string, place: Place, family: string, month: string): string {
    for (let at: string | null = code; at !== null; at = this.tree.parentIn(at, month)) {
      const unit = this.tables.units.find((u) => u.code === at);
      if (unit && this.isReporting(unit, family, month)) return at;
      if (at === place.unit) break;
    }
    return place.unit;
  }
}

function push<T>(into: Map<string, T[]>, key: string, item: T): void {
  const list = into.get(key);
  if (list) list.push(item);
  else into.set(key, [item]);
}
