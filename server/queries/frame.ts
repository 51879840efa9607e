import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import type { Family } from '../../shared/kinds.ts';
import { earlier, monthOf, monthsFrom, rangeOf, sameDay, yearOf } from '../../shared/period.ts';
import { existsIn, type Unit, type UnitTree } from '../../shared/unit.ts';
import { firstDay, lastDay } from '../../shared/period.ts';

/** A period as the question sees it: cut at the as-of day. */
export type Window = {
  readonly period: string;
  readonly from: string;
  /** The period's own last day. */
  readonly end: string;
  /** Later records are not counted; conditions on `at` are judged here for flows. */
  readonly cut: string;
  /** The earlier of `end` and `cut`. Before `from` when the period has not begun. */
  readonly to: string;
  /** Months of the period that have begun by the cut. */
  readonly months: readonly string[];
};

/** @param toDate cut the year at `asOf`'s month and day */
export function windowOf(period: string, asOf: string, toDate: boolean): Window {
  const { from, to: end } = rangeOf(period);
  const cut = toDate ? earlier(asOf, sameDay(yearOf(from), asOf)) : asOf;
  const to = earlier(end, cut);
  return { period, from, end, cut, to, months: from <= cut ? monthsFrom(monthOf(from), monthOf(to)) : [] };
}

/**
 * What is due and what was reported: the reporting units of a scope and the months that their
 * ledgers cover. Reporting units are the branches that have no branches under them, and any other
 * unit that hands in a ledger of its own.
 */
export class Frame {
  private constructor(
    readonly tree: UnitTree,
    private readonly covered: ReadonlyMap<string, ReadonlySet<string>>,
    private readonly headcounts: ReadonlyMap<string, readonly { date: string; members: number }[]>,
  ) {}

  static async load(db: Kysely<Database>, tree: UnitTree): Promise<Frame> {
    const covered = new Map<string, Set<string>>();
    const spans = await db
      .selectFrom('coverage')
      .select(['unit', 'family', 'from_month', 'to_month'])
      .distinct()
      .execute();
    for (const s of spans) {
      const key = `${s.unit} ${s.family}`;
      const months = covered.get(key) ?? new Set();
      for (const m of monthsFrom(s.from_month, s.to_month)) months.add(m);
      covered.set(key, months);
    }
    const headcounts = new Map<string, { date: string; members: number }[]>();
    const rows = await db
      .selectFrom('headcount')
      .select(['unit', 'date', 'members'])
      .orderBy('date')
      .orderBy('id')
      .execute();
    for (const { unit, date, members } of rows) {
      const of = headcounts.get(unit) ?? [];
      of.push({ date, members });
      headcounts.set(unit, of);
    }
    return new Frame(tree, covered, headcounts);
  }

  private isReporting(unit: Unit, family: Family): boolean {
    // A party group writes into its branch's ledger.
    if (unit.level === 'group') return false;
    const leaf = unit.level === 'branch' && !this.tree.children(unit.code).some((c) => c.level === 'branch');
    return leaf || this.covered.has(`${unit.code} ${family}`);
  }

  /** The reporting units of a scope; a scope without any (a party group) stands for itself. */
  reporting(scope: string, family: Family): readonly Unit[] {
    const units = this.tree.subtree(scope);
    const found = units.filter((u) => this.isReporting(u, family));
    return found.length > 0 ? found : units.slice(0, 1);
  }

  /** The reporting unit, within the scope, that a record of `code` belongs to. */
  reporterOf(code: string, scope: string, family: Family): string {
    const path = this.tree.path(code);
    const within = path.slice(path.findIndex((u) => u.code === scope));
    return within.findLast((u) => this.isReporting(u, family))?.code ?? scope;
  }

  /**
   * By the unit's own ledger, or, for a branch, by one that names its party groups. The other way round
   * nothing is known of a group: a branch's ledger does not say which group an event was of.
   */
  isCovered(unit: Unit, family: Family, month: string): boolean {
    if (this.covered.get(`${unit.code} ${family}`)?.has(month)) return true;
    return this.tree
      .children(unit.code)
      .some((c) => c.level === 'group' && this.covered.get(`${c.code} ${family}`)?.has(month));
  }

  /** The months of the window in which the unit exists, each with whether it is covered. */
  unitMonths(unit: Unit, family: Family, months: readonly string[]): { month: string; covered: boolean }[] {
    return months
      .filter((m) => existsIn(unit, { from: firstDay(m), to: lastDay(m) }))
      .map((month) => ({ month, covered: this.isCovered(unit, family, month) }));
  }

  coverage(scope: string, family: Family, months: readonly string[]): { covered: number; due: number } {
    const all = this.reporting(scope, family).flatMap((u) => this.unitMonths(u, family, months));
    return { covered: all.filter((m) => m.covered).length, due: all.length };
  }

  /** Members on a day: the latest headcount on or before it; null where none is known. */
  headcountOn(unit: string, day: string): number | null {
    return this.headcounts.get(unit)?.findLast((h) => h.date <= day)?.members ?? null;
  }

  /**
   * Mean of the headcounts in force at the start of each month; months before the first known
   * headcount, or in which the unit does not exist, are left out. Null where none is known.
   */
  meanHeadcount(unit: Unit, months: readonly string[]): number | null {
    const known = months
      .filter((m) => existsIn(unit, { from: firstDay(m), to: lastDay(m) }))
      .flatMap((m) => this.headcountOn(unit.code, firstDay(m)) ?? []);
    return known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length;
  }
}
