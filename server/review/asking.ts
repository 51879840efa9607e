import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import { earlier, rangeOf, yearOfDay } from '../../shared/period.ts';
import { questionSchema } from '../../shared/query.ts';
import { existsIn, type Unit, type UnitTree } from '../../shared/unit.ts';
import { Refusal } from '../errors.ts';
import { understand } from '../queries/understand.ts';

/** Whose report of which year, seen from which day. */
export type ReviewAsked = {
  readonly unit: string;
  /** Absent: that of the day. */
  readonly year?: number | undefined;
  /** Absent: the last day that any ledger covers. */
  readonly asOf?: string | undefined;
};

/** The question with its day settled. */
export type Asking = {
  readonly tree: UnitTree;
  readonly unit: Unit;
  readonly year: number;
  readonly yearStart: number;
  /** In the year, its last day at the latest: a report of a year is not of what came after. */
  readonly asOf: string;
  readonly askedDay: string | null;
  readonly isOver: boolean;
};

/**
 * @throws Refusal 404 where there is no such unit, 422 where the year has not begun by the day, or the
 * unit did not exist in it
 */
export async function settled(db: Kysely<Database>, asked: ReviewAsked): Promise<Asking> {
  const question = questionSchema.parse({
    kpi: ['study_sessions'],
    ...(asked.year === undefined ? {} : { years: [asked.year - 1, asked.year] }),
    asOf: asked.asOf,
  });
  const { tree, asked: known } = await understand(db, question);
  const { yearStart } = known;
  const year = asked.year ?? yearOfDay(known.asOf, yearStart);
  const unit = tree.byCode.get(asked.unit);
  if (!unit) throw new Refusal(404, `there is no unit "${asked.unit}"`);
  const { from, to } = rangeOf(String(year), yearStart);
  if (yearOfDay(known.asOf, yearStart) < year)
    throw refused('year', `the year ${year} has not begun on the as-of day ${known.asOf}`);
  const asOf = earlier(known.asOf, to);
  if (!existsIn(unit, { from, to: asOf }))
    throw refused('year', `the unit ${unit.code} did not exist from ${from} to ${asOf}`);
  const isLater = asked.asOf !== undefined && asked.asOf > to;
  return { tree, unit, year, yearStart, asOf, askedDay: isLater ? asked.asOf : null, isOver: asOf === to };
}

const refused = (path: string, message: string): Refusal => new Refusal(422, message, [{ path, message }]);
