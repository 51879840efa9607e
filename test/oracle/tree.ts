import type { Selectable } from 'kysely';
import type { UnitPastTable, UnitTable } from '../../db/types.ts';

export type OracleUnit = Selectable<UnitTable>;
export type Structure = 'then' | 'today';

/** Whose figures: a unit with all under it; with `within`, only while it stood directly under that one. */
export type Place = { readonly unit: string; readonly within?: string | undefined };

/** Where every unit stood in a month: on its first day, or, in today's structure, where it stands today. */
export class OracleTree {
  private readonly byCode: ReadonlyMap<string, OracleUnit>;
  private readonly layouts = new Map<string, ReadonlyMap<string | null, readonly OracleUnit[]>>();
  private readonly subtrees = new Map<string, readonly OracleUnit[]>();

  constructor(
    private readonly units: readonly OracleUnit[],
    private readonly past: readonly Selectable<UnitPastTable>[],
    private readonly structure: Structure,
  ) {
    this.byCode = new Map(units.map((u) => [u.code, u]));
  }

  /** Merged into another one, under which it stands in today's structure. */
  isAbsorbed(unit: OracleUnit): boolean {
    return this.structure === 'today' && unit.merged_into !== null;
  }

  parentIn(code: string, month: string): string | null {
    const unit = this.byCode.get(code);
    if (!unit) throw new Error(`there is no unit ${code}`);
    if (this.structure === 'today') return unit.merged_into ?? unit.parent;
    const first = `${month}-01`;
    const former = this.past
      .filter((p) => p.unit === code && p.until_on >= first)
      .sort((a, b) => (a.until_on < b.until_on ? -1 : 1))[0];
    return former ? former.parent : unit.parent;
  }

  childrenIn(code: string, month: string): readonly OracleUnit[] {
    let layout = this.layouts.get(month);
    if (!layout) {
      layout = groupedBy(this.units, (u) => this.parentIn(u.code, month));
      this.layouts.set(month, layout);
    }
    return layout.get(code) ?? [];
  }

  /** The unit and all under it. */
  subtreeIn(code: string, month: string): readonly OracleUnit[] {
    const key = `${code} ${month}`;
    const known = this.subtrees.get(key);
    if (known) return known;
    const own = this.byCode.get(code);
    const under = this.childrenIn(code, month).flatMap((c) => this.subtreeIn(c.code, month));
    const made = own ? [own, ...under] : [];
    this.subtrees.set(key, made);
    return made;
  }

  /** Codes from the root down to the unit. */
  pathIn(code: string, month: string): string[] {
    const path: string[] = [];
    for (let at: string | null = code; at !== null; at = this.parentIn(at, month)) path.unshift(at);
    return path;
  }

  /** Did the unit belong to the place's scope in that month? */
  belongs({ unit, within }: Place, month: string): boolean {
    return within === undefined || within === unit || this.parentIn(unit, month) === within;
  }

  /** The place's units in that month; none while it belonged elsewhere. */
  unitsIn(place: Place, month: string): readonly OracleUnit[] {
    return this.belongs(place, month) ? this.subtreeIn(place.unit, month) : [];
  }

  /** No branch stands under it, the absorbed left aside. */
  isLeafBranch(unit: OracleUnit, month: string): boolean {
    if (unit.level !== 'branch') return false;
    return !this.childrenIn(unit.code, month).some((c) => c.level === 'branch' && !this.isAbsorbed(c));
  }

  /** What `by=unit` answers for over the months, in the order of the list. */
  parts(scope: string, months: readonly string[]): string[] {
    const isPart = (u: OracleUnit, month: string): boolean =>
      this.parentIn(u.code, month) === scope &&
      !this.isAbsorbed(u) &&
      (u.level === 'branch' || this.childrenIn(u.code, month).some((c) => !this.isAbsorbed(c)));
    const parts = this.units.filter((u) => months.some((m) => isPart(u, m))).map((u) => u.code);
    return parts.length > 0 ? parts : [scope];
  }
}

/** The items by key, each list in their order. */
export function groupedBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
