import { UnitTree, type Unit } from './unit.ts';

/** Units as they stood at the time, or as they stand today. */

type Structure = UnitTree['structure'];

const todays = new WeakMap<UnitTree, UnitTree>();

/** The same units in the asked structure. A tree is made once for each list of units. */
export function treeIn(tree: UnitTree, structure: Structure = 'then'): UnitTree {
  if (tree.structure === structure) return tree;
  if (structure === 'then') return new UnitTree(tree.units);
  const known = todays.get(tree);
  if (known) return known;
  const made = new UnitTree(tree.units, 'today');
  todays.set(tree, made);
  return made;
}

/** Does the scope look different in today's structure: did units merge in it, or move into, out of or within it? */
export function hasPast(tree: UnitTree, scope: string): boolean {
  const inside = new Set(tree.subtree(scope).map((u) => u.code));
  const isIn = (code: string | null): boolean => code !== null && inside.has(code);
  const touches = (u: Unit): boolean =>
    (u.mergedInto !== null && (isIn(u.code) || isIn(u.mergedInto))) ||
    (u.past ?? []).some((p) => p.parent !== u.parent && (isIn(u.parent) || isIn(p.parent)));
  return tree.units.some(touches);
}

/**
 * The last day that the scope's ledgers cover: the day from which a page looks unless it says otherwise.
 * @param lastDays the last covered day of each unit's own ledgers
 * @returns null where no ledger of the scope covers anything
 */
export function lastCoveredIn(
  tree: UnitTree,
  scope: string,
  lastDays: Readonly<Record<string, string>>,
): string | null {
  const days = tree.subtree(scope).flatMap((u) => lastDays[u.code] ?? []);
  return days.reduce<string | null>((last, day) => (last === null || day > last ? day : last), null);
}
