import type { Unit } from '../../shared/unit.ts';
import type { UnitFinder } from './units.ts';

/** By what a title names the unit so that it is read back: its name, or its code where the name is another's too. */
export function wordInTitle(unit: Unit, finder: UnitFinder): string {
  const found = finder.within(unit.name);
  return found.is === 'one' && found.unit.code === unit.code ? unit.name : unit.code;
}

/** The same for a cell of the unit column. */
export function wordInCell(unit: Unit, finder: UnitFinder): string {
  const found = finder.named(unit.name);
  return found.is === 'one' && found.unit.code === unit.code ? unit.name : unit.code;
}
