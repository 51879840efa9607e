import type { Kysely, Selectable } from 'kysely';
import type { Database, NormTable } from '../../db/types.ts';
import type { DefinitionChange, Exemption, Norm, SlotNorm, ValueNorm } from '../../shared/norms.ts';
import { isSlotNorm } from '../../shared/norms.ts';

/** All that is asked of units, and where figures are kept differently. */
export type Rules = {
  readonly slotNorms: readonly SlotNorm[];
  readonly valueNorms: readonly ValueNorm[];
  readonly exemptions: readonly Exemption[];
  readonly definitionChanges: readonly DefinitionChange[];
};

/** A row of the table as what it says. Throws on a row that says neither kind nor figure: none is written. */
export function toNorm(row: Selectable<NormTable>): Norm {
  const common = {
    id: row.id,
    layer: row.layer,
    unit: row.unit,
    from: row.from_on,
    to: row.to_on,
    source: { zh: row.source_zh, en: row.source_en },
    strength: row.strength,
    note: row.note,
  };
  if (row.kind !== null && row.every !== null)
    return {
      ...common,
      kind: row.kind,
      every: row.every,
      per: row.per ?? 'branch',
      minMembers: row.min_members,
    };
  if (row.kpi !== null && row.value !== null) return { ...common, kpi: row.kpi, value: row.value };
  throw new Error(`norm ${row.id} says neither how often nor how much`);
}

/** Every norm, from the most general layer, in the order in which they were written. */
export async function listNorms(db: Kysely<Database>): Promise<Norm[]> {
  return (await db.selectFrom('norm').selectAll().orderBy('id').execute()).map(toNorm);
}

export async function listExemptions(db: Kysely<Database>): Promise<Exemption[]> {
  const rows = await db.selectFrom('exemption').selectAll().orderBy('id').execute();
  return rows.map((r) => ({
    id: r.id,
    unit: r.unit,
    kind: r.kind,
    from: r.from_on,
    to: r.to_on,
    reason: r.reason,
    decidedBy: r.decided_by,
    decidedOn: r.decided_on,
  }));
}

export async function listDefinitionChanges(db: Kysely<Database>): Promise<DefinitionChange[]> {
  const rows = await db.selectFrom('definition_change').selectAll().orderBy('on_day').orderBy('id').execute();
  return rows.map((r) => ({ id: r.id, kpi: r.kpi, on: r.on_day, note: r.note }));
}

export async function loadRules(db: Kysely<Database>): Promise<Rules> {
  const norms = await listNorms(db);
  return {
    slotNorms: norms.filter(isSlotNorm),
    valueNorms: norms.filter((n): n is ValueNorm => !isSlotNorm(n)),
    exemptions: await listExemptions(db),
    definitionChanges: await listDefinitionChanges(db),
  };
}
