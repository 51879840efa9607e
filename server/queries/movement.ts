import type { Kysely } from 'kysely';
import { recordTables, type Database } from '../../db/types.ts';
import { families, type Family } from '../../shared/kinds.ts';
import { firstDay, monthOf, monthsFrom } from '../../shared/period.ts';
import { shortName } from '../../shared/unit.ts';
import type { Between } from './because.ts';
import { filesOf } from './changes.ts';
import type { RecordChange } from './differences.ts';

/** All that lies between then and now: by which changes, from which files, and what happened since. */
export async function betweenOf(
  db: Kysely<Database>,
  differences: Between['differences'],
  asOf: { readonly then: string; readonly now: string },
): Promise<Between> {
  const changes = await db.selectFrom('change').selectAll().execute();
  const movement = asOf.now > asOf.then ? await movementBetween(db, asOf) : [];
  const closed = await db
    .selectFrom('rectification')
    .select(['unit', 'date as raised', (e) => e.fn.countAll<number>().as('records')])
    .where('closed_on', '>', asOf.then)
    .where('closed_on', '<=', asOf.now)
    .where((e) => e.or([e('nature', 'is', null), e('nature', '<>', 'long_term')]))
    .groupBy(['unit', 'date'])
    .execute();
  const units = await db.selectFrom('unit').select(['code', 'name']).execute();
  const importIds = [...differences.records, ...movement].map((c) => c.importId);
  return {
    differences,
    movement,
    closed,
    changes: new Map(changes.map((c) => [c.version, c])),
    files: await filesOf(db, importIds),
    unitNames: new Map(units.map((u) => [u.code, shortName(u.name)])),
  };
}

/** Today's records of the days between the two cut-offs, by import, unit and day. */
async function movementBetween(
  db: Kysely<Database>,
  asOf: { then: string; now: string },
): Promise<RecordChange[]> {
  const found: RecordChange[] = [];
  for (const table of recordTables) {
    const rows: {
      family?: string;
      unit: string;
      date: string;
      import_id: number;
      file: string;
      version: number;
      records: number;
    }[] = await db
      .selectFrom(table)
      .select(['unit', 'date', 'import_id', 'file', 'version', (e) => e.fn.countAll<number>().as('records')])
      .$if(table === 'contradiction', (q) => q.select('family' as never).groupBy('family' as never))
      .where('date', '>', asOf.then)
      .where('date', '<=', asOf.now)
      .groupBy(['unit', 'date', 'import_id', 'file', 'version'])
      .execute();
    for (const { unit, date, import_id, ...r } of rows) {
      const family = table === 'contradiction' ? familyOf(r.family) : table;
      found.push({ ...common, ...r, table, family, unit, day: date, importId: import_id });
    }
  }
  return [...found, ...(await monthsCoveredBetween(db, asOf))];
}

const common = { step: 'movement', how: 'added' } as const;
const familyOf = (name: unknown): Family => families.find((f) => f === name) ?? 'activity';

async function monthsCoveredBetween(
  db: Kysely<Database>,
  asOf: { then: string; now: string },
): Promise<RecordChange[]> {
  const [after, upTo] = [monthOf(asOf.then), monthOf(asOf.now)];
  const coverage = await db.selectFrom('coverage').selectAll().where('to_month', '>', after).execute();
  return coverage.flatMap(({ unit, from_month, to_month, import_id, version, ...c }) =>
    monthsFrom(from_month, to_month)
      .filter((month) => month > after && month <= upTo)
      .map((month) => ({
        ...common,
        table: 'coverage' as const,
        family: familyOf(c.family),
        unit,
        day: firstDay(month),
        importId: import_id,
        file: null,
        records: 0,
        version,
      })),
  );
}
