import type { Kysely } from 'kysely';
import type { Db } from '../../db/connect.ts';
import type { Database } from '../../db/types.ts';
import { kpiById } from '../../shared/kpis.ts';
import { grainOf, monthOf, monthsFrom, rangeOf, yearOfDay } from '../../shared/period.ts';
import type { Asked, Cell } from '../../shared/query.ts';
import { stepCodes } from '../../shared/codes.ts';
import type { Figure, Restatement, RestatementQuestion, Step } from '../../shared/restatement.ts';
import { UnitTree } from '../../shared/unit.ts';
import { Refusal } from '../errors.ts';
import { answer } from './answer.ts';
import { reasonsFor, type Between } from './because.ts';
import { dataVersion, lastCoveredDay } from './centre.ts';
import { changesBetween } from './changes.ts';
import { between, type Differences } from './differences.ts';
import { windowOf } from './frame.ts';
import { holdingsAt, layOut } from './holdings.ts';
import { earliestVersion, journalBegin, versionOn, wholly } from './known.ts';
import { betweenOf } from './movement.ts';
import { settings } from './settings.ts';
import { Shelf } from './shelf.ts';
import { listUnits } from './units.ts';

/** More figures than a page shows; each has reasons of its own. */
const FIGURES_MAX = 400;

/**
 * What the dashboard said then, against now, in four steps. Five worlds are asked the same question:
 * as known then; with the ledgers that came late; with all corrections; by today's rules; and now, as
 * of today's day. The differences between them add up to the whole.
 * @throws Refusal 404 for a version that is none, 422 where the question names what does not exist or is too large
 */
export async function restatement(db: Db, question: RestatementQuestion): Promise<Restatement> {
  return sinceVersion(
    db,
    async (trx) => question.version ?? (await versionOn(trx, question.knownOn ?? '')),
    (trx, sides) => restate(trx, question, sides),
  );
}

/**
 * Looks from a past version of the data to now: one state of the data for all that is asked of it and of the worlds before it.
 * @throws Refusal 404 for a version that is none, 422 where there are too many records
 */
export async function sinceVersion<T>(
  db: Db,
  versionIn: (trx: Kysely<Database>) => Promise<number>,
  use: (trx: Kysely<Database>, sides: Sides) => Promise<T>,
): Promise<T> {
  return wholly(db, async (trx) => {
    const now = await dataVersion(trx);
    const then = await versionIn(trx);
    const earliest = await earliestVersion(trx);
    if (then > now || then < earliest)
      throw new Refusal(404, `there is no version ${then} of the data`, [
        { path: 'version', message: `there are ${earliest} to ${now}` },
      ]);
    const within = (worlds: Worlds): Promise<T> => use(trx, { then, now, worlds });
    if (then === now) return within(unchanged(trx));
    const shelf = shelves.get(db) ?? new Shelf<Worlds>(1);
    shelves.set(db, shelf);
    return shelf.using(`${then} ${now}`, () => worldsOf(trx, then), within);
  });
}

/** The worlds before today's rules, in order (as known then, with the late ledgers, with all corrections), and what lies between them. */
type Worlds = {
  readonly steps: readonly Kysely<Database>[];
  readonly differences: Pick<Differences, 'records' | 'rules' | 'newUnits'>;
  close(): Promise<void>;
};
const shelves = new WeakMap<Db, Shelf<Worlds>>();

const unchanged = (db: Kysely<Database>): Worlds => ({
  steps: [db, db, db],
  differences: { records: [], rules: [], newUnits: [] },
  close: () => Promise.resolve(),
});

async function worldsOf(db: Kysely<Database>, version: number): Promise<Worlds> {
  const then = await holdingsAt(db, version);
  const { late, corrected, isLate, isCorrected, ...differences } = between(then, await holdingsAt(db, 'now'));
  const steps: Db[] = [];
  const close = async (): Promise<void> => {
    for (const world of new Set(steps)) await world.destroy();
  };
  try {
    steps.push(await layOut(then, version));
    for (const [differs, holdings] of [
      [isLate, late],
      [isCorrected, corrected],
    ] as const)
      steps.push(differs ? await layOut(holdings, version) : (steps.at(-1) as Db));
  } catch (error) {
    await close();
    throw error;
  }
  return { steps, differences, close };
}

