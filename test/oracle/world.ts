import type { Insertable } from 'kysely';
import type { Connection } from '../../db/connect.ts';
import type { RecordColumns, UnitTable } from '../../db/types.ts';
import { Random } from '../../db/demo/random.ts';
import { kinds } from '../../shared/kinds.ts';

/**
 * A centre of chance, put straight into the tables: units that open and close in mid-month,
 * an inner unit with a ledger of its own, records of party groups, coverage in shreds, figures
 * absent in every way. What no ledger of the demonstration has, and a ledger some day may.
 */
export const worldUnits: readonly Insertable<UnitTable>[] = (
  [
    ['C', '中心', null, 'centre', '2015-01-01', null, null],
    ['A', '甲站党总支', 'C', 'branch', '2015-01-01', null, null],
    ['A1', '甲站第一党支部', 'A', 'branch', '2015-01-01', null, null],
    ['A1G1', '甲站第一党支部第一党小组', 'A1', 'group', '2015-01-01', null, null],
    ['A1G2', '甲站第一党支部第二党小组', 'A1', 'group', '2022-05-10', null, null],
    ['A2', '甲站第二党支部', 'A', 'branch', '2015-01-01', '2022-08-20', 'A1'],
    ['B', '乙站党支部', 'C', 'branch', '2022-03-15', null, null],
    ['D', '丙站党支部', 'C', 'branch', null, null, null],
    ['E', '丁站党支部', 'C', 'branch', '2024-06-01', null, null],
  ] as const
).map(([code, name, parent, level, opened_on, closed_on, merged_into], position) => ({
  code,
  name,
  parent,
  level,
  opened_on,
  closed_on,
  merged_into,
  position,
}));

type Db = Connection['db'];

const two = (n: number): string => String(n).padStart(2, '0');

/** Chance, and where the rows of chance go. */
class World {
  private made = 0;

  constructor(
    readonly db: Db,
    readonly random: Random,
    readonly import_id: number,
  ) {}

  day(): string {
    const { random } = this;
    return `${random.int(2021, 2024)}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`;
  }

  /** One figure in five is not known. */
  maybe(n: number): number | null {
    return this.random.chance(0.2) ? null : n;
  }

  row(unit: string, date = this.day()): RecordColumns {
    const row = ++this.made;
    const id = `r${row}`;
    const { import_id } = this;
    return { unit, id, date, title: null, import_id, file: 'f', sheet: 's', row, raw: '[]', fingerprint: id };
  }

  /** For each unit, up to so many. */
  async some(many: number, make: (unit: string) => Promise<unknown>): Promise<void> {
    for (const { code } of worldUnits) for (let n = this.random.int(0, many); n > 0; n--) await make(code);
  }
}

const ledgers = ['activity', 'visit', 'volunteering', 'rectification'] as const;

