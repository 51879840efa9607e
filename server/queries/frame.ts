import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import type { Family } from '../../shared/kinds.ts';
import {
  earlier,
  firstDay,
  lastDay,
  monthOf,
  monthsFrom,
  rangeOf,
  sameDay,
  yearOfDay,
} from '../../shared/period.ts';
import { existsIn, type Unit, type UnitTree } from '../../shared/unit.ts';
import { loadRules, type Rules } from './norms.ts';

/** A period as the question sees it: cut at the as-of day. */
export type Window = {
  readonly period: string;
  /** The year, by the centre's own year, that the period belongs to. */
  readonly year: number;
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

/**
 * @param toDate cut the year at `asOf`'s month and day
 * @param yearStart the month with which the centre's year begins
 */
export function windowOf(period: string, asOf: string, toDate: boolean, yearStart = 1): Window {
  const { from, to: end } = rangeOf(period, yearStart);
  const year = yearOfDay(from, yearStart);
  const cut = toDate ? earlier(asOf, sameDay(year, asOf, yearStart)) : asOf;
  const to = earlier(end, cut);
  const months = from <= cut ? monthsFrom(monthOf(from), monthOf(to)) : [];
  return { period, year, from, end, cut, to, months };
}

/** A unit whose figures are asked; of a part of a scope, only while it stood directly under it. */
export type Place = { readonly unit: string; readonly within?: string };

type Reporter = { readonly unit: Unit; readonly months: readonly string[] };

/**
 * What is due and what was reported: the reporting units of a scope and the months that their
 * ledgers cover. Reporting units are the branches that have no branches under them, and any other
 * unit that hands in a ledger of its own, month by month as the tree stood.
 */
export class Frame {
  private readonly reporters = new Map<string, readonly Unit[]>();

  private constructor(
    readonly tree: UnitTree,
    readonly rules: Rules,
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
    return new Frame(tree, await loadRules(db), covered, headcounts);
  }

  private isReporting(unit: Unit, family: Family, month: string): boolean {
    // A party group writes into its branch's ledger.
    if (unit.level === 'group') return false;
    const isLeaf =
      unit.level === 'branch' &&
      !this.tree.childrenIn(unit.code, month).some((c) => c.level === 'branch' && !this.tree.isAbsorbed(c));
    return isLeaf || this.covered.has(`${unit.code} ${family}`);
  }

  /** The reporting units of a place in one month; none while it stood elsewhere. */
  reportingIn({ unit, within }: Place, family: Family, month: string): readonly Unit[] {
    const key = [this.tree.layoutName(month), unit, within ?? '', family].join('\n');
    const known = this.reporters.get(key);
    if (known) return known;
    const made = this.tree.isPartOf(unit, within, month)
      ? this.tree.subtreeIn(unit, month).filter((u) => this.isReporting(u, family, month))
      : [];
    this.reporters.set(key, made);
    return made;
  }

  /**
   * The reporting units of a place, each with the months in which it reports for it; a place without
   * any (a party group) stands for itself.
   */
  reporting(place: Place, family: Family, months: readonly string[]): Reporter[] {
    const found = new Map<Unit, string[]>();
    for (const month of months)
      for (const unit of this.reportingIn(place, family, month)) {
        const own = found.get(unit);
        if (own) own.push(month);
        else found.set(unit, [month]);
      }
    if (found.size > 0) return [...found].map(([unit, own]) => ({ unit, months: own }));
    const self = this.tree.byCode.get(place.unit);
    const own = months.filter((m) => this.tree.isPartOf(place.unit, place.within, m));
    return self ? [{ unit: self, months: own }] : [];
  }

  /** The reporting unit, within the place, that a record of `code` in the month belongs to. */
  reporterOf(code: string, place: Place, family: Family, month: string): string {
    const path = this.tree.pathIn(code, month);
    const within = path.slice(path.findIndex((u) => u.code === place.unit));
    return within.findLast((u) => this.isReporting(u, family, month))?.code ?? place.unit;
  }

  /**
   * By the unit's own ledger, or, for a branch, by one that names its party groups. The other way round
   * nothing is known of a group: a branch's ledger does not say which group an event was of.
   */
  isCovered(unit: Unit, family: Family, month: string): boolean {
    if (this.covered.get(`${unit.code} ${family}`)?.has(month)) return true;
    return this.tree
      .childrenIn(unit.code, month)
      .some((c) => c.level === 'group' && this.covered.get(`${c.code} ${family}`)?.has(month));
  }

  /** The unit-months of a place in which a ledger is due, each with whether it is covered. */
  unitMonths(
    place: Place,
    family: Family,
    months: readonly string[],
  ): { unit: Unit; month: string; covered: boolean }[] {
    return this.reporting(place, family, months).flatMap(({ unit, months: own }) =>
      own
        .filter((m) => existsIn(unit, { from: firstDay(m), to: lastDay(m) }))
        .map((month) => ({ unit, month, covered: this.isCovered(unit, family, month) })),
    );
  }

  coverage(place: Place, family: Family, months: readonly string[]): { covered: number; due: number } {
    const all = this.unitMonths(place, family, months);
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

  /**
   * Members of a place over a window, by reporting unit: the mean of the unit's headcounts, weighed
   * by the part of the window in which it existed and belonged here, so that nobody counts twice
   * across a merger or a move. Only of units whose ledger was handed in, so that the rate lies
   * between its parts.
   */
  members(place: Place, family: Family, months: readonly string[]): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    for (const { unit, months: own } of this.reporting(place, family, months)) {
      const here = own.filter((m) => existsIn(unit, { from: firstDay(m), to: lastDay(m) }));
      if (!here.some((m) => this.isCovered(unit, family, m))) continue;
      const mean = this.meanHeadcount(unit, months);
      if (mean !== null && mean > 0) found.set(unit.code, (mean * here.length) / months.length);
    }
    return found;
  }
}
