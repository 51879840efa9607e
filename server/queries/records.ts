import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Database } from '../../db/types.ts';
import { recordsQuestionSchema, type Asked, type Cell, type RecordsQuestion } from '../../shared/query.ts';
import type { RecordRow, RecordsReply } from '../../shared/api.ts';
import { isRecordKpi, ledgerOf, type RecordKpi } from '../../shared/kpi.ts';
import { earlier, firstDay, grainOf, lastDay, later, rangeOf, yearOfDay } from '../../shared/period.ts';
import type { Span } from '../../shared/unit.ts';
import { Refusal } from '../errors.ts';
import { contribution, rowsOf } from '../kpi-sql.ts';
import { oneCell } from './answer.ts';
import { dueRows, headcountRows } from './due-rows.ts';
import { Frame, windowOf, type Place, type Window } from './frame.ts';
import { toRow, type Behind } from './record-row.ts';
import { settings } from './settings.ts';
import { understand } from './understand.ts';

/**
 * The records behind one cell. `sums` are added up from these very rows (all of them, whatever the
 * page or the part), and equal the cell's figures.
 * @throws ZodError, Refusal 422 (unknown names), 400 (a cursor that is not ours)
 */
export async function records(db: Kysely<Database>, question: RecordsQuestion): Promise<RecordsReply> {
  const q = recordsQuestionSchema.parse(question);
  const grain = grainOf(q.period) ?? 'year';
  const { yearStart } = await settings(db);
  const { asked, tree, kpis } = await understand(db, {
    kpi: [q.kpi],
    unit: q.unit,
    years: [yearOfDay(rangeOf(q.period, yearStart).from, yearStart)],
    grain,
    asOf: q.asOf,
    toDate: q.toDate,
    kind: q.kind,
    structure: q.structure,
    per: q.per,
  });
  const kpi = kpis[0];
  if (!kpi)
    throw new Refusal(422, 'The question names what does not exist', [{ path: 'kpi', message: 'no KPI' }]);
  const { within } = q;
  if (within !== undefined && !tree.byCode.has(within))
    throw new Refusal(422, 'The question names what does not exist', [
      { path: 'within', message: `unknown unit "${within}"` },
    ]);
  const frame = await Frame.load(db, tree);
  const window = windowOf(q.period, asked.asOf, asked.toDate, asked.yearStart);
  const place: Place = { unit: asked.unit, ...(within === undefined ? {} : { within }) };
  const cell = await oneCell(db, frame, kpi, { asked, period: q.period, within });
  const page = { limit: q.limit, after: q.cursor === undefined ? null : readCursor(q.cursor) };

  if (!isRecordKpi(kpi))
    return paged(await dueRows(db, frame, kpi, { place, kind: asked.kind, window }), page, cell);
  if (kpi.type === 'per_member' && q.part === 'denominator') {
    const behind = await headcountRows(db, frame, { place, family: ledgerOf(kpi), window });
    const first = { limit: 1, after: null };
    const events = await recordRows(db, frame, kpi, { asked, place, window, cell, page: first });
    const reply = paged(behind, page, cell);
    return { ...reply, sums: { ...events.sums, denominator: reply.sums.denominator } };
  }
  return recordRows(db, frame, kpi, { asked, place, window, cell, page, part: q.part });
}

type Page = { readonly limit: number; readonly after: Position | null };
type Position = { readonly date: string; readonly unit: string; readonly id: string };

async function recordRows(
  db: Kysely<Database>,
  frame: Frame,
  kpi: RecordKpi,
  {
    asked,
    place,
    window,
    cell,
    page,
    part,
  }: {
    asked: Asked;
    place: Place;
    window: Window;
    cell: Cell | undefined;
    page: Page;
    part?: 'numerator' | 'denominator' | undefined;
  },
): Promise<RecordsReply> {
  if (window.months.length === 0 || !isShown(cell))
    return { total: 0, sums: { numerator: null, denominator: null, unknown: 0 }, rows: [], next: null };
  const at = kpi.over === 'stock' ? window.to : window.cut;
  const members = kpi.type === 'per_member' ? frame.members(place, ledgerOf(kpi), window.months) : null;
  const spans = spansOf(frame, kpi, place, window);
  const adds = members
    ? onlyFor(contribution(kpi, at), countedSpans(frame, kpi, { place, spans, members }))
    : contribution(kpi, at);
  const behind = sql`select r.*, ${adds.numerator} as adds_numerator, ${adds.denominator} as adds_denominator, ${adds.unknown} as adds_unknown
    from ${sql.table(kpi.from)} as r where ${sql.join(
      spans.map((s) => rowsOf(kpi, { from: s.from, to: s.to, at }, s.units, asked.kind)),
      sql` or `,
    )}`;
  const inPart = partOf(kpi, part);

  const { rows: sums } = await sql<Behind & { total: number | null; shown: number | null }>`
    select count(*) as total, sum(case when ${inPart} then 1 else 0 end) as shown, sum(adds_numerator) as numerator,
      sum(adds_denominator) as denominator, sum(adds_unknown) as unknown from (${behind}) as b`.execute(db);
  const after = page.after
    ? sql`and (b.date > ${page.after.date} or (b.date = ${page.after.date} and (b.unit > ${page.after.unit} or (b.unit = ${page.after.unit} and b.id > ${page.after.id}))))`
    : sql``;
  const { rows } = await sql<Record<string, unknown> & Position>`
    select b.* from (${behind}) as b where ${inPart} ${after} order by b.date, b.unit, b.id limit ${page.limit + 1}`.execute(
    db,
  );

  const shown = rows.slice(0, page.limit);
  const kinds = kpi.from === 'activity' ? await kindsOfActivities(db, shown) : new Map<string, string[]>();
  const found = sums[0];
  const denominator = members
    ? [...members.values()].reduce((a, b) => a + b, 0)
    : kpi.type === 'count'
      ? null
      : (found?.denominator ?? 0);
  return {
    total: found?.shown ?? 0,
    sums: { numerator: found?.numerator ?? 0, denominator, unknown: found?.unknown ?? 0 },
    rows: shown.map((r) => toRow(kpi.from, r, kinds.get(`${r.unit} ${r.id}`))),
    next: rows.length > page.limit ? writeCursor(shown.at(-1)) : null,
  };
}