export type Sides = { readonly then: number; readonly now: number; readonly worlds: Worlds };
type Whole = Omit<RestatementQuestion, 'unit'> & { readonly unit?: string | undefined };

async function restate(
  db: Kysely<Database>,
  question: RestatementQuestion,
  { then, now, worlds }: Sides,
): Promise<Restatement> {
  // Asked first: whatever the question names wrongly is refused here.
  const latest = await ask(db, question, question.asOf);
  const unit = latest.asked.unit;
  const asOfThen = question.asOf ?? (await lastCoveredDay(worlds.steps[0] ?? db)) ?? latest.asked.asOf;
  const whole: Whole = { ...question, unit };
  const askedOf: Asking[] = [];
  for (const world of [...worlds.steps, db])
    askedOf.push(await askIfKnown(world, whole, { unit, asOf: asOfThen }));
  askedOf.push(latest);
  const asOf = { then: asOfThen, now: latest.asked.asOf };
  const journal = await changesBetween(db, { after: then });
  const between = await betweenOf(db, worlds.differences, asOf);
  const scopes = await scopesOf([worlds.steps[0] ?? db, db], question, asOf);
  const at = async (version: number): Promise<string | null> => (await changeAt(db, version)) ?? null;
  return {
    unit,
    period: question.period,
    then: { version: then, at: await at(then), asOf: asOf.then },
    now: { version: now, at: await at(now), asOf: asOf.now },
    journalFrom: (await journalBegin(db)).at,
    figures: figuresOf(question, askedOf, { asOf, between, scopes }),
    changes: journal.rows,
    changesTotal: journal.total,
  };
}

type Asking = { readonly asked: Pick<Asked, 'unit' | 'asOf' | 'yearStart'>; readonly cells: readonly Cell[] };

/** The question put to one world: the cells of the one period. */
async function ask(
  db: Kysely<Database>,
  { kpi, unit, by, period, toDate, kind, structure }: Whole,
  asOf: string | undefined,
): Promise<Asking> {
  const { yearStart } = await settings(db);
  const { query, cells } = await answer(db, {
    kpi,
    unit,
    by,
    years: [yearOfDay(rangeOf(period, yearStart).from, yearStart)],
    grain: grainOf(period) ?? 'year',
    asOf,
    toDate,
    kind,
    structure,
  });
  const ofPeriod = cells.filter((c) => c.period === period);
  if (ofPeriod.length > FIGURES_MAX)
    throw new Refusal(422, 'The question is too large', [
      { path: 'kpi', message: `${ofPeriod.length} figures asked for, at most ${FIGURES_MAX}` },
    ]);
  return { asked: query, cells: ofPeriod };
}

/** A unit that a world does not know has no figures there. */
async function askIfKnown(
  db: Kysely<Database>,
  question: Whole,
  { unit, asOf }: { unit: string; asOf: string },
): Promise<Asking> {
  const known = await db.selectFrom('unit').select('code').where('code', '=', unit).executeTakeFirst();
  if (known) return ask(db, question, asOf);
  const { yearStart } = await settings(db);
  return { asked: { unit, asOf, yearStart }, cells: [] };
}

type Told = {
  readonly asOf: { readonly then: string; readonly now: string };
  readonly between: Between;
  readonly scopes: (unit: string) => { units: ReadonlySet<string>; above: ReadonlySet<string> };
};

