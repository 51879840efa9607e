import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { boundedFields, type Condition, type Measure } from '../shared/condition.ts';
import type { Part, RecordFamily, RecordKpi } from '../shared/kpi.ts';

/**
 * The catalogue's conditions and measures → SQL over one record table, aliased `r`.
 * The same text runs on SQLite and PostgreSQL. Values are bound, never written into the text;
 * column names come from the catalogue alone.
 */

type Bool = RawBuilder<SqlBool>;
type Num = RawBuilder<number | null>;

const column = (field: string): RawBuilder<unknown> => sql.ref(`r.${field}`);
const both = (conditions: readonly Bool[]): Bool =>
  conditions.length === 0 ? sql`1 = 1` : sql`(${sql.join(conditions, sql` and `)})`;

/** Records of the table with one of the kinds. An activity may have several; a visit has one. */
export function hasKind(table: RecordFamily, kinds: readonly string[]): Bool {
  if (kinds.length === 0) return sql`1 = 0`;
  const list = sql.join(kinds.map((k) => sql.val(k)));
  if (table === 'visit') return sql`r.kind in (${list})`;
  if (table !== 'activity') return sql`1 = 0`;
  return sql`exists (select 1 from activity_kind as k where k.unit = r.unit and k.activity_id = r.id and k.kind in (${list}))`;
}

/** @param at the day as of which the question is put */
export function condition(table: RecordFamily, where: Condition, at: string): Bool {
  if ('all' in where) return both(where.all.map((c) => condition(table, c, at)));
  // SQL's `not` drops rows where the inner comparison is null; "is not true" keeps them.
  if ('not' in where) return sql`(${condition(table, where.not, at)}) is not true`;
  if ('hasKind' in where) return hasKind(table, where.hasKind);
  if ('is' in where) return sql`${column(where.field)} = ${where.is}`;
  if ('before' in where) return sql`${column(where.field)} < ${at}`;
  const end = where.onOrBefore === 'at' ? sql.val(at) : column(where.onOrBefore.field);
  return sql`${column(where.field)} <= ${end}`;
}

/** One record's contribution when it is fully known, else null. */
export function exact(measure: Measure): Num {
  if ('count' in measure) return sql`1`;
  if ('sum' in measure) return sql`${column(measure.sum)}`;
  if ('product' in measure) return sql`(${column(measure.product[0])} * ${column(measure.product[1])})`;
  if ('days' in measure) throw new Error('days are counted outside SQL: engines differ in date arithmetic');
  return sql`(${sql.join(measure.minus.map(column), sql` - `)})`;
}

/** One record's contribution to a sum: the exact figure, else its lower bound, else null. */
export function atLeast(measure: Measure): Num {
  const least = (field: string): RawBuilder<unknown> =>
    boundedFields.has(field) ? sql`coalesce(${column(field)}, ${column(`${field}_min`)})` : column(field);
  if ('sum' in measure) return sql`${least(measure.sum)}`;
  if ('product' in measure) return sql`(${least(measure.product[0])} * ${least(measure.product[1])})`;
  return exact(measure);
}

const partly = (table: RecordFamily, part: Part, at: string, value: Num): Num =>
  part.where ? sql`(case when ${condition(table, part.where, at)} then ${value} else 0 end)` : value;

/** What one record adds to each half of the figure, and whether it is unknown (1) or not (0). */
export type Contribution = {
  readonly numerator: Num;
  readonly denominator: Num;
  readonly unknown: RawBuilder<number>;
};

/**
 * A sum takes lower bounds and counts the record as unknown; a rate leaves a record with either
 * half unknown out of both.
 */
export function contribution(kpi: RecordKpi, at: string): Contribution {
  const n = partly(kpi.from, kpi.numerator, at, exact(kpi.numerator.measure));
  if (kpi.type === 'count') {
    return {
      numerator: partly(kpi.from, kpi.numerator, at, atLeast(kpi.numerator.measure)),
      denominator: sql`cast(null as integer)`,
      unknown: sql`(case when ${n} is null then 1 else 0 end)`,
    };
  }
  if (kpi.type === 'per_member')
    return {
      numerator: n,
      denominator: sql`cast(null as integer)`,
      unknown: sql`(case when ${n} is null then 1 else 0 end)`,
    };
  const d = partly(kpi.from, kpi.denominator, at, exact(kpi.denominator.measure));
  const known = sql<SqlBool>`(${n} is not null and ${d} is not null)`;
  return {
    numerator: sql`(case when ${known} then ${n} end)`,
    denominator: sql`(case when ${known} then ${d} end)`,
    unknown: sql`(case when ${known} then 0 else 1 end)`,
  };
}

/** The rows of one stretch of days that the KPI looks at. */
export type Stretch = { readonly from: string; readonly to: string; readonly at: string };

/** Which rows of the KPI's table: units, days, the KPI's own condition, the asked kinds. */
export function rowsOf(
  kpi: RecordKpi,
  stretch: Stretch,
  units: readonly string[],
  kinds: readonly string[] | null,
): Bool {
  return both([
    units.length === 0 ? sql`1 = 0` : sql`r.unit in (${sql.join(units.map((u) => sql.val(u)))})`,
    sql`r.date between ${stretch.from} and ${stretch.to}`,
    ...(kpi.where ? [condition(kpi.from, kpi.where, stretch.at)] : []),
    ...(kinds && kpi.splitsByKind ? [hasKind(kpi.from, kinds)] : []),
  ]);
}
