import type { Insertable } from 'kysely';
import type { Connection } from '../../db/connect.ts';
import { Random } from '../../db/demo/random.ts';
import type { Database } from '../../db/types.ts';
import { coverageOfChance, coverageOfRecords, type CoverageRow } from './coverage.ts';
import { anyDay, lastOf } from './days.ts';
import { exemptionsOfChance, normsOfChance, type ExemptionRow, type NormRow } from './norms.ts';
import { Maker, recordsOfChance, type RecordRows } from './records.ts';
import { unitsOfChance, type PastRow, type UnitRow } from './units.ts';

/** All rows of one centre, ready for the tables. */
export type World = {
  readonly seed: number;
  readonly yearStart: number;
  /** The norms that a database begins with are taken away. */
  readonly ownNormsOnly: boolean;
  readonly units: readonly UnitRow[];
  readonly past: readonly PastRow[];
  readonly norms: readonly NormRow[];
  readonly exemptions: readonly ExemptionRow[];
  readonly coverage: readonly CoverageRow[];
  readonly records: RecordRows;
  /** A year in which most things happen. */
  readonly focusYear: number;
};

/**
 * A centre of chance: a random tree through time, ledgers in shreds, figures absent in every way,
 * norms of every layer. What no ledger of the demonstration has, and a ledger some day may.
 * @param tidy only what the importer lets in, so that the laws of sums hold: see `test/laws.test.ts`
 */
export function centreOfChance(seed: number, tidy = false): World {
  const random = new Random(`centre ${seed}`);
  const { units, past } = unitsOfChance(random.of('units'));
  const codes = units.map((u) => u.code);
  const maker = new Maker(random.of('records'), units, tidy);
  const made = recordsOfChance(maker, units);
  const ledgers = coverageOfChance(random.of('coverage'), units, maker.focus);
  const tree = { units, past };
  const records = tidy ? onlyOfLiving(tree, made) : made;
  const covered = coverageOfRecords(tree, records);
  return {
    seed,
    yearStart: random.chance(0.5) ? 1 : random.int(2, 12),
    ownNormsOnly: random.chance(0.25),
    units,
    past,
    norms: normsOfChance(random.of('norms'), codes),
    exemptions: exemptionsOfChance(random.of('exemptions'), codes),
    coverage: distinct([...ledgers, ...covered]),
    records,
    focusYear: 2021 + Math.floor(maker.focus / 12),
  };
}

/** A party group writes nothing while the branch that keeps its ledger does not exist. */
function onlyOfLiving(tree: Parameters<typeof coverageOfRecords>[0], records: RecordRows): RecordRows {
  const byCode = new Map(tree.units.map((u) => [u.code, u]));
  const lives = ({ unit, date }: { unit: string; date: string }): boolean => {
    const one = { ...none, activity: records.activity.slice(0, 1).map((a) => ({ ...a, unit, date })) };
    return coverageOfRecords(tree, one).every((c) => {
      const keeper = byCode.get(c.unit);
      const month = date.slice(0, 7);
      return (keeper?.opened_on ?? '0') <= lastOf(month) && (keeper?.closed_on ?? '9') >= `${month}-01`;
    });
  };
  const activity = records.activity.filter(lives);
  const kept = new Set(activity.map((a) => a.id));
  return {
    ...records,
    activity,
    activity_kind: records.activity_kind.filter((k) => kept.has(k.activity_id)),
    visit: records.visit.filter(lives),
    volunteering: records.volunteering.filter(lives),
    rectification: records.rectification.filter(lives),
  };
}

const none: RecordRows = {
  activity: [],
  activity_kind: [],
  visit: [],
  volunteering: [],
  rectification: [],
  contradiction: [],
  headcount: [],
};

const distinct = (rows: readonly CoverageRow[]): CoverageRow[] => [
  ...new Map(rows.map((r) => [`${r.unit} ${r.family} ${r.from_month} ${r.to_month}`, r])).values(),
];

/** A day from which to look: often the end of a year or month, now and then 29 February. */
export function asOfChance(random: Random, yearStart: number): string {
  const year = random.int(2022, 2025);
  if (random.chance(0.2)) return `${year - 1}-12-31`;
  if (random.chance(0.1)) return '2024-02-29';
  if (random.chance(0.1))
    return lastOf(`${year - 1}-${String(((yearStart + 10) % 12) + 1).padStart(2, '0')}`);
  return anyDay(random);
}

/** Puts the rows into the tables of an empty, migrated database. */
export async function store({ db, dialect }: Connection, world: World): Promise<void> {
  const insert = async <T extends keyof Database>(
    table: T,
    rows: readonly Insertable<Database[T]>[],
  ): Promise<void> => {
    const columns = Object.keys(rows[0] ?? {}).length;
    const most = Math.floor(dialect.maxParameters / Math.max(1, columns));
    for (let at = 0; at < rows.length; at += most)
      await db
        .insertInto(table)
        .values(rows.slice(at, at + most) as never)
        .execute();
  };
  if (world.ownNormsOnly) await db.deleteFrom('norm').execute();
  await insert('import', [committed]);
  await insert('setting', [{ key: 'yearStart', value: String(world.yearStart) }]);
  await insert('unit', world.units);
  await insert('unit_past', world.past);
  await insert('norm', world.norms);
  await insert('exemption', world.exemptions);
  await insert('coverage', world.coverage);
  for (const table of Object.keys(none) as (keyof RecordRows)[])
    await insert(table, world.records[table] as never);
}

const committed: Insertable<Database['import']> = {
  status: 'committed',
  created_at: '2024-12-31T00:00:00Z',
  actor: 'test',
  files: '[]',
  report: '{}',
  records: 0,
  data_version: 1,
};
