import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Database } from '../../db/types.ts';
import { recordsQuestionSchema, type Asked, type Cell, type RecordsQuestion } from '../../shared/query.ts';
import type { RecordRow, RecordsReply } from '../../shared/api.ts';
import { isRecordKpi, type RecordKpi } from '../../shared/kpi.ts';
import { grainOf, yearOf } from '../../shared/period.ts';
import { Refusal } from '../errors.ts';
import { contribution, rowsOf } from '../kpi-sql.ts';
import { membersOf, oneCell } from './answer.ts';
import { dueRows, headcountRows } from './due-rows.ts';
import { Frame, windowOf, type Window } from './frame.ts';
import { toRow, type Behind } from './record-row.ts';
import { understand } from './understand.ts';

/**
 * The records behind one cell. `sums` are added up from these very rows (all of them, whatever the
 * page or the part), and equal the cell's figures.
 * @throws ZodError, Refusal 422 (unknown names), 400 (a cursor that is not ours)
 */
export async function records(db: Kysely<Database>, question: RecordsQuestion): Promise<RecordsReply> {
  const q = recordsQuestionSchema.parse(question);
  const grain = grainOf(q.period) ?? 'year';
  const { asked, tree, kpis } = await understand(db, {
    kpi: [q.kpi],
    unit: q.unit,
    years: [yearOf(q.period)],
    grain,
    asOf: q.asOf,
    toDate: q.toDate,
    kind: q.kind,
  });
  const kpi = kpis[0];
  if (!kpi)
    throw new Refusal(422, 'The question names what does not exist', [{ path: 'kpi', message: 'no KPI' }]);
  const frame = await Frame.load(db, tree);
  const window = windowOf(q.period, asked.asOf, asked.toDate);
  const cell = await oneCell(db, frame, kpi, asked, q.period);
  const page = { limit: q.limit, after: q.cursor === undefined ? null : readCursor(q.cursor) };

  if (!isRecordKpi(kpi)) return paged(await dueRows(db, frame, kpi, asked, window), page, cell);
  if (kpi.type === 'per_member' && q.part === 'denominator') {
    const behind = await headcountRows(db, frame, asked.unit, window);
    const events = await recordRows(db, frame, kpi, { asked, window, cell, page: { limit: 1, after: null } });
    const reply = paged(behind, page, cell);
    return { ...reply, sums: { ...events.sums, denominator: reply.sums.denominator } };
  }
  return recordRows(db, frame, kpi, { asked, window, cell, page, part: q.part });
}

type Page = { readonly limit: number; readonly after: Position | null };
type Position = { readonly date: string; readonly unit: string; readonly id: string };

async function recordRows(
  db: Kysely<Database>,
  frame: Frame,
  kpi: RecordKpi,
  {
    asked,
    window,
    cell,
    page,
    part,
  }: { asked: Asked; window: Window; cell: Cell | undefined; page: Page; part?: 'numerator' | 'denominator' },
): Promise<RecordsReply> {
  if (window.months.length === 0 || !isShown(cell))
    return { total: 0, sums: { numerator: null, denominator: null, unknown: 0 }, rows: [], next: null };
  const at = kpi.over === 'stock' ? window.to : window.cut;
  const stretch = { from: kpi.over === 'stock' ? '0001-01-01' : window.from, to: window.to, at };
  const units = frame.tree.subtree(asked.unit).map((u) => u.code);
  const members = kpi.type === 'per_member' ? membersOf(frame, asked.unit, window) : null;
  const adds = members
    ? onlyFor(
        contribution(kpi, at),
        units.filter((u) => members.has(frame.reporterOf(u, asked.unit, 'activity'))),
      )
    : contribution(kpi, at);
  const behind = sql`select r.*, ${adds.numerator} as adds_numerator, ${adds.denominator} as adds_denominator, ${adds.unknown} as adds_unknown
    from ${sql.table(kpi.from)} as r where ${rowsOf(kpi, stretch, units, asked.kind)}`;
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

/** A per-member figure leaves out the records of units without a headcount, as unknown. */
function onlyFor(
  adds: ReturnType<typeof contribution>,
  units: readonly string[],
): ReturnType<typeof contribution> {
  const counted =
    units.length === 0 ? sql`1 = 0` : sql`r.unit in (${sql.join(units.map((u) => sql.val(u)))})`;
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
