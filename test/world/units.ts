import type { Insertable } from 'kysely';
import type { Random } from '../../db/demo/random.ts';
import type { UnitPastTable, UnitTable } from '../../db/types.ts';
import { anyDay, dayAfter } from './days.ts';

export type UnitRow = Insertable<UnitTable> & { readonly code: string };
export type PastRow = Insertable<UnitPastTable>;
type Level = UnitTable['level'];

/** A unit may stand under those made before it, in any month: so there is never a circle. */
type Made = { code: string; level: Level; parents: readonly string[] };

function skeleton(random: Random): Made[] {
  const made: Made[] = [{ code: 'C', level: 'centre', parents: [] }];
  const add = (code: string, level: Level, parents: readonly string[]): void =>
    void made.push({ code, level, parents });
  const inner: string[] = [];
  for (let n = random.pick([0, 1, 1, 2, 2]); n > 0; n--) {
    const code = `N${inner.length + 1}`;
    add(code, 'branch', ['C', ...(random.chance(0.3) ? inner : [])]);
    inner.push(code);
  }
  const leaves: string[] = [];
  for (let n = random.int(3, 4); n > 0; n--) {
    const code = `B${leaves.length + 1}`;
    // Now and then a branch comes to stand under another one, which so becomes an inner unit.
    add(code, 'branch', ['C', ...inner, ...(random.chance(0.15) ? leaves : [])]);
    leaves.push(code);
  }
  for (let n = random.int(0, 3); n > 0; n--)
    add(`G${n}`, 'group', random.chance(0.9) ? leaves : [...inner, ...leaves]);
  return made;
}

const among = (random: Random, of: readonly string[]): string | null =>
  of.length === 0 ? null : (of[random.int(0, of.length - 1)] ?? null);

/** Units that open, close, merge, split, move and are renamed; in an order that is not the tree's. */
export function unitsOfChance(random: Random): { units: UnitRow[]; past: PastRow[] } {
  const made = skeleton(random);
  const positions = random.shuffled(made.map((_, i) => i));
  const units = made.map((m, i): UnitRow => {
    const opened = m.level === 'centre' || random.chance(0.75) ? '2015-01-01' : anyDay(random);
    const opened_on = random.chance(0.15) ? null : opened;
    const closes = m.level !== 'centre' && random.chance(0.25);
    return {
      code: m.code,
      name: `${m.code}党支部`,
      parent: among(random, m.parents),
      level: m.level,
      opened_on,
      closed_on: closes ? dayAfter(random, opened > '2021' ? opened : '2021-06-15', 1100) : null,
      merged_into: null,
      split_from: null,
      position: positions[i] ?? i,
    };
  });
  const past = made.flatMap((m, i) => pastOfChance(random, m, units[i]?.parent ?? null));
  merge(random, units);
  for (const unit of units)
    if (unit.level === 'branch' && (unit.opened_on ?? '') > '2021' && random.chance(0.5))
      unit.split_from = among(
        random,
        units.filter((u) => u.level === 'branch' && u.code !== unit.code).map((u) => u.code),
      );
  return { units, past };
}

/** Former names and places: a move, a new name, or both; now and then from outside of the centre. */
function pastOfChance(random: Random, { code, level, parents }: Made, today: string | null): PastRow[] {
  if (!random.chance(0.5)) return [];
  const others = parents.filter((p) => p !== today);
  const elsewhere = others.length > 0 ? others : parents;
  const untils = new Set(Array.from({ length: random.int(1, 2) }, () => anyDay(random)));
  return [...untils].sort().map((until_on, i) => ({
    unit: code,
    until_on,
    name: `${code}原${i + 1}党支部`,
    parent: level !== 'centre' && random.chance(0.05) ? null : among(random, i > 0 ? parents : elsewhere),
  }));
}

/** Some of what was closed went into another unit of its level; never in a circle of today's tree. */
function merge(random: Random, units: readonly UnitRow[]): void {
  const byCode = new Map(units.map((u) => [u.code, u]));
  const stands = (code: string | null | undefined, under: string): boolean => {
    if (code === null || code === undefined) return false;
    const unit = byCode.get(code);
    return code === under || stands(unit?.merged_into ?? unit?.parent, under);
  };
  for (const unit of units) {
    if (unit.closed_on === null || !random.chance(0.6)) continue;
    const others = units.filter((u) => u.level === unit.level && !stands(u.code, unit.code));
    unit.merged_into = among(
      random,
      others.map((u) => u.code),
    );
  }
}
