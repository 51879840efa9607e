import type { Condition, Measure } from '../../shared/condition.ts';
import type { OracleRecord } from './tables.ts';

const text = (record: OracleRecord, field: string): string | null => {
  const value = record.fields[field];
  return typeof value === 'string' ? value : null;
};

const figure = (record: OracleRecord, field: string): number | null => {
  const value = record.fields[field];
  return typeof value === 'number' ? value : null;
};

/** Does the condition hold of the record, seen from the day `at`? What is absent is neither before nor equal. */
export function holds(condition: Condition | undefined, record: OracleRecord, at: string): boolean {
  if (condition === undefined) return true;
  if ('all' in condition) return condition.all.every((c) => holds(c, record, at));
  if ('not' in condition) return !holds(condition.not, record, at);
  if ('hasKind' in condition) return record.kinds.some((k) => condition.hasKind.includes(k));
  if ('is' in condition) return record.fields[condition.field] === condition.is;
  const day = text(record, condition.field);
  if (day === null) return false;
  if ('before' in condition) return day < at;
  const limit = condition.onOrBefore === 'at' ? at : text(record, condition.onOrBefore.field);
  return limit !== null && day <= limit;
}

/** What the record contributes exactly; null where any part of it is not known. */
export function exactly(measure: Measure, record: OracleRecord): number | null {
  if ('count' in measure) return 1;
  if ('sum' in measure) return figure(record, measure.sum);
  if ('product' in measure) {
    const [a, b] = [figure(record, measure.product[0]), figure(record, measure.product[1])];
    return a === null || b === null ? null : a * b;
  }
  if ('minus' in measure) {
    const parts = measure.minus.map((field) => figure(record, field));
    if (parts.includes(null)) return null;
    return parts.reduce<number>((left, part, i) => (i === 0 ? (part ?? 0) : left - (part ?? 0)), 0);
  }
  throw new Error('the catalogue has no figure of days');
}

const leastFigure = (record: OracleRecord, field: string): number | null =>
  figure(record, field) ?? figure(record, `${field}_min`);

/** What it contributes at the least: `50余人` is 50, what is not known at all is nothing. */
export function atTheLeast(measure: Measure, record: OracleRecord): number {
  const exact = exactly(measure, record);
  if (exact !== null) return exact;
  if ('sum' in measure) return leastFigure(record, measure.sum) ?? 0;
  if ('product' in measure) {
    const [a, b] = [leastFigure(record, measure.product[0]), leastFigure(record, measure.product[1])];
    return a === null || b === null ? 0 : a * b;
  }
  return 0;
}
