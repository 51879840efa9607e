import type { Kysely, Selectable } from 'kysely';
import type {
  CoverageTable,
  Database,
  ExemptionTable,
  HeadcountTable,
  NormTable,
  UnitPastTable,
  UnitTable,
} from '../../db/types.ts';

/** A record as the oracle sees it: its columns, by name, and its kinds. */
export type OracleRecord = {
  readonly unit: string;
  readonly date: string;
  readonly kinds: readonly string[];
  readonly fields: Readonly<Record<string, string | number | null>>;
};

export const oracleTables = ['activity', 'visit', 'volunteering', 'rectification', 'contradiction'] as const;
export type OracleTable = (typeof oracleTables)[number];

/** A whole database as plain arrays. */
export type Tables = {
  readonly units: readonly Selectable<UnitTable>[];
  readonly past: readonly Selectable<UnitPastTable>[];
  readonly coverage: readonly Selectable<CoverageTable>[];
  readonly headcounts: readonly Selectable<HeadcountTable>[];
  readonly norms: readonly Selectable<NormTable>[];
  readonly exemptions: readonly Selectable<ExemptionTable>[];
  /** The month with which the centre's year begins. */
  readonly yearStart: number;
  readonly records: Readonly<Record<OracleTable, readonly OracleRecord[]>>;
};

export async function readTables(db: Kysely<Database>): Promise<Tables> {
  const kinds = new Map<string, string[]>();
  for (const k of await db.selectFrom('activity_kind').selectAll().execute()) {
    const key = `${k.unit}\n${k.activity_id}`;
    kinds.set(key, [...(kinds.get(key) ?? []), k.kind]);
  }
  const of = async (table: OracleTable): Promise<OracleRecord[]> => {
    const rows = await db.selectFrom(table).selectAll().execute();
    return rows.map((row) => {
      const fields: Record<string, string | number | null> = { ...row };
      const own = typeof fields['kind'] === 'string' ? [fields['kind']] : [];
      return {
        unit: row.unit,
        date: row.date,
        fields,
        kinds: table === 'activity' ? (kinds.get(`${row.unit}\n${row.id}`) ?? []) : own,
      };
    });
  };
  const settings = await db.selectFrom('setting').selectAll().where('key', '=', 'yearStart').execute();
  return {
    units: await db.selectFrom('unit').selectAll().orderBy('position').execute(),
    past: await db.selectFrom('unit_past').selectAll().execute(),
    coverage: await db.selectFrom('coverage').selectAll().execute(),
    headcounts: await db.selectFrom('headcount').selectAll().execute(),
    norms: await db.selectFrom('norm').selectAll().execute(),
    exemptions: await db.selectFrom('exemption').selectAll().execute(),
    yearStart: Number(settings[0]?.value ?? 1),
    records: {
      activity: await of('activity'),
      visit: await of('visit'),
      volunteering: await of('volunteering'),
      rectification: await of('rectification'),
      contradiction: await of('contradiction'),
    },
  };
}