export async function fillWorld(db: Db, seed: number): Promise<void> {
  await db
    .insertInto('unit')
    .values([...worldUnits])
    .execute();
  const { id } = await db
    .insertInto('import')
    .values({
      status: 'committed',
      created_at: '2024-09-30T00:00:00Z',
      actor: 'test',
      files: '[]',
      report: '{}',
      staged: null,
      records: 0,
      data_version: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const world = new World(db, new Random(`world ${seed}`), id);
  await fillCoverage(world);
  await fillActivities(world);
  await fillVisits(world);
  await fillServices(world);
  await fillProblems(world);
  await fillHeadcounts(world);
  await coverRecords(db, id);
}

/** Who hands in nothing: the centre; the inner unit but visits; one party group at all, the other volunteering. */
const handsIn = (unit: string, family: (typeof ledgers)[number]): boolean =>
  unit !== 'C' &&
  (unit !== 'A' || family === 'visit') &&
  (unit !== 'A1G1' || family === 'volunteering') &&
  unit !== 'A1G2';

async function fillCoverage({ db, random, import_id }: World): Promise<void> {
  const month = (i: number): string => `${2021 + Math.floor(i / 12)}-${two((i % 12) + 1)}`;
  for (const family of ledgers)
    for (const { code: unit } of worldUnits) {
      if (!handsIn(unit, family)) continue;
      const spans = new Map<string, string>();
      for (let n = random.int(0, 4); n > 0; n--) {
        const from = random.int(0, 44);
        spans.set(month(from), month(Math.min(44, from + random.int(0, 14))));
      }
      for (const [from_month, to_month] of spans)
        await db.insertInto('coverage').values({ unit, family, from_month, to_month, import_id }).execute();
    }
}

const codesOf = (visits: boolean): string[] =>
  kinds.filter((k) => (k.family === 'visit') === visits).map((k) => k.code);

async function fillActivities(world: World): Promise<void> {
  const { db, random } = world;
  const codes = codesOf(false);
  const frequent = [
    'theme_day',
    'general_meeting',
    'committee_meeting',
    'group_meeting',
    'member_appraisal',
  ] as const;
  await world.some(160, async (unit) => {
    const row = world.row(unit);
    const [expected, present] = [world.maybe(random.int(1, 40)), world.maybe(random.int(0, 40))];
    await db
      .insertInto('activity')
      .values({
        ...row,
        end_date: null,
        approximate: 0,
        form: null,
        place: null,
        note: null,
        expected,
        expected_min: expected === null && random.chance(0.5) ? 10 : null,
        present,
        present_min: present === null && random.chance(0.5) ? 20 : null,
        on_duty: world.maybe(random.int(0, 3)),
        excused: world.maybe(random.int(0, 3)),
        unexcused: world.maybe(random.int(0, 2)),
        exempt: random.int(0, 1),
        hours: world.maybe(random.int(1, 6) / 2),
      })
      .execute();
    const of = new Set([codes[random.int(0, codes.length - 1)] ?? 'other']);
    if (random.chance(0.5)) of.add(random.pick(frequent));
    for (const kind of of)
      await db.insertInto('activity_kind').values({ unit, activity_id: row.id, kind }).execute();
  });
}

async function fillVisits(world: World): Promise<void> {
  const { db, random } = world;
  const codes = codesOf(true);
  await world.some(20, async (unit) => {
    const [raised, resolved] = [world.maybe(random.int(0, 4)), world.maybe(random.int(0, 4))];
    await db
      .insertInto('visit')
      .values({
        ...world.row(unit),
        end_date: null,
        approximate: 0,
        note: null,
        kind: codes[random.int(0, codes.length - 1)] ?? 'research_visit',
        participants: world.maybe(3),
        participants_min: null,
        raised,
        raised_min: raised === null ? 2 : null,
        resolved,
        resolved_min: null,
      })
      .execute();
  });
}

async function fillServices(world: World): Promise<void> {
  const { db, random } = world;
  await world.some(20, async (unit) => {
    const participants = world.maybe(random.int(1, 60));
    await db
      .insertInto('volunteering')
      .values({
        ...world.row(unit),
        end_date: null,
        approximate: 0,
        place: null,
        beneficiaries: null,
        note: null,
        participants,
        participants_min: participants === null && random.chance(0.6) ? 50 : null,
        hours: world.maybe(random.int(1, 8) / 2),
      })
      .execute();
  });
}

/** Rectification, and contradictions found. */
async function fillProblems(world: World): Promise<void> {
  const { db, random } = world;
  await world.some(25, async (unit) => {
    const row = world.row(unit);
    const later = (): string | null => {
      const date = world.day();
      return random.chance(0.3) ? null : date < row.date ? row.date : date;
    };
    await db
      .insertInto('rectification')
      .values({
        ...row,
        approximate: 0,
        origin: null,
        measure: null,
        responsible_department: null,
        reported_on: null,
        progress: null,
        note: null,
        nature: random.pick(['immediate', 'deadline', 'long_term', null]),
        due_on: later(),
        closed_on: later(),
      })
      .execute();
  });
  await world.some(4, (unit) =>
    db
      .insertInto('contradiction')
      .values({ ...world.row(unit), family: 'activity', code: 'duplicate', cell: null, value: null })
      .execute(),
  );
}

async function fillHeadcounts(world: World): Promise<void> {
  const { db, random } = world;
  for (const { code } of worldUnits) {
    if (code === 'A' || code === 'C') continue;
    const first = `${random.int(2020, 2022)}-${two(random.int(1, 12))}-01`;
    for (const date of new Set([first, world.day(), world.day()]))
      if (random.chance(0.8))
        await db
          .insertInto('headcount')
          .values({ ...world.row(code, date), members: random.int(3, 30) })
          .execute();
  }
}

/** No record stands in a month that is not covered: a row outside its ledger's span covers its own month. */
async function coverRecords(db: Db, import_id: number): Promise<void> {
  for (const family of ledgers) {
    const months = new Map<string, { unit: string; month: string }>();
    for (const { unit, date } of await db.selectFrom(family).select(['unit', 'date']).execute()) {
      const keeper = unit === 'A1G2' ? 'A1' : unit;
      months.set(`${keeper} ${date.slice(0, 7)}`, { unit: keeper, month: date.slice(0, 7) });
    }
    for (const { unit, month } of months.values())
      await db
        .insertInto('coverage')
        .values({ unit, family, from_month: month, to_month: month, import_id })
        .onConflict((c) => c.doNothing())
        .execute();
  }
}
