import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import {
  isRecordKpi,
  ledgerOf,
  ratio,
  type DueKpi,
  type Kpi,
  type RecordFamily,
  type RecordKpi,
} from '../../shared/kpi.ts';
import { medianDays } from '../../shared/median-days.ts';
import { monthOf, monthsFrom, periodOf, periodsOf } from '../../shared/period.ts';
import { questionSchema, type Answer, type Asked, type Cell, type Question } from '../../shared/query.ts';
import { dataVersion } from './centre.ts';
import { contextOf } from './context.ts';
import { durationsOf, fold, sumsOf, type Sums } from './figures.ts';
import { Frame, windowOf, type Place as Scope, type Window } from './frame.ts';
import { asKnown } from './known.ts';
import { countEvents, slotsOf } from './slots.ts';
import { kindsOf, understand } from './understand.ts';

/**
 * Answers a question: one cell for each asked KPI, unit, kind and period.
 * @param question as sent; parsed here, so that every caller is judged alike
 * @throws ZodError where it does not parse, Refusal 422 where it names what does not exist
 */
export async function answer(db: Kysely<Database>, question: Question): Promise<Answer> {
  const parsed = questionSchema.parse(question);
  const { knownOn, ...asThen } = parsed;
  if (knownOn !== undefined) return asKnown(db, knownOn, (world) => answer(world, asThen));
  const { asked, tree, kpis } = await understand(db, parsed);
  const frame = await Frame.load(db, tree);
  const windows = windowsOf(asked);
  const scopes = scopesOf(frame, asked, windows);
  const cells: Cell[] = [];
  for (const kpi of kpis) {
    const splits =
      asked.by === 'kind'
        ? (asked.kind ?? kindsOf(frame, kpi)).filter((k) => kindsOf(frame, kpi).includes(k))
        : [null];
    for (const kind of splits)
      cells.push(...(await cellsOf(db, frame, kpi, { asked, windows, scopes, kind })));
  }
  const context = await contextOf(db, frame, { asked, kpis, windows, scopes });
  return { query: asked, dataVersion: await dataVersion(db), cells, context };
}

/** The cell behind one mark. */
export async function oneCell(
  db: Kysely<Database>,
  frame: Frame,
  kpi: Kpi,
  { asked, period, within }: { asked: Asked; period: string; within: string | undefined },
): Promise<Cell | undefined> {
  const scopes = [{ unit: asked.unit, ...(within === undefined ? {} : { within }) }];
  const cells = await cellsOf(db, frame, kpi, { asked, windows: windowsOf(asked), scopes, kind: null });
  return cells.find((c) => c.period === period);
}

const windowsOf = (asked: Asked): Window[] =>
  asked.years
    .flatMap((y) => periodsOf(y, asked.grain, asked.yearStart))
    .map((p) => windowOf(p, asked.asOf, asked.toDate, asked.yearStart));

/** The units answered for; parts of a scope count while they stood directly under it. */
export function scopesOf(frame: Frame, asked: Asked, windows: readonly Window[]): Scope[] {
  if (asked.by !== 'unit') return [{ unit: asked.unit }];
  const begun = windows.flatMap((w) => w.months);
  const parts = frame.tree.partsOver(asked.unit, begun.length > 0 ? begun : [monthOf(asked.asOf)]);
  return parts.map((u) => ({ unit: u.code, within: asked.unit }));
}

/** A cell before its figures: which unit, in which window, and what of it was reported. */
type Place = { readonly scope: Scope; readonly window: Window; readonly coverage: Cell['coverage'] };

type Asking = {
  readonly asked: Asked;
  readonly windows: readonly Window[];
  readonly scopes: readonly Scope[];
  readonly kind: string | null;
};

/** One cell for each scope and window, of one KPI. */
export async function cellsOf(
  db: Kysely<Database>,
  frame: Frame,
  kpi: Kpi,
  { asked, windows, scopes, kind }: Asking,
): Promise<Cell[]> {
  const ledger = ledgerOf(kpi);
  const places = scopes.flatMap((scope) =>
    windows.map((window) => ({ scope, window, coverage: frame.coverage(scope, ledger, window.months) })),
  );
  const kinds = kind === null ? asked.kind : [kind];
  const figure = isRecordKpi(kpi)
    ? await recordFigures(db, frame, kpi, { asked, scopes, windows, kinds })
    : await dueFigures(db, frame, kpi, { scopes, windows, kinds });
  return places.map((place) => ({
    kpi: kpi.id,
    unit: place.scope.unit,
    ...(kind === null ? {} : { kind }),
    period: place.window.period,
    ...partly(frame, place),
    ...stated(kpi, place, figure(place)),
  }));
}

