/** A unit of the tree. Codes are stable; names change. */
export const levels = ['centre', 'branch', 'group'] as const;
export type Level = (typeof levels)[number];

export type Unit = {
  readonly code: string;
  readonly name: string;
  readonly parent: string | null;
  readonly level: Level;
  readonly openedOn: string | null;
  readonly closedOn: string | null;
  readonly mergedInto: string | null;
};

/**
 * The short name by which people call a unit: `东港引航站党支部` → `东港站`.
 * What has no such form keeps its name.
 */
export function shortName(name: string): string {
  return (
    name
      .replace(/^中共/, '')
      .replace(/(党总支|党支部|支部委员会|支部)$/, '')
      .replace(/引航站/, '站') || name
  );
}

/** The units in the tree: children and whole subtrees, computed once from the flat list. */
export class UnitTree {
  readonly byCode: ReadonlyMap<string, Unit>;
  private readonly childCodes = new Map<string | null, string[]>();

  constructor(readonly units: readonly Unit[]) {
    this.byCode = new Map(units.map((u) => [u.code, u]));
    for (const u of units) {
      const siblings = this.childCodes.get(u.parent);
      if (siblings) siblings.push(u.code);
      else this.childCodes.set(u.parent, [u.code]);
    }
  }

  get roots(): readonly Unit[] {
    return this.children(null);
  }

  children(code: string | null): readonly Unit[] {
    return (this.childCodes.get(code) ?? []).flatMap((c) => this.byCode.get(c) ?? []);
  }

  /** The unit and everything under it. */
  subtree(code: string): readonly Unit[] {
    const unit = this.byCode.get(code);
    if (!unit) return [];
    return [unit, ...this.children(code).flatMap((c) => this.subtree(c.code))];
  }

  /** From the root down to the unit. */
  path(code: string): readonly Unit[] {
    const unit = this.byCode.get(code);
    if (!unit) return [];
    return unit.parent === null ? [unit] : [...this.path(unit.parent), unit];
  }

  /** What `by=unit` answers for: each direct child that is a branch or has children; else the scope. */
  parts(code: string): readonly Unit[] {
    const children = this.children(code).filter(
      (c) => c.level === 'branch' || this.children(c.code).length > 0,
    );
    const self = this.byCode.get(code);
    return children.length > 0 ? children : self ? [self] : [];
  }
}

/** Did the unit exist on some day of the range? */
export const existsIn = (unit: Unit, range: { from: string; to: string }): boolean =>
  (unit.openedOn === null || unit.openedOn <= range.to) &&
  (unit.closedOn === null || unit.closedOn >= range.from);
