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

const two = (n: number): string => String(n).padStart(2, '0');

export async function fillWorld({ db }: Pick<Connection, 'db'>, seed: number): Promise<void> {
  const random = new Random(`world ${seed}`);
  await db
    .insertInto('unit')
    .values([...worldUnits])
    .execute();
  const { id: import_id } = await db
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
  const codes = worldUnits.map((u) => u.code);
  const maybe = (n: number): number | null => (random.chance(0.2) ? null : n);
  const day = (): string => `${random.int(2021, 2024)}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`;
  let made = 0;
  const common = (unit: string, date = day()): RecordColumns => {
    const id = `r${++made}`;
    return {
      unit,
      id,
      date,
      title: null,
      import_id,
      file: 'f',
      sheet: 's',
      row: made,
      raw: '[]',
      fingerprint: id,
    };
  };
  const some = (many: number, make: (unit: string) => Promise<unknown>): Promise<unknown> =>
    codes.reduce<Promise<unknown>>(async (before, code) => {
      await before;
      for (let n = random.int(0, many); n > 0; n--) await make(code);
    }, Promise.resolve());

  for (const family of ['activity', 'visit', 'volunteering', 'rectification'] as const)
    for (const unit of codes) {
      // The centre hands in nothing itself, the inner unit only visits, and one group keeps a ledger.
      if (
        unit === 'C' ||
        (unit === 'A' && family !== 'visit') ||
        (unit === 'A1G1' && family !== 'volunteering') ||
        unit === 'A1G2'
      )
        continue;
      const spans = new Map<string, string>();
      for (let n = random.int(0, 4); n > 0; n--) {
        const from = random.int(0, 44);
        const to = Math.min(44, from + random.int(0, 14));
        const month = (i: number): string => `${2021 + Math.floor(i / 12)}-${two((i % 12) + 1)}`;
        spans.set(month(from), month(to));
      }
      for (const [from_month, to_month] of spans)
        await db.insertInto('coverage').values({ unit, family, from_month, to_month, import_id }).execute();
    }

  const activityKinds = kinds.filter((k) => k.family !== 'visit').map((k) => k.code);
  const visitKinds = kinds.filter((k) => k.family === 'visit').map((k) => k.code);
  await some(160, async (unit) => {
    const row = common(unit);
    const [expected, present] = [maybe(random.int(1, 40)), maybe(random.int(0, 40))];
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
        on_duty: maybe(random.int(0, 3)),
        excused: maybe(random.int(0, 3)),
        unexcused: maybe(random.int(0, 2)),
        exempt: random.int(0, 1),
        hours: maybe(random.int(1, 6) / 2),
      })
      .execute();
    const of = new Set([activityKinds[random.int(0, activityKinds.length - 1)] ?? 'other']);
    if (random.chance(0.5))
      of.add(
        random.pick([
          'theme_day',
          'general_meeting',
          'committee_meeting',
          'group_meeting',
          'member_appraisal',
        ]),
      );
    for (const kind of of)
      await db.insertInto('activity_kind').values({ unit, activity_id: row.id, kind }).execute();
  });
  await some(20, async (unit) => {
    const [raised, resolved] = [maybe(random.int(0, 4)), maybe(random.int(0, 4))];
    await db
      .insertInto('visit')
      .values({
        ...common(unit),
        end_date: null,
        approximate: 0,
        note: null,
        kind: visitKinds[random.int(0, visitKinds.length - 1)] ?? 'research_visit',
        participants: maybe(3),
        participants_min: null,
        raised,
        raised_min: raised === null ? 2 : null,
        resolved,
        resolved_min: null,
      })
      .execute();
  });
  await some(20, async (unit) => {
    const participants = maybe(random.int(1, 60));
    await db
      .insertInto('volunteering')
      .values({
        ...common(unit),
        end_date: null,
        approximate: 0,
        place: null,
        beneficiaries: null,
        note: null,
        participants,
        participants_min: participants === null && random.chance(0.6) ? 50 : null,
        hours: maybe(random.int(1, 8) / 2),
      })
      .execute();
  });
  await some(25, async (unit) => {
    const row = common(unit);
    const later = (): string | null => {
      const date = day();
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
  await some(4, async (unit) => {
    await db
      .insertInto('contradiction')
      .values({ ...common(unit), family: 'activity', code: 'duplicate', cell: null, value: null })
      .execute();
  });
  for (const unit of codes)
    for (const date of new Set([`${random.int(2020, 2022)}-${two(random.int(1, 12))}-01`, day(), day()]))
      if (unit !== 'A' && unit !== 'C' && random.chance(0.8))
        await db
          .insertInto('headcount')
          .values({ ...common(unit, date), members: random.int(3, 30) })
          .execute();
  await coverRecords(db, import_id);
}

/** No record stands in a month that is not covered: a row outside its ledger's span covers its own month. */
async function coverRecords(db: Connection['db'], import_id: number): Promise<void> {
  for (const family of ['activity', 'visit', 'volunteering', 'rectification'] as const) {
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