/** Says that the unit stood elsewhere in some month of the window. */
function partly(frame: Frame, { scope, window }: Place): Pick<Cell, 'within'> {
  const { unit, within } = scope;
  return within === undefined || window.months.every((m) => frame.tree.isPartOf(unit, within, m))
    ? {}
    : { within };
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

type Folded = {
  readonly scopes: readonly Scope[];
  readonly windows: readonly Window[];
  readonly kinds: readonly string[] | null;
};

async function recordFigures(
  db: Kysely<Database>,
  frame: Frame,
  kpi: RecordKpi,
  of: Folded & { readonly asked: Asked },
): Promise<(place: Place) => Figure> {
  const { asked, windows } = of;
  const byDay = asked.grain === 'day';
  const where = { units: unitsEver(frame, asked.unit, of), kinds: of.kinds, byDay };
  const sums = grouped(frame, of, kpi, await sumsOf(db, kpi, windows, where));
  if (kpi.type === 'per_member') return (place) => perMember(frame, kpi, place, sums(place));
  if (kpi.type !== 'median')
    return (place) => {
      const halves = fold(sums(place));
      return kpi.type === 'count'
        ? { ...halves, value: halves.numerator, denominator: null }
        : { ...halves, value: ratio(halves.numerator, halves.denominator) };
    };
  const durations = grouped(frame, of, kpi, await durationsOf(db, kpi, windows, where));
  return (place) => ({ ...fold(sums(place)), value: medianDays(durations(place)) });
}

/** Every unit that belonged to the scope in some month of the windows. */
function unitsEver(frame: Frame, scope: string, { windows }: Pick<Folded, 'windows'>): string[] {
  const months = new Map(windows.flatMap((w) => w.months).map((m) => [frame.tree.layoutName(m), m]));
  return [...new Set([...months.values()].flatMap((m) => frame.tree.subtreeIn(scope, m).map((u) => u.code)))];
}

/** Rows of one place: folded up the tree, as it stood in their month, and from months to the asked period. */
function grouped<T extends { unit: string; bucket: string }>(
  frame: Frame,
  { asked, scopes, windows }: Folded & { readonly asked: Asked },
  kpi: RecordKpi,
  rows: readonly T[],
): (place: Place) => readonly T[] {
  const isStock = kpi.over === 'stock';
  const endMonth = new Map(windows.map((w) => [w.period, monthOf(w.to)]));
  const groups = new Map<string, T[]>();
  const partOf = partFinder(frame, asked.unit, scopes);
  for (const row of rows) {
    const month = isStock ? (endMonth.get(row.bucket) ?? '') : row.bucket.slice(0, 7);
    const unit = partOf(row.unit, month);
    if (unit === undefined) continue;
    const isMade = isStock || asked.grain === 'day';
    const period = isMade ? row.bucket : periodOf(`${row.bucket}-01`, asked.grain, asked.yearStart);
    const group = groups.get(`${unit} ${period}`);
    if (group) group.push(row);
    else groups.set(`${unit} ${period}`, [row]);
  }
  return ({ scope, window }) => groups.get(`${scope.unit} ${window.period}`) ?? [];
}

/** Which of the scopes a unit's records of a month belong to; undefined where to none. */
function partFinder(
  frame: Frame,
  asked: string,
  scopes: readonly Scope[],
): (unit: string, month: string) => string | undefined {
  const found = new Map<string, string | undefined>();
  return (unit, month) => {
    const key = `${frame.tree.layoutName(month)}\n${unit}`;
    if (!found.has(key)) {
      const path = frame.tree.pathIn(unit, month).map((u) => u.code);
      const from = path.indexOf(asked);
      const [self, part] = [path[from], path[from + 1]];
      const is = (code: string | undefined): boolean => from >= 0 && scopes.some((s) => s.unit === code);
      found.set(key, is(self) ? self : is(part) ? part : undefined);
    }
    return found.get(key);
  };
}

/** Σ over the members of units that both handed in the ledger and have a headcount; of others the records are unknown. */
function perMember(frame: Frame, kpi: RecordKpi, { scope, window }: Place, sums: readonly Sums[]): Figure {
  const family = memberFamily(kpi);
  const members = frame.members(scope, family, window.months);
  const isCounted = (s: Sums): boolean =>
    members.has(frame.reporterOf(s.unit, scope, family, s.bucket.slice(0, 7)));
  const { numerator, unknown } = fold(sums.filter(isCounted));
  const denominator = [...members.values()].reduce((a, b) => a + b, 0);
  return {
    value: ratio(numerator, denominator),
    numerator,
    denominator,
    records: fold(sums).records,
    unknown: unknown + fold(sums.filter((s) => !isCounted(s))).records,
  };
}

/** The ledger by which a unit counts towards a figure per member. */
export const memberFamily = (kpi: { from: RecordFamily } & Kpi): ReturnType<typeof ledgerOf> => ledgerOf(kpi);

async function dueFigures(
  db: Kysely<Database>,
  frame: Frame,
  kpi: DueKpi,
  { scopes, windows, kinds }: Folded,
): Promise<(place: Place) => Figure> {
  if (kpi.from === 'coverage')
    return ({ coverage: { covered, due } }) => ({
      value: ratio(covered, due),
      numerator: covered,
      denominator: due,
      records: due,
      unknown: 0,
    });
  const events = await slotEvents(db, frame, scopes, windows);
  return ({ scope, window }) => {
    const slots = slotsOf(frame, scope, window, events, kinds);
    const due = slots.reduce((n, s) => n + s.due, 0);
    const met = slots.reduce((n, s) => n + s.met, 0);
    const unknown = slots.reduce((n, s) => n + s.unknown, 0);
    return { value: ratio(met, due), numerator: met, denominator: due, records: slots.length, unknown };
  };
}

/** The events that may fill the slots of the scopes. A slot of a year or quarter begins before the month in which it falls due. */
export async function slotEvents(
  db: Kysely<Database>,
  frame: Frame,
  scopes: readonly Scope[],
  windows: readonly Window[],
): Promise<Awaited<ReturnType<typeof countEvents>>> {
  const days = windows.flatMap((w) => [w.from, w.end]).sort();
  const range = { from: `${(days[0] ?? '0001').slice(0, 4)}-01-01`, to: days.at(-1) ?? '0001-01-01' };
  const layouts = new Map(
    monthsFrom(monthOf(range.from), monthOf(range.to)).map((m) => [frame.tree.layoutName(m), m]),
  );
  const units = new Set(
    [...layouts.values()].flatMap((m) =>
      scopes.flatMap((s) => frame.tree.subtreeIn(s.unit, m).map((u) => u.code)),
    ),
  );
  return countEvents(db, frame, [...units], range);
}
