import type { Insertable } from 'kysely';
import type { Random } from '../../db/demo/random.ts';
import type { CoverageTable } from '../../db/types.ts';
import { monthAt, months } from './days.ts';
import type { RecordRows } from './records.ts';
import type { PastRow, UnitRow } from './units.ts';

export type CoverageRow = Insertable<CoverageTable>;

const ledgers = ['activity', 'visit', 'volunteering', 'rectification'] as const;
type Ledger = (typeof ledgers)[number];

/** How likely a unit is to hand in a ledger of its own at all. */
const likely = ({ level, code }: UnitRow): number => {
  if (level === 'group') return 0.2;
  return level === 'centre' || code.startsWith('N') ? 0.25 : 0.9;
};

/** Ledgers in shreds, with most of the focus handed in. */
export function coverageOfChance(random: Random, units: readonly UnitRow[], focus: number): CoverageRow[] {
  const rows: CoverageRow[] = [];
  for (const family of ledgers)
    for (const unit of units) {
      if (!random.chance(likely(unit))) continue;
      const spans = new Map<number, number>();
      if (random.chance(0.7)) spans.set(focus + random.int(-2, 2), focus + random.int(8, 16));
      for (let n = random.int(0, 2); n > 0; n--) {
        const from = random.int(0, months - 4);
        spans.set(from, from + random.int(0, 9));
      }
      for (const [from, to] of spans) rows.push(row(unit.code, family, monthAt(from), monthAt(to)));
    }
  return rows;
}

const row = (unit: string, family: Ledger, from_month: string, to_month: string): CoverageRow => ({
  unit,
  family,
  from_month,
  to_month,
  import_id: 1,
});

type Tree = { readonly units: readonly UnitRow[]; readonly past: readonly PastRow[] };

/** The branch into whose ledger a unit's row goes: the unit itself, or the branch of a party group. */
function keeper(tree: Tree, code: string, parentOf: (unit: UnitRow) => string | null | undefined): string {
  const unit = tree.units.find((u) => u.code === code);
  const parent = unit?.level === 'group' ? parentOf(unit) : null;
  return unit && parent ? keeper(tree, parent, parentOf) : code;
}

function keepersOf(tree: Tree, code: string, month: string): string[] {
  const then = keeper(tree, code, (u) => {
    const former = tree.past
      .filter((p) => p.unit === u.code && p.until_on >= `${month}-01`)
      .sort((a, b) => (a.until_on < b.until_on ? -1 : 1))[0];
    return former ? former.parent : u.parent;
  });
  return [...new Set([then, keeper(tree, code, (u) => u.merged_into ?? u.parent)])];
}

/** No record stands in a month that is not covered: a row covers its own month, as in the importer. */
export function coverageOfRecords(tree: Tree, records: RecordRows): CoverageRow[] {
  const rows = new Map<string, CoverageRow>();
  for (const family of ledgers)
    for (const { unit, date } of records[family]) {
      const month = date.slice(0, 7);
      for (const code of keepersOf(tree, unit, month))
        rows.set(`${code} ${family} ${month}`, row(code, family, month, month));
    }
  return [...rows.values()];
}
