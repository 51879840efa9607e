import type { Kysely } from 'kysely';
import type { Db } from '../../db/connect.ts';
import type { Database } from '../../db/types.ts';
import type { HeldNorm } from '../../shared/context.ts';
import { isSmall } from '../../shared/format.ts';
import { heldNorm, isHeldAnyDay } from '../../shared/held.ts';
import { meetsNorm, type Kpi } from '../../shared/kpi.ts';
import { kpiById, kpis } from '../../shared/kpis.ts';
import { grainOf, rangeOf, yearOfDay } from '../../shared/period.ts';
import type { Cell, Question } from '../../shared/query.ts';
import type { AnyChange, Flip, MovedFigure, PreviewReply } from '../../shared/rule-change.ts';
import { UnitTree } from '../../shared/unit.ts';
import { answer } from './answer.ts';
import { dataVersion, lastCoveredDay } from './centre.ts';
import { applyChange } from './rules.ts';
import { settings } from './settings.ts';
import { listUnits } from './units.ts';

const YEARS = 3;
/** More than anyone reads before a decision; `total` says how many there are. */
const LISTED = 500;

/** Figures that can move, and what they are held against. */
type Figures = { readonly cells: readonly Cell[]; readonly norms: HeldNorm[]; readonly yearStart: number };

/**
 * Which figures a change would move: it is made within a transaction, the figures are asked before
 * and after, and the transaction is taken back, so that nothing is changed and the answer is what
 * the change itself would bring about.
 * @throws Refusal as the change itself
 */
export async function previewChange(db: Db, change: AnyChange): Promise<PreviewReply> {
  // On PostgreSQL both askings see one state of the data, whoever else writes; SQLite lets nobody else in.
  const trx = await db.startTransaction().setIsolationLevel('repeatable read').execute();
  try {
    const asOf = await lastCoveredDay(trx);
    const concerned = await kpisOf(trx, change);
    const questions = asOf === null ? [] : await questionsFor(trx, concerned, { asOf, change });
    const before = await figuresOf(trx, questions);
    const namesDeleted = await namesDeletedBy(trx, change);
    await applyChange(trx, change, { version: (await dataVersion(trx)) + 1, at: 'change.row.' });
    const after = await figuresOf(trx, questions);
    const moved = movedFigures(before, after);
    const flips = asOf === null ? [] : flipsOf(before, after, { kpis: concerned.values, asOf });
    return {
      moved: moved.slice(0, LISTED),
      flips: flips.slice(0, LISTED),
      total: moved.length + flips.length,
      asOf,
      namesDeleted,
    };
  } finally {
    await trx.rollback().execute();
  }
}

/** `slots`: how often is asked, so figures move · `values`: what they are held against changes. */
type Concerned = { readonly all: readonly string[]; readonly values: readonly string[] };

async function kpisOf(trx: Kysely<Database>, change: AnyChange): Promise<Concerned> {
  if (change.what === 'exemption') return { all: ['norm_compliance'], values: [] };
  // Of one definition and another the same figure is made; only comparisons across the day end.
  if (change.what === 'definition') return { all: [], values: [] };
  if (change.what === 'setting') {
    // The others move nothing that is stored: they hold from the next import on.
    const { yearStart = null } = change.row;
    const moves = yearStart !== null && yearStart !== (await settings(trx)).yearStart;
    return { all: moves ? kpis.map((k) => k.id) : [], values: [] };
  }
  const stored =
    change.action === 'add'
      ? undefined
      : await trx.selectFrom('norm').select('kpi').where('id', '=', change.id).executeTakeFirst();
  const drafted = change.action === 'remove' ? undefined : change.row.kpi;
  const given = [stored?.kpi, drafted].filter(
    (kpi): kpi is string => typeof kpi === 'string' && kpiById.has(kpi),
  );
  const values = [...new Set(given)];
  const isOfKinds = stored?.kpi === null || drafted === null;
  return { all: isOfKinds ? [...new Set([...values, 'norm_compliance'])] : values, values };
}