function figuresOf(question: RestatementQuestion, asked: readonly Asking[], told: Told): Figure[] {
  const placeOf = (c: Cell): string => `${c.kpi}\n${c.unit}`;
  const found = asked.map((a) => new Map(a.cells.map((c) => [placeOf(c), c])));
  // In the order of now; parts that are no more follow.
  const places = new Map([...asked].reverse().flatMap((a) => a.cells.map((c) => [placeOf(c), c] as const)));
  return question.kpi.flatMap((id) =>
    [...places].flatMap(([place, { kpi, unit }]) => {
      if (kpi !== id) return [];
      const cells = found.map((cellsOf) => cellsOf.get(place) ?? null);
      return [
        {
          kpi,
          unit,
          then: cells[0] ?? null,
          now: cells.at(-1) ?? null,
          steps: stepsOf(question, { kpi, unit, cells, asked, told }),
        },
      ];
    }),
  );
}

function stepsOf(
  { period, toDate }: RestatementQuestion,
  of: { kpi: string; unit: string; cells: readonly (Cell | null)[]; asked: readonly Asking[]; told: Told },
): Step[] {
  const kpi = kpiById.get(of.kpi);
  const { asOf, between, scopes } = of.told;
  const yearStart = (at: number): number => of.asked.at(at)?.asked.yearStart ?? 1;
  const [then, now] = [
    windowOf(period, asOf.then, toDate, yearStart(0)),
    windowOf(period, asOf.now, toDate, yearStart(-1)),
  ];
  return stepCodes.map((code, i): Step => {
    const [from, to] = [of.cells[i] ?? null, of.cells[i + 1] ?? null];
    const moved = {
      numerator: difference(from?.numerator, to?.numerator),
      denominator: difference(from?.denominator, to?.denominator),
      value: from?.value == null || to?.value == null ? null : difference(from.value, to.value),
    };
    const isMoved = JSON.stringify(figureOf(from)) !== JSON.stringify(figureOf(to));
    const asked = kpi && { kpi, ...scopes(of.unit), then, now, asOf };
    return { code, from, to, ...moved, because: asked ? reasonsFor(code, asked, between, isMoved) : [] };
  });
}

const figureOf = (cell: Cell | null): unknown =>
  cell && [cell.status, cell.value, cell.numerator, cell.denominator, cell.coverage];

/** Sums of fractions differ in their last bits from engine to engine; no figure is that fine. */
const FINEST = 1e-9;

/** What is not there counts as nothing; null where it is on neither side. */
export function difference(from: number | null | undefined, to: number | null | undefined): number | null {
  if (from == null && to == null) return null;
  const moved = (to ?? 0) - (from ?? 0);
  return Math.abs(moved) < FINEST ? 0 : moved;
}

async function changeAt(db: Kysely<Database>, version: number): Promise<string | undefined> {
  const row = await db.selectFrom('change').select('at').where('version', '=', version).executeTakeFirst();
  return row?.at;
}

/** Units that stood in a scope, and those above it, then or now, in any month that the figure may look at. */
async function scopesOf(
  worlds: readonly Kysely<Database>[],
  { period, structure }: { period: string; structure: UnitTree['structure'] },
  asOf: { then: string; now: string },
): Promise<Told['scopes']> {
  const trees: UnitTree[] = [];
  for (const world of worlds) trees.push(new UnitTree(await listUnits(world), structure));
  const { from, to } = rangeOf(period);
  const months = [
    ...monthsFrom(`${from.slice(0, 4)}-01`, `${Number(to.slice(0, 4)) + 1}-12`),
    monthOf(asOf.now),
  ];
  return (unit) => {
    const [units, above] = [new Set<string>(), new Set<string>()];
    for (const tree of trees) {
      const alike = new Map(months.map((m) => [tree.layoutName(m), m]));
      for (const month of alike.values()) {
        for (const u of tree.subtreeIn(unit, month)) units.add(u.code);
        for (const u of tree.pathIn(unit, month)) above.add(u.code);
      }
      for (const u of tree.units) if (u.mergedInto !== null && units.has(u.mergedInto)) units.add(u.code);
    }
    return { units, above };
  };
}
