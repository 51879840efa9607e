import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import { isRecordKpi, ledgerOf, ratio, type DueKpi, type Kpi, type RecordKpi } from '../../shared/kpi.ts';
import { periodOf, periodsOf } from '../../shared/period.ts';
import { questionSchema, type Answer, type Asked, type Cell, type Question } from '../../shared/query.ts';
import { dataVersion } from './centre.ts';
import { durationsOf, fold, medianDays, sumsOf, type Sums } from './figures.ts';
import { Frame, windowOf, type Window } from './frame.ts';
import { countEvents, normedBranches, slotsOf } from './slots.ts';
import { kindsOf, understand } from './understand.ts';

/**
 * Answers a question: one cell for each asked KPI, unit, kind and period.
 * @param question as sent; parsed here, so that every caller is judged alike
 * @throws ZodError where it does not parse, Refusal 422 where it names what does not exist
 */
export async function answer(db: Kysely<Database>, question: Question): Promise<Answer> {
  const { asked, tree, kpis } = await understand(db, questionSchema.parse(question));
  const frame = await Frame.load(db, tree);
  const cells: Cell[] = [];
  for (const kpi of kpis) {
    const splits =
      asked.by === 'kind' ? (asked.kind ?? kindsOf(kpi)).filter((k) => kindsOf(kpi).includes(k)) : [null];
    for (const kind of splits) cells.push(...(await cellsOf(db, frame, kpi, asked, kind)));
  }
  return { query: asked, dataVersion: await dataVersion(db), cells };
}

/** The cell behind one mark. */
export async function oneCell(
  db: Kysely<Database>,
  frame: Frame,
  kpi: Kpi,
  asked: Asked,
  period: string,
): Promise<Cell | undefined> {
  const cells = await cellsOf(db, frame, kpi, asked, null);
  return cells.find((c) => c.period === period);
}

/** A cell before its figures: which unit, in which window, and what of it was reported. */
type Place = { readonly unit: string; readonly window: Window; readonly coverage: Cell['coverage'] };

async function cellsOf(
  db: Kysely<Database>,
  frame: Frame,
  kpi: Kpi,
  asked: Asked,
  kind: string | null,
): Promise<Cell[]> {
  const units = asked.by === 'unit' ? frame.tree.parts(asked.unit).map((u) => u.code) : [asked.unit];
  const windows = asked.years
    .flatMap((y) => periodsOf(y, asked.grain))
    .map((p) => windowOf(p, asked.asOf, asked.toDate));
  const ledger = ledgerOf(kpi);
  const places = units.flatMap((unit) =>
    windows.map((window) => ({ unit, window, coverage: frame.coverage(unit, ledger, window.months) })),
  );
  const kinds = kind === null ? asked.kind : [kind];
  const figure = isRecordKpi(kpi)
    ? await recordFigures(db, frame, kpi, { asked, units, windows, kinds })
    : await dueFigures(db, frame, kpi, { units, windows, kinds });
  return places.map((place) => ({
    kpi: kpi.id,
    unit: place.unit,
    ...(kind === null ? {} : { kind }),
    period: place.window.period,
    ...stated(kpi, place, figure(place)),
  }));
}

type Figure = {
  value: number | null;
  numerator: number;
  denominator: number | null;
  records: number;
  unknown: number;
};

/** Puts the four states upon a figure. What is not reported has no figure, not even zero. */
function stated(
  kpi: Kpi,
  { coverage }: Place,
  figure: Figure,
): Omit<Cell, 'kpi' | 'unit' | 'kind' | 'period'> {
  const nothing = { value: null, numerator: null, denominator: null, records: 0, unknown: 0, coverage };
  if (!isFound(kpi, figure)) {
    if (coverage.due === 0) return { ...nothing, status: 'na' };
    // What is due is known though nothing was handed in: it stands in the sums of the parent, too.
    if (coverage.covered === 0)
      return { ...(isRecordKpi(kpi) ? nothing : { ...figure, value: null, coverage }), status: 'none' };
  }
  const whole = coverage.covered === coverage.due && coverage.due > 0;
  return { ...figure, coverage, status: figure.value === null ? 'na' : whole ? 'ok' : 'partial' };
}

/**
 * What is known although no ledger covers the period: contradictions are found in any ledger; an
 * item once raised stays open until a ledger closes it; a quarter's meeting was held though the
 * quarter's last month was not handed in. To drop these would lose them from every sum.
 */
function isFound(kpi: Kpi, figure: Figure): boolean {
  if (kpi.from === 'contradiction' || kpi.over === 'stock') return figure.records > 0;
  return kpi.from === 'slots' && figure.numerator > 0;
}

type Scope = {
  readonly units: readonly string[];
  readonly windows: readonly Window[];
  readonly kinds: readonly string[] | null;
};