/** Of how many records names are deleted: of all where they are no longer to be kept. */
async function namesDeletedBy(trx: Kysely<Database>, change: AnyChange): Promise<number> {
  if (change.what !== 'setting' || change.row.keepNames !== false) return 0;
  if (!(await settings(trx)).keepNames) return 0;
  const { n } = await trx
    .selectFrom('record_names')
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** The centre and every unit's parts: the last years by year, the current one by month. */
async function questionsFor(
  trx: Kysely<Database>,
  { all }: Concerned,
  { asOf, change }: { asOf: string; change: AnyChange },
): Promise<Question[]> {
  const tree = new UnitTree(await listUnits(trx));
  const [root] = tree.roots;
  if (!root || all.length === 0) return [];
  const year = yearOfDay(asOf, (await settings(trx)).yearStart);
  const years = Array.from({ length: YEARS }, (_, i) => year - YEARS + 1 + i);
  const kpi = [...all];
  // Another year moves every figure of every unit alike: the centre's own say how.
  if (change.what === 'setting') return [{ kpi, unit: root.code, years, asOf }];
  const past = new Set(tree.units.flatMap((u) => [u.parent, ...(u.past ?? []).map((p) => p.parent)]));
  const inner = tree.units.filter((u) => u.level !== 'group' && past.has(u.code));
  const scopes = [{ unit: root.code }, ...inner.map((u) => ({ unit: u.code, by: 'unit' as const }))];
  return scopes.flatMap((scope): Question[] => [
    { ...scope, kpi, years, asOf },
    { ...scope, kpi, years: [year], grain: 'month', asOf },
  ]);
}

async function figuresOf(trx: Kysely<Database>, questions: readonly Question[]): Promise<Figures> {
  const cells = new Map<string, Cell>();
  const norms: HeldNorm[] = [];
  for (const question of questions) {
    const told = await answer(trx, question);
    // A unit without parts answers for itself: its cells may stand in two answers.
    for (const cell of told.cells) cells.set(placeOf(cell), cell);
    norms.push(...told.context.norms);
  }
  return { cells: [...cells.values()].toSorted(byPlace), norms, yearStart: (await settings(trx)).yearStart };
}

const placeOf = (c: Cell): string => [c.kpi, c.unit, c.within ?? '', c.period].join('\n');
/** Years before months; within each the units keep their order. */
const byPlace = (a: Cell, b: Cell): number =>
  Number(grainOf(a.period) !== 'year') - Number(grainOf(b.period) !== 'year');

const within = (c: Cell): { within?: string } => (c.within === undefined ? {} : { within: c.within });

function movedFigures(before: Figures, after: Figures): MovedFigure[] {
  const then = new Map(after.cells.map((c) => [placeOf(c), c]));
  const figure = ({ value, numerator, denominator, status }: Cell): MovedFigure['before'] => ({
    value,
    numerator,
    denominator,
    status,
  });
  return before.cells.flatMap((cell) => {
    const other = then.get(placeOf(cell));
    if (!other) return [];
    const [was, is] = [figure(cell), figure(other)];
    const stays = (Object.keys(was) as (keyof typeof was)[]).every((key) => was[key] === is[key]);
    const { kpi, unit, period } = cell;
    return stays ? [] : [{ kpi, unit, ...within(cell), period, before: was, after: is }];
  });
}

/** Figures that meet the norm otherwise than before, of those that pages judge. */
function flipsOf(before: Figures, after: Figures, of: { kpis: readonly string[]; asOf: string }): Flip[] {
  return before.cells.flatMap((cell) => {
    const { kpi: id, unit, period, value, numerator, denominator } = cell;
    const kpi = kpiById.get(id);
    if (!kpi || !of.kpis.includes(id) || value === null) return [];
    if (!isJudged(kpi, cell, { asOf: of.asOf, yearStart: before.yearStart })) return [];
    const [normBefore, normAfter] = [heldBy(before, cell), heldBy(after, cell)];
    const [metBefore, metAfter] = [meetsNorm(kpi, value, normBefore), meetsNorm(kpi, value, normAfter)];
    if (metBefore === metAfter) return [];
    const norms = { normBefore, normAfter, metBefore, metAfter };
    return [{ kpi: id, unit, ...within(cell), period, value, numerator, denominator, ...norms }];
  });
}

/** A sum of a whole year is not held against its norm before the year is over, nor a small rate at all. */
function isJudged(kpi: Kpi, cell: Cell, of: { asOf: string; yearStart: number }): boolean {
  if (isSmall(kpi, cell)) return false;
  if (isHeldAnyDay(kpi)) return true;
  return grainOf(cell.period) === 'year' && rangeOf(cell.period, of.yearStart).to <= of.asOf;
}

const heldBy = ({ norms, yearStart }: Figures, cell: Cell): number | null =>
  heldNorm({ norms }, cell, yearStart)?.value ?? null;
