import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import { judging, type Judge } from '../../shared/change.ts';
import { peersOf } from '../../shared/charts/peers.ts';
import { heldNorm, standsToNorm } from '../../shared/held.ts';
import type { Kpi } from '../../shared/kpi.ts';
import { kpiById } from '../../shared/kpis.ts';
import { monthOf } from '../../shared/period.ts';
import type { Answer, Cell } from '../../shared/query.ts';
import { themes, type Behind, type ReviewFigure } from '../../shared/review.ts';
import { answer } from '../queries/answer.ts';
import type { Asking } from './asking.ts';
import { unknownBehind } from './events.ts';

/** The figures of a year beside those of the same days of the last, in four questions. */
export type Figures = {
  /** Of all kinds: norms, gaps and events of the two years stand in its context. */
  readonly whole: Answer;
  of(behind: Behind): Promise<ReviewFigure>;
  /** The KPI's figures by kind, those of which something is known. */
  byKind(kpi: string): Promise<ReviewFigure[]>;
};

const key = ({ kpi, kind }: Behind): string => `${kpi} ${kind?.join(',') ?? ''}`;

export async function figuresOf(db: Kysely<Database>, asking: Asking): Promise<Figures> {
  const { unit, year, asOf, tree } = asking;
  const cut = { unit: unit.code, years: [year - 1, year], asOf, toDate: true };
  const behinds = themes.flatMap((t) => t.figures);
  const plain = [...new Set(behinds.filter((b) => b.kind === undefined).map((b) => b.kpi))];
  const whole = await answer(db, { ...cut, kpi: plain });
  const narrowed = new Map<string, Answer>();
  for (const { kind } of behinds.filter((b) => b.kind !== undefined)) {
    const name = kind?.join(',') ?? '';
    if (kind === undefined || narrowed.has(name)) continue;
    const kpi = behinds.filter((b) => b.kind?.join(',') === name).map((b) => b.kpi);
    narrowed.set(name, await answer(db, { ...cut, kpi, kind: [...kind] }));
  }
  const split = themes.flatMap((t) => t.split ?? []);
  const byKind = await answer(db, { ...cut, kpi: split, by: 'kind' as const });
  const band = await bandsOf(db, asking);

  const made = async (behind: Behind, from: Answer, cells: readonly Cell[]): Promise<ReviewFigure> => {
    const kpi = known(behind.kpi);
    const at = (y: number): Cell => cellOf(cells, behind.kpi, y);
    const [now, before] = [at(year), at(year - 1)];
    const judge: Judge = judging(from, tree);
    const norm =
      behind.kind === undefined ? heldNorm(whole.context, { ...now, kpi: kpi.id }, asking.yearStart) : null;
    return {
      ...behind,
      now,
      before,
      change: judge(kpi, now, before),
      norm,
      standing: standsToNorm(kpi, now, { norm: norm?.value ?? null, isOver: asking.isOver }),
      band: behind.kind === undefined ? band(kpi) : null,
      unknown: await unknownBehind(db, behind, now, asking),
    };
  };
  return {
    whole,
    of: (behind) => {
      const from = behind.kind === undefined ? whole : narrowed.get(behind.kind.join(','));
      if (!from) throw new RangeError(`no figure "${key(behind)}" was asked for`);
      return made(behind, from, from.cells);
    },
    async byKind(kpi) {
      const own = byKind.cells.filter((c) => c.kpi === kpi);
      const kinds = [...new Set(own.flatMap((c) => c.kind ?? []))];
      const told = kinds.filter((k) => own.some((c) => c.kind === k && isTold(c)));
      return Promise.all(
        told.map((kind) =>
          made(
            { kpi, kind: [kind] },
            byKind,
            own.filter((c) => c.kind === kind),
          ),
        ),
      );
    },
  };
}

/** A kind of which nothing is due and nothing was held says nothing. */
const isTold = ({ numerator, denominator, unknown }: Cell): boolean =>
  (numerator ?? 0) > 0 || (denominator ?? 0) > 0 || unknown > 0;

function cellOf(cells: readonly Cell[], kpi: string, year: number): Cell {
  const cell = cells.find((c) => c.kpi === kpi && c.period === String(year));
  if (!cell) throw new RangeError(`the answer has no cell of ${kpi} in ${year}`);
  return cell;
}

export function known(id: string): Kpi {
  const kpi = kpiById.get(id);
  if (!kpi) throw new RangeError(`no KPI "${id}"`);
  return kpi;
}

/** A figure by which units of any size can stand beside each other, and of which one direction is good. */
const isRated = (kpi: Kpi): boolean => kpi.better !== 'neutral' && kpi.type !== 'count';

/**
 * The middle half of the branches that stand beside the unit, without their names: of rates, where at
 * least four can be compared.
 */
async function bandsOf(
  db: Kysely<Database>,
  { tree, unit, year, asOf, yearStart }: Asking,
): Promise<(kpi: Kpi) => ReviewFigure['band']> {
  const parent = tree.parentIn(unit, monthOf(asOf));
  const rated = themes
    .flatMap((t) => t.figures)
    .filter((b) => b.kind === undefined && isRated(known(b.kpi)))
    .map((b) => b.kpi);
  if (parent === null || unit.level === 'group') return () => null;
  const years = [year - 1, year];
  const beside = await answer(db, { kpi: rated, unit: parent, by: 'unit', years, asOf, toDate: true });
  const state = { unit: parent, years, asOf, grain: 'year', yearStart } as const;
  return (kpi) => {
    if (!rated.includes(kpi.id)) return null;
    const own = {
      ...beside,
      query: { ...beside.query, kpi: [kpi.id] },
      cells: beside.cells.filter((c) => c.kpi === kpi.id),
    };
    const { band, compared } = peersOf({ state: { ...state, kpi: kpi.id }, tree, answers: [own] });
    return band === null ? null : { low: band[0], high: band[1], units: compared.length };
  };
}