/** Is there a figure to open? What is not reported or not due has no records behind it. */
const isShown = (cell: Cell | undefined): cell is Cell => cell !== undefined && cell.numerator !== null;

/** The records that count towards one half: those with a contribution to it, and it is known. */
function partOf(kpi: RecordKpi, part: 'numerator' | 'denominator' | undefined): RawBuilder<boolean> {
  if (part === undefined) return sql`1 = 1`;
  if (part === 'denominator') return sql`b.adds_denominator <> 0`;
  return kpi.type === 'count' ? sql`b.adds_numerator is not null` : sql`b.adds_numerator <> 0`;
}

/** The units of the place over stretches of days; a stock's are those at the window's end, over all days. */
function spansOf(frame: Frame, kpi: RecordKpi, place: Place, window: Window): Span[] {
  if (kpi.over === 'stock') {
    const [last] = frame.tree.spans(place.unit, window.months.slice(-1), place.within);
    return last ? [{ ...last, from: '0001-01-01', to: window.to }] : [];
  }
  return frame.tree.spans(place.unit, window.months, place.within).map((s) => ({
    from: later(firstDay(s.from), window.from),
    to: earlier(lastDay(s.to), window.to),
    units: s.units,
  }));
}

/** Of the spans, the units that count towards a figure per member. */
const countedSpans = (
  frame: Frame,
  kpi: RecordKpi,
  of: { place: Place; spans: readonly Span[]; members: ReadonlyMap<string, number> },
): Span[] =>
  of.spans.map((s) => ({
    ...s,
    units: s.units.filter((u) =>
      of.members.has(frame.reporterOf(u, of.place, ledgerOf(kpi), s.from.slice(0, 7))),
    ),
  }));

/** A per-member figure leaves out the records of units without a headcount, as unknown. */
function onlyFor(
  adds: ReturnType<typeof contribution>,
  spans: readonly Span[],
): ReturnType<typeof contribution> {
  const some = spans
    .filter((s) => s.units.length > 0)
    .map(
      (s) =>
        sql`(r.date between ${s.from} and ${s.to} and r.unit in (${sql.join(s.units.map((u) => sql.val(u)))}))`,
    );
  const counted = some.length === 0 ? sql`1 = 0` : sql`(${sql.join(some, sql` or `)})`;
  return {
    numerator: sql`(case when ${counted} then ${adds.numerator} end)`,
    denominator: adds.denominator,
    unknown: sql`(case when ${counted} then ${adds.unknown} else 1 end)`,
  };
}

async function kindsOfActivities(
  db: Kysely<Database>,
  rows: readonly Position[],
): Promise<Map<string, string[]>> {
  const kinds = new Map<string, string[]>();
  if (rows.length === 0) return kinds;
  const found = await db
    .selectFrom('activity_kind')
    .selectAll()
    .where('unit', 'in', [...new Set(rows.map((r) => r.unit))])
    .where(
      'activity_id',
      'in',
      rows.map((r) => r.id),
    )
    .orderBy('kind')
    .execute();
  for (const k of found)
    kinds.set(`${k.unit} ${k.activity_id}`, [...(kinds.get(`${k.unit} ${k.activity_id}`) ?? []), k.kind]);
  return kinds;
}

/** Pages rows that were made in memory, in the order of date, unit, id. */
function paged(
  behind: readonly (Behind & { row: RecordRow })[],
  page: Page,
  cell: Cell | undefined,
): RecordsReply {
  if (!isShown(cell))
    return { total: 0, sums: { numerator: null, denominator: null, unknown: 0 }, rows: [], next: null };
  const order = ({ date, unit, id }: Position): string => `${date}|${unit}|${id}`;
  const sorted = [...behind].sort((a, b) => (order(a.row) < order(b.row) ? -1 : 1));
  const { after } = page;
  const rest = after ? sorted.filter((b) => order(b.row) > order(after)) : sorted;
  const rows = rest.slice(0, page.limit).map((b) => b.row);
  const total = (half: 'numerator' | 'denominator' | 'unknown'): number =>
    behind.reduce((n, b) => n + (b[half] ?? 0), 0);
  return {
    total: behind.length,
    sums: { numerator: total('numerator'), denominator: total('denominator'), unknown: total('unknown') },
    rows,
    next: rest.length > page.limit ? writeCursor(rows.at(-1)) : null,
  };
}

const writeCursor = (last: Position | undefined): string | null =>
  last ? Buffer.from(JSON.stringify([last.date, last.unit, last.id])).toString('base64url') : null;

function readCursor(cursor: string): Position {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parts) && parts.length === 3 && parts.every((p) => typeof p === 'string')) {
      const [date, unit, id] = parts as [string, string, string];
      return { date, unit, id };
    }
  } catch {
    // Falls through to the refusal: a cursor is ours or it is not.
  }
  throw new Refusal(400, 'The cursor is not one that this server gave', [
    { path: 'cursor', message: 'use `next` of the page before' },
  ]);
}
