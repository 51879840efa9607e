import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import { change } from '../../shared/change.ts';
import { heldNorm, standsToNorm } from '../../shared/held.ts';
import type { Kpi } from '../../shared/kpi.ts';
import { kpiById } from '../../shared/kpis.ts';
import type { Answer, Cell } from '../../shared/query.ts';
import { themes, type Behind, type ReviewFigure } from '../../shared/review.ts';
import { answer } from '../queries/answer.ts';
import type { Asking } from './asking.ts';
import { bandOf } from './band.ts';
import { unknownBehind } from './events.ts';
import { inTurn } from './in-turn.ts';

/** Answers to all that a report asks of its unit: each of the two years up to the same day. */
export type Answers = {
  /** Of all kinds: norms, gaps and events of the two years stand in its context. */
  readonly whole: Answer;
  /** Of the kinds that a theme is narrowed to, by their codes. */
  readonly narrowed: ReadonlyMap<string, Answer>;
  /** What is told by kind. */
  readonly byKind: Answer;
};

const codes = (kind: readonly string[] = []): string => kind.join(',');

export async function answersOf(db: Kysely<Database>, { unit, year, asOf }: Asking): Promise<Answers> {
  const cut = { unit: unit.code, years: [year - 1, year], asOf, toDate: true };
  const behinds = themes.flatMap((t) => t.figures);
  const kpisOf = (kinds: string): string[] => [
    ...new Set(behinds.filter((b) => codes(b.kind) === kinds).map((b) => b.kpi)),
  ];
  const named = [...new Set(behinds.map((b) => codes(b.kind)))].filter((kinds) => kinds !== '');
  const narrowed = await inTurn(named, async (kinds): Promise<[string, Answer]> => [
    kinds,
    await answer(db, { ...cut, kpi: kpisOf(kinds), kind: kinds.split(',') }),
  ]);
  return {
    whole: await answer(db, { ...cut, kpi: kpisOf('') }),
    narrowed: new Map(narrowed),
    byKind: await answer(db, { ...cut, kpi: themes.flatMap((t) => t.split ?? []), by: 'kind' }),
  };
}

type Given = { readonly db: Kysely<Database>; readonly asking: Asking; readonly answers: Answers };

/** A figure of a theme, with what it is held against and set beside. */
export async function figureOf({ kpi: id, kind }: Behind, given: Given): Promise<ReviewFigure> {
  const { db, asking, answers } = given;
  if (kind !== undefined) {
    const from = answers.narrowed.get(codes(kind));
    if (!from) throw new RangeError(`nothing was asked of "${codes(kind)}"`);
    return compared({ kpi: id, kind }, from.cells, from, given);
  }
  const { whole } = answers;
  const plain = await compared({ kpi: id }, whole.cells, whole, given);
  const norm = heldNorm(whole.context, plain.now, asking.yearStart);
  const held = { norm: norm?.value ?? null, isOver: asking.isOver };
  return {
    ...plain,
    norm,
    standing: standsToNorm(known(id), plain.now, held),
    band: await bandOf(db, known(id), asking),
  };
}

/** The KPI's figures by kind, those of which something is known. */
export function figuresByKind(kpi: string, given: Given): Promise<ReviewFigure[]> {
  const { byKind } = given.answers;
  const own = byKind.cells.filter((c) => c.kpi === kpi);
  const kinds = [...new Set(own.flatMap((c) => c.kind ?? []))];
  const told = kinds.filter((k) => own.some((c) => c.kind === k && isTold(c)));
  return inTurn(told, (kind) =>
    compared(
      { kpi, kind: [kind] },
      own.filter((c) => c.kind === kind),
      byKind,
      given,
    ),
  );
}

/** A kind of which nothing is due and nothing was held says nothing. */
const isTold = ({ numerator, denominator, unknown }: Cell): boolean =>
  (numerator ?? 0) > 0 || (denominator ?? 0) > 0 || unknown > 0;

async function compared(
  behind: Behind,
  cells: readonly Cell[],
  from: Answer,
  { db, asking }: Given,
): Promise<ReviewFigure> {
  const kpi = known(behind.kpi);
  const at = (year: number): Cell => {
    const cell = cells.find((c) => c.kpi === kpi.id && c.period === String(year));
    if (!cell) throw new RangeError(`the answer has no cell of ${kpi.id} in ${year}`);
    return cell;
  };
  const [now, before] = [at(asking.year), at(asking.year - 1)];
  return {
    ...behind,
    now,
    before,
    change: change(kpi, now, before, from.context, { tree: asking.tree, ...from.query }),
    norm: null,
    standing: null,
    band: null,
    unknown: await unknownBehind(db, behind, now, asking),
  };
}

export function known(id: string): Kpi {
  const kpi = kpiById.get(id);
  if (!kpi) throw new RangeError(`no KPI "${id}"`);
  return kpi;
}
