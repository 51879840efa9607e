import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Database } from '../../db/types.ts';
import type {
  Cohort,
  RectificationItem,
  RectificationReply,
  rectificationQuestion,
} from '../../shared/cohorts.ts';
import { firstDay, monthOf, monthsFrom, yearOfDay } from '../../shared/period.ts';
import { questionSchema, type Asked } from '../../shared/query.ts';
import {
  cohortsOf,
  emptyCohort,
  isLongTerm,
  overdueAge,
  recurrencesOf,
  stateOn,
  type CohortFigures,
} from '../../shared/rectification.ts';
import type { UnitTree } from '../../shared/unit.ts';
import { Frame, windowOf } from './frame.ts';
import { understand } from './understand.ts';

/**
 * Rectification by the year in which raised, as of a day; what is overdue, what came back, what has no
 * end. Where a unit moved, an item is of the scope that its unit stood in, as for the KPIs: a cohort's
 * in the month raised, what is overdue in the month of the as-of day.
 * @throws Refusal 422 where the unit is unknown or no ledger has been imported
 */
export async function rectificationByCohort(
  db: Kysely<Database>,
  question: z.output<typeof rectificationQuestion>,
): Promise<RectificationReply> {
  const { asked, tree } = await understand(
    db,
    questionSchema.parse({ ...question, kpi: ['rectification_overdue'] }),
  );
  const { unit, asOf, yearStart } = asked;
  const frame = await Frame.load(db, tree);
  const begin = await firstMonth(db);
  const known = await itemsOf(db, unitsEver(tree, unit, { from: begin, to: monthOf(asOf) }), asOf);
  const isOf = (code: string, month: string): boolean =>
    tree.subtreeIn(unit, month).some((u) => u.code === code);
  const raised = known.filter((i) => isOf(i.unit, monthOf(i.date)));

  const own = new Set(raised);
  const recurrences = recurrencesOf(known, asOf).filter((r) => own.has(r.item));
  const figures = cohortsOf(raised, { asOf, yearStart, recurrences });
  const years = question.years
    ? asked.years.toSorted((a, b) => a - b)
    : reportedYears(frame, asked, { begin, raised: figures });
  const isAsked = ({ date }: RectificationItem): boolean => years.includes(yearOfDay(date, yearStart));
  return {
    unit,
    asOf,
    yearStart,
    cohorts: years.map((year) => cohortOf(frame, asked, year, figures.get(year))),
    overdue: known
      .filter((i) => isOf(i.unit, monthOf(asOf)))
      .flatMap((item) => overdueOf(item, asOf))
      .toSorted((a, b) => b.age - a.age),
    recurrences: recurrences.filter((r) => isAsked(r.item)).toReversed(),
    longTerm: raised.filter((i) => isLongTerm(i) && isAsked(i)).toReversed(),
  };
}

/**
 * Whatever is not closed by the day, whenever it was raised, of the units that the scope had in the day's
 * month; items without an end too. In the order of the days on which they were raised.
 */
export async function standingItems(
  db: Kysely<Database>,
  tree: UnitTree,
  { unit, asOf }: { unit: string; asOf: string },
): Promise<RectificationItem[]> {
  const units = tree.subtreeIn(unit, monthOf(asOf)).map((u) => u.code);
  return (await itemsOf(db, units, asOf)).filter((i) => stateOn(i, asOf) !== 'closed');
}

/** The first month that a ledger of rectification covers; the month of the first item where that is earlier. */
async function firstMonth(db: Kysely<Database>): Promise<string> {
  const covered = await db
    .selectFrom('coverage')
    .select((e) => e.fn.min('from_month').as('month'))
    .where('family', '=', 'rectification')
    .executeTakeFirst();
  const item = await db
    .selectFrom('rectification')
    .select((e) => e.fn.min('date').as('date'))
    .executeTakeFirst();
  const months = [covered?.month, item?.date && monthOf(item.date)].filter((m) => typeof m === 'string');
  return months.sort()[0] ?? '9999-12';
}

/** Every unit that belonged to the scope in some month. */
const unitsEver = (tree: UnitTree, unit: string, { from, to }: { from: string; to: string }): string[] => [
  ...new Set([
    ...tree.spans(unit, monthsFrom(from, to)).flatMap((s) => s.units),
    ...tree.subtreeIn(unit, to).map((u) => u.code),
  ]),
];

/** The items raised by the day, in the order of the days on which they were. */
async function itemsOf(
  db: Kysely<Database>,
  units: readonly string[],
  asOf: string,
): Promise<RectificationItem[]> {
  const rows = await db
    .selectFrom('rectification')
    .selectAll()
    .where('unit', 'in', units)
    .where('date', '<=', asOf)
    .orderBy('date')
    .orderBy('unit')
    .orderBy('id')
    .execute();
  return rows.map((r) => ({
    unit: r.unit,
    id: r.id,
    title: r.title,
    date: r.date,
    nature: r.nature,
    dueOn: r.due_on,
    extendedTo: r.extended_to,
    reportedOn: r.reported_on,
    closedOn: r.closed_on,
    progress: r.progress,
    source: { importId: r.import_id, file: r.file, sheet: r.sheet, row: r.row },
  }));
}

function overdueOf(item: RectificationItem, asOf: string): RectificationReply['overdue'] {
  const [age, state] = [overdueAge(item, asOf), stateOn(item, asOf)];
  return age === null || state === 'closed' ? [] : [{ ...item, age, state }];
}

/** From the first year that the scope reported to that of the as-of day. */
function reportedYears(
  frame: Frame,
  { unit, asOf, yearStart }: Asked,
  { begin, raised }: { begin: string; raised: ReadonlyMap<number, CohortFigures> },
): number[] {
  const last = yearOfDay(asOf, yearStart);
  const first = Math.min(last, yearOfDay(firstDay(begin), yearStart));
  const years = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const known = years.findIndex(
    (y) => raised.has(y) || coverageOf(frame, { unit, asOf, yearStart }, y).covered > 0,
  );
  return known < 0 ? [last] : years.slice(known);
}

const coverageOf = (
  frame: Frame,
  { unit, asOf, yearStart }: Pick<Asked, 'unit' | 'asOf' | 'yearStart'>,
  year: number,
): Cohort['coverage'] =>
  frame.coverage({ unit }, 'rectification', windowOf(String(year), asOf, false, yearStart).months);

/** A cohort with its state. What is not reported has no figures, not even zero. */
function cohortOf(frame: Frame, asked: Asked, year: number, figures: CohortFigures | undefined): Cohort {
  const coverage = coverageOf(frame, asked, year);
  const { covered, due } = coverage;
  if (covered === 0) return { year, status: due === 0 ? 'na' : 'none', coverage, ...nothing };
  return { year, status: covered === due ? 'ok' : 'partial', coverage, ...(figures ?? emptyCohort) };
}

const nothing: { readonly [K in keyof CohortFigures]: null } = {
  raised: null,
  closed: null,
  reported: null,
  open: null,
  extended: null,
  overdue: null,
  greatestAge: null,
  longTerm: null,
  recurrences: null,
  onTime: null,
  due: null,
  withoutDue: null,
  medianDays: null,
  censored: null,
};
