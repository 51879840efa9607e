import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import type { Contradiction, ContradictionsQuestion, ContradictionsReply } from '../../shared/api.ts';
import {
  contradictionCodes,
  keptCodes,
  type ContradictionCode,
  type KeptCode,
} from '../../shared/contradictions.ts';
import { families, type Family } from '../../shared/kinds.ts';
import { earlier, firstDay, lastDay, later, monthOf, monthsFrom, yearOf } from '../../shared/period.ts';
import { questionSchema, type Asked } from '../../shared/query.ts';
import { UnitTree, type Span } from '../../shared/unit.ts';
import { Refusal } from '../errors.ts';
import { dataVersion } from './centre.ts';
import { tell, type Found } from './contradiction-records.ts';
import { fullMonths, overfullEvents } from './crosscheck.ts';
import { windowOf } from './frame.ts';
import { sharedEvents } from './shared-events.ts';
import { understand } from './understand.ts';
import { listUnits } from './units.ts';

type Asking = Pick<Asked, 'unit' | 'years' | 'asOf'> & { readonly yearStart?: number };

/**
 * Every contradiction of a scope in the years: those kept from the ledgers, and those between records,
 * which are looked for now. By kind, the latest first.
 * @param asked `asOf`: what is later is not looked at
 */
export async function contradictionsOf(db: Kysely<Database>, asked: Asking): Promise<Contradiction[]> {
  const tree = new UnitTree(await listUnits(db));
  return tell(db, tree, await found(db, tree, asked));
}

/**
 * The same as a page, with how many there are of each kind.
 * @throws Refusal 422 (unknown unit, years that are none), 400 (a cursor that is not ours)
 */
export async function listContradictions(
  db: Kysely<Database>,
  { unit, years, asOf, code, limit, cursor }: ContradictionsQuestion,
): Promise<ContradictionsReply> {
  const question = questionSchema.parse({ kpi: ['contradictions'], unit, years, asOf });
  const { asked, tree } = await understand(db, question);
  const all = await found(db, tree, asked);
  const ofCode = code === undefined ? all : all.filter((f) => f.code === code);
  const after = cursor === undefined ? null : readCursor(cursor);
  const rest = after === null ? ofCode : ofCode.filter((f) => inOrder(after, f) < 0);
  const shown = rest.slice(0, limit);
  const last = rest.length > limit ? shown.at(-1) : undefined;
  return {
    asked: { unit: asked.unit, years: asked.years, asOf: asked.asOf },
    dataVersion: await dataVersion(db),
    total: ofCode.length,
    counts: contradictionCodes
      .map((c) => ({ code: c, count: all.filter((f) => f.code === c).length }))
      .filter(({ count }) => count > 0),
    contradictions: await tell(db, tree, shown),
    next: last ? writeCursor(last) : null,
  };
}

async function found(db: Kysely<Database>, tree: UnitTree, asked: Asking): Promise<Found[]> {
  const all = new Map<string, Found>();
  for (const year of new Set(asked.years)) {
    const window = windowOf(String(year), asked.asOf, false, asked.yearStart);
    const spans = tree.spans(asked.unit, window.months).map((s) => ({
      from: later(firstDay(s.from), window.from),
      to: earlier(lastDay(s.to), window.to),
      units: s.units,
    }));
    for (const span of spans)
      for (const f of await foundIn(db, tree, span)) all.set(`${f.code} ${f.unit} ${f.id}`, f);
    for (const f of await fullYears(db, spans, asked.asOf)) all.set(`${f.code} ${f.unit} ${f.id}`, f);
  }
  return [...all.values()].sort(inOrder);
}

/** What can be told of a stretch of days by itself. */
async function foundIn(db: Kysely<Database>, tree: UnitTree, span: Span): Promise<Found[]> {
  if (span.units.length === 0) return [];
  const stored = await db
    .selectFrom('contradiction')
    .select(['unit', 'id', 'date', 'family', 'code'])
    .where('unit', 'in', [...span.units])
    .where('date', '>=', span.from)
    .where('date', '<=', span.to)
    .execute();
  const own = new Set(span.units);
  return [
    ...stored.flatMap((s): Found[] =>
      isKept(s.code) && isFamily(s.family)
        ? [{ unit: s.unit, id: s.id, date: s.date, code: s.code, family: s.family }]
        : [],
    ),
    ...(await overfullEvents(db, tree, span)).map((event): Found => ({
      unit: event.unit,
      id: event.id,
      date: event.date,
      code: 'present_gt_members',
      event,
    })),
    ...(await sharedEvents(db, tree, span)).map((event): Found => {
      const first = event.records.find((r) => own.has(r.unit));
      return {
        unit: first?.unit ?? '',
        id: event.title,
        date: event.date,
        code: 'same_event',
        event,
      };
    }),
  ];
}

const isFamily = (family: string): family is Family => families.some((f) => f === family);
const isKept = (code: string): code is KeptCode => keptCodes.some((c) => c === code);

/**
 * Calendar years at whose meetings everybody was always present, of units that had one of the meetings
 * while they stood in the scope. A year is judged whole, up to the as-of day, whatever stretch is asked.
 */
async function fullYears(db: Kysely<Database>, spans: readonly Span[], asOf: string): Promise<Found[]> {
  const [first, last] = [spans[0], spans.at(-1)];
  if (!first || !last) return [];
  const to = earlier(`${last.to.slice(0, 4)}-12-31`, asOf);
  const units = [...new Set(spans.flatMap((s) => s.units))];
  const months = await fullMonths(db, { units, from: first.from, to });
  const stood = new Set(
    spans.flatMap((s) =>
      monthsFrom(monthOf(s.from), monthOf(s.to)).flatMap((m) => s.units.map((u) => `${u} ${m}`)),
    ),
  );
  const years = new Map<string, typeof months>();
  for (const m of months) {
    const key = `${m.unit} ${yearOf(m.month)}`;
    years.set(key, [...(years.get(key) ?? []), m]);
  }
  return [...years.values()]
    .filter((of) => of.some((m) => stood.has(`${m.unit} ${m.month}`)))
    .map((of): Found => {
      const { unit = '', last: date = '' } = of.at(-1) ?? {};
      const year = date.slice(0, 4);
      const meetings = of.reduce((n, m) => n + m.meetings, 0);
      return { unit, id: year, date, code: 'always_all_present', year, meetings };
    });
}

type Key = {
  readonly code: ContradictionCode;
  readonly date: string;
  readonly unit: string;
  readonly id: string;
};

/** By kind, the latest first, then by unit. */
function inOrder(a: Key, b: Key): number {
  const kind = contradictionCodes.indexOf(a.code) - contradictionCodes.indexOf(b.code);
  if (kind !== 0) return kind;
  if (a.date !== b.date) return a.date > b.date ? -1 : 1;
  if (a.unit !== b.unit) return a.unit < b.unit ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

const writeCursor = ({ code, date, unit, id }: Key): string =>
  Buffer.from(JSON.stringify([code, date, unit, id])).toString('base64url');

function readCursor(cursor: string): Key {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parts) && parts.length === 4 && parts.every((p) => typeof p === 'string')) {
      const [code, date, unit, id] = parts as [ContradictionCode, string, string, string];
      if (contradictionCodes.includes(code)) return { code, date, unit, id };
    }
  } catch {
    // Falls through to the refusal: a cursor is ours or it is not.
  }
  throw new Refusal(400, 'The cursor is not one that this server gave', [
    { path: 'cursor', message: 'use `next` of the page before' },
  ]);
}
