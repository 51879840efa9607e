/** A unit of the tree. Codes are stable; names change. */
export const levels = ['centre', 'branch', 'group'] as const;
export type Level = (typeof levels)[number];

/** What a unit was called and where it stood, up to and including a day. */
export type PastUnit = { readonly until: string; readonly name: string; readonly parent: string | null };

export type Unit = {
  readonly code: string;
  readonly name: string;
  readonly parent: string | null;
  readonly level: Level;
  readonly openedOn: string | null;
  readonly closedOn: string | null;
  readonly mergedInto: string | null;
  /** The unit that it was split off from on the day it opened. */
  readonly splitFrom?: string | null;
  /** Former names and places, the earliest first. */
  readonly past?: readonly PastUnit[];
};

/** Where the unit stood on a day. */
export const parentOn = (unit: Unit, day: string): string | null =>
  (unit.past?.find((p) => day <= p.until) ?? unit).parent;

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

/** Units of a scope over some months. */
export type Span = { readonly from: string; readonly to: string; readonly units: readonly string[] };

/**
 * The units in the tree. A unit belongs for a whole month where it stood on the month's first day.
 * In today's structure it belongs where it stands today, and a merged unit to its successor.
 * What takes no month is today's tree as it stands in the list.
 */
export class UnitTree {
  readonly byCode: ReadonlyMap<string, Unit>;
  private readonly childCodes = new Map<string | null, string[]>();
  /** First days of months on which some unit stands elsewhere than before, ascending. */
  private readonly turns: readonly string[];
  private readonly epochs = new Map<string, ReadonlyMap<string | null, readonly string[]>>();
  private readonly subtrees = new Map<string, readonly Unit[]>();

  constructor(
    readonly units: readonly Unit[],
    readonly structure: 'then' | 'today' = 'then',
  ) {
    this.byCode = new Map(units.map((u) => [u.code, u]));
    for (const u of units) {
      const siblings = this.childCodes.get(u.parent);
      if (siblings) siblings.push(u.code);
      else this.childCodes.set(u.parent, [u.code]);
    }
    const moves = units.flatMap((u) => (u.past ?? []).map((p) => firstOfNextMonth(p.until)));
    this.turns = structure === 'today' ? [] : [...new Set(moves)].sort();
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

  /** Does the unit stand for another one's past, or under its successor, in today's structure? */
  isAbsorbed(unit: Unit): boolean {
    return this.structure === 'today' && unit.mergedInto !== null && this.byCode.has(unit.mergedInto);
  }

  parentIn(unit: Unit, month: string): string | null {
    if (this.structure === 'then') return parentOn(unit, `${month}-01`);
    return this.isAbsorbed(unit) ? unit.mergedInto : unit.parent;
  }

  /** Months between two turns are alike; they share one layout, named by the turn before them. */
  private epochOf(month: string): string {
    return this.turns.findLast((t) => t <= `${month}-01`) ?? '';
  }

  private layout(month: string): ReadonlyMap<string | null, readonly string[]> {
    const epoch = this.epochOf(month);
    const known = this.epochs.get(epoch);
    if (known) return known;
    const made = new Map<string | null, string[]>();
    for (const u of this.units) {
      const parent = this.parentIn(u, month);
      const siblings = made.get(parent);
      if (siblings) siblings.push(u.code);
      else made.set(parent, [u.code]);
    }
    this.epochs.set(epoch, made);
    return made;
  }

  /** Did the unit stand directly under `within` in that month? What is not asked, or is itself, is true. */
  isPartOf(code: string, within: string | undefined, month: string): boolean {
    if (within === undefined || within === code) return true;
    const unit = this.byCode.get(code);
    return unit !== undefined && this.parentIn(unit, month) === within;
  }

  /** A name for the layout of the month: equal where every unit stands alike. */
  layoutName(month: string): string {
    return this.epochOf(month);
  }

  childrenIn(code: string, month: string): readonly Unit[] {
    return (this.layout(month).get(code) ?? []).flatMap((c) => this.byCode.get(c) ?? []);
  }

  /** The unit and everything under it in that month. */
  subtreeIn(code: string, month: string): readonly Unit[] {
    const key = `${this.epochOf(month)} ${code}`;
    const known = this.subtrees.get(key);
    if (known) return known;
    const unit = this.byCode.get(code);
    const made = unit
      ? [unit, ...this.childrenIn(code, month).flatMap((c) => this.subtreeIn(c.code, month))]
      : [];
    this.subtrees.set(key, made);
    return made;
  }

  /** From the root down to the unit in that month. */
  pathIn(code: string, month: string): readonly Unit[] {
    const unit = this.byCode.get(code);
    if (!unit) return [];
    const parent = this.parentIn(unit, month);
    return parent === null ? [unit] : [...this.pathIn(parent, month), unit];
  }

  /**
   * The scope over the months, which follow each other: stretches in which its units are the same.
   * @param within only while the unit stood directly under this one (or is it)
   */
  spans(code: string, months: readonly string[], within?: string): Span[] {
    const spans: { from: string; to: string; units: readonly string[]; epoch: string }[] = [];
    for (const month of months) {
      const epoch = this.epochOf(month);
      const last = spans.at(-1);
      if (last && last.epoch === epoch) {
        last.to = month;
        continue;
      }
      const isIn = this.isPartOf(code, within, month);
      spans.push({
        from: month,
        to: month,
        units: isIn ? this.subtreeIn(code, month).map((u) => u.code) : [],
        epoch,
      });
    }
    return spans.map(({ from, to, units }) => ({ from, to, units }));
  }

  /** What `by=unit` answers for over the months: whatever stood there in one of them, absorbed units not. */
  partsOver(code: string, months: readonly string[]): readonly Unit[] {
    const found = new Set(
      [...new Map(months.map((m) => [this.epochOf(m), m])).values()].flatMap((month) =>
        this.childrenIn(code, month)
          .filter((c) => !this.isAbsorbed(c))
          .filter(
            (c) =>
              c.level === 'branch' || this.childrenIn(c.code, month).some((under) => !this.isAbsorbed(under)),
          )
          .map((c) => c.code),
      ),
    );
    const parts = this.units.filter((u) => found.has(u.code));
    const self = this.byCode.get(code);
    return parts.length > 0 ? parts : self ? [self] : [];
  }
}

/** The first day on which a month begins after the day. */
function firstOfNextMonth(day: string): string {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
}

/** Did the unit exist on some day of the range? */
export const existsIn = (unit: Unit, range: { from: string; to: string }): boolean =>
  (unit.openedOn === null || unit.openedOn <= range.to) &&
  (unit.closedOn === null || unit.closedOn >= range.from);