async function recordFigures(
  db: Kysely<Database>,
  frame: Frame,
  kpi: RecordKpi,
  scope: Scope & { readonly asked: Asked },
): Promise<(place: Place) => Figure> {
  const byDay = scope.asked.grain === 'day';
  const where = { units: frame.tree.subtree(scope.asked.unit).map((u) => u.code), kinds: scope.kinds, byDay };
  const of = grouped(
    frame,
    scope,
    await sumsOf(db, kpi, scope.windows, where),
    kpi.over === 'stock' || byDay ? null : scope.asked.grain,
  );
  if (kpi.type === 'per_member') return (place) => perMember(frame, place, of(place));
  if (kpi.type !== 'median')
    return (place) => {
      const halves = fold(of(place));
      return kpi.type === 'count'
        ? { ...halves, value: halves.numerator, denominator: null }
        : { ...halves, value: ratio(halves.numerator, halves.denominator) };
    };
  const durations = grouped(
    frame,
    scope,
    await durationsOf(db, kpi, scope.windows, where),
    byDay ? null : scope.asked.grain,
  );
  return (place) => ({ ...fold(of(place)), value: medianDays(durations(place)) });
}

/** Rows of one place: folded up the tree to the asked unit, and from months to the asked period. */
function grouped<T extends { unit: string; bucket: string }>(
  frame: Frame,
  scope: Scope,
  rows: readonly T[],
  grain: Asked['grain'] | null,
): (place: Place) => readonly T[] {
  const askedUnit = new Map(
    scope.units.flatMap((code) => frame.tree.subtree(code).map((u) => [u.code, code] as const)),
  );
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const unit = askedUnit.get(row.unit);
    if (unit === undefined) continue;
    const period = grain === null ? row.bucket : periodOf(`${row.bucket}-01`, grain);
    const group = groups.get(`${unit} ${period}`);
    if (group) group.push(row);
    else groups.set(`${unit} ${period}`, [row]);
  }
  return (place) => groups.get(`${place.unit} ${place.window.period}`) ?? [];
}

/**
 * Σ over the mean headcount, from units that both handed in the ledger and have a headcount: a
 * branch without figures is left out of both halves, so that the rate lies between its parts.
 */
function perMember(frame: Frame, place: Place, sums: readonly Sums[]): Figure {
  const members = membersOf(frame, place.unit, place.window);
  const counted = sums.filter((s) => members.has(frame.reporterOf(s.unit, place.unit, 'activity')));
  const uncounted = sums.filter((s) => !counted.includes(s));
  const { numerator, unknown } = fold(counted);
  const denominator = [...members.values()].reduce((a, b) => a + b, 0);
  return {
    value: ratio(numerator, denominator),
    numerator,
    denominator,
    records: fold(sums).records,
    unknown: unknown + fold(uncounted).records,
  };
}

/** Mean headcounts of the scope's reporting units that count towards a per-member figure. */
export function membersOf(frame: Frame, scope: string, window: Window): ReadonlyMap<string, number> {
  const members = new Map<string, number>();
  for (const unit of frame.reporting(scope, 'activity')) {
    if (!frame.unitMonths(unit, 'activity', window.months).some((m) => m.covered)) continue;
    const mean = frame.meanHeadcount(unit, window.months);
    if (mean !== null && mean > 0) members.set(unit.code, mean);
  }
  return members;
}

async function dueFigures(
  db: Kysely<Database>,
  frame: Frame,
  kpi: DueKpi,
  scope: Scope,
): Promise<(place: Place) => Figure> {
  if (kpi.from === 'coverage')
    return ({ coverage: { covered, due } }) => ({
      value: ratio(covered, due),
      numerator: covered,
      denominator: due,
      records: due,
      unknown: 0,
    });
  const branches = [...new Set(scope.units.flatMap((u) => normedBranches(frame, u)))];
  const events = await countEvents(db, frame, branches, yearsAround(scope.windows));
  return ({ unit, window }) => {
    const slots = normedBranches(frame, unit).flatMap((b) => slotsOf(frame, b, window, events, scope.kinds));
    const due = slots.reduce((n, s) => n + s.due, 0);
    const met = slots.reduce((n, s) => n + s.met, 0);
    const unknown = slots.reduce((n, s) => n + s.unknown, 0);
    return { value: ratio(met, due), numerator: met, denominator: due, records: slots.length, unknown };
  };
}

/** Whole years: a slot of a year or quarter begins before the month in which it falls due. */
export const yearsAround = (windows: readonly Window[]): { from: string; to: string } => ({
  from: `${windows.map((w) => w.period.slice(0, 4)).sort()[0] ?? '0001'}-01-01`,
  to: `${
    windows
      .map((w) => w.period.slice(0, 4))
      .sort()
      .at(-1) ?? '0001'
  }-12-31`,
});
