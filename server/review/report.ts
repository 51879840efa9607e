import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import { breaksOf } from '../../shared/breaks.ts';
import { daysOf } from '../../shared/change.ts';
import { formatDate } from '../../shared/format.ts';
import { gapsIn, sayGaps, type Lacking } from '../../shared/gaps.ts';
import { monthOf } from '../../shared/period.ts';
import type { Cell } from '../../shared/query.ts';
import { isLongTerm, overdueAge, stateOn } from '../../shared/rectification.ts';
import {
  ITEMS_LISTED,
  NEXT_DAYS,
  themes,
  type Review,
  type ReviewItem,
  type ReviewList,
  type ReviewTheme,
  type ThemeOutline,
} from '../../shared/review.ts';
import type { Text } from '../../shared/text.ts';
import { isDemo } from '../queries/centre.ts';
import { listContradictions } from '../queries/contradictions.ts';
import { dueNext } from '../queries/next.ts';
import { standingItems } from '../queries/rectification.ts';
import { settings } from '../queries/settings.ts';
import { contradictionsAddress, rectificationAddress } from './address.ts';
import { settled, type Asking, type ReviewAsked } from './asking.ts';
import { eventsBehind, nameBelow } from './events.ts';
import { answersOf, figureOf, figuresByKind, known, type Answers } from './figures.ts';
import { inTurn } from './in-turn.ts';
import { momentIn } from './moment.ts';
import { slotsAsked } from './slots.ts';

export type Made = {
  readonly by: string;
  readonly at: Date;
  /** Where the pages are (`https://hb.example`); empty: nowhere that is known. */
  readonly origin: string;
};

/**
 * What the year-end review of a unit is written from: its figures, what they are held against, the
 * records behind them and what is not known of them. Nothing in it judges.
 * @throws Refusal 404 (no such unit), 422 (the year has not begun, or the unit was not there)
 */
export async function reviewOf(db: Kysely<Database>, asked: ReviewAsked, made: Made): Promise<Review> {
  const asking = await settled(db, asked);
  const { unit, tree, year, yearStart, asOf } = asking;
  const answers = await answersOf(db, asking);
  const given = { db, asking, answers };
  const { timeZone } = await settings(db);
  const told = await inTurn(themes, (outline) => themeOf(outline, given));
  return {
    unit: {
      code: unit.code,
      name: unit.name,
      path: tree
        .pathIn(unit.code, monthOf(asOf))
        .slice(0, -1)
        .map((u) => u.name),
    },
    events: ownEvents(answers, asking),
    year,
    yearStart,
    asOf,
    askedDay: asking.askedDay,
    isOver: asking.isOver,
    dataVersion: answers.whole.dataVersion,
    demo: await isDemo(db),
    made: { by: made.by, at: made.at.toISOString(), shown: momentIn(timeZone, made.at) },
    origin: made.origin.replace(/\/+$/, ''),
    themes: told,
    slots: await slotsAsked(db, asking, told.find((t) => t.id === 'life')?.byKind ?? []),
    rectification: await rectificationIn(db, asking, told),
    next: await nextOf(db, asking),
    contradictions: await contradictionsIn(db, asking),
  };
}

type Given = { readonly db: Kysely<Database>; readonly asking: Asking; readonly answers: Answers };

async function themeOf({ id, figures, split, events }: ThemeOutline, given: Given): Promise<ReviewTheme> {
  const { db, asking, answers } = given;
  const own = await inTurn(figures, (behind) => figureOf(behind, given));
  const lacks = (which: 'now' | 'before'): Text | null =>
    sayLacks(
      own.map((f) => f[which]),
      asking,
      answers,
    );
  return {
    id,
    figures: own,
    byKind: split === undefined ? [] : await figuresByKind(split, given),
    events: events === undefined ? null : await eventsBehind(db, events, asking),
    gaps: { now: lacks('now'), before: lacks('before') },
  };
}

/** Which months of the ledgers the figures lack, each ledger once. Completeness is itself the measure of that. */
function sayLacks(cells: readonly Cell[], { tree }: Asking, { whole }: Answers): Text | null {
  const found = new Map<string, Lacking>();
  for (const cell of cells) {
    const kpi = known(cell.kpi);
    const days = daysOf(cell.period, whole.query);
    const families = kpi.type === 'per_member' ? ([undefined, 'headcount'] as const) : [undefined];
    for (const family of families)
      for (const gap of gapsIn(kpi, cell, { context: whole.context, tree, days }, family))
        found.set(`${gap.family} ${gap.unit} ${gap.months[0]}`, gap);
  }
  const said = [...new Set([...found.values()].map((g) => g.family))].map((family) =>
    sayGaps(
      [...found.values()].filter((g) => g.family === family),
      tree,
    ),
  );
  if (said.length === 0) return null;
  return { zh: said.map((t) => t.zh).join('；'), en: said.map((t) => t.en).join('; ') };
}

/** What happened to the unit in the two years, whichever figure it touches; its end, too, on the last day. */
function ownEvents({ whole }: Answers, { unit, tree, asOf }: Asking): Text[] {
  const context = { ...whole.context, changes: [] };
  const own = breaksOf(known('study_sessions'), context, { unit: unit.code, tree }).filter((b) =>
    b.units.includes(unit.code),
  );
  const isTold = own.some((b) => b.code === 'closed' || b.code === 'merged');
  const { closedOn } = unit;
  if (closedOn === null || closedOn > asOf || isTold) return own.map((b) => b.text);
  const last = {
    zh: `${formatDate(closedOn, 'zh')}为最后一日，其后撤销`,
    en: `its last day was ${formatDate(closedOn, 'en')}`,
  };
  return [...own.map((b) => b.text), last];
}

async function rectificationIn(
  db: Kysely<Database>,
  asking: Asking,
  told: readonly ReviewTheme[],
): Promise<Review['rectification']> {
  const { tree, unit, asOf } = asking;
  const standing = await standingItems(db, tree, { unit: unit.code, asOf });
  const address = rectificationAddress({ unit: unit.code, asOf });
  const items = standing.map((item): ReviewItem => ({
    ...item,
    state: stateOn(item, asOf) === 'reported' ? 'reported' : 'open',
    age: overdueAge(item, asOf),
    of: nameBelow(item.unit, asking),
  }));
  const listed = (of: readonly ReviewItem[]): ReviewList<ReviewItem> => ({
    total: of.length,
    listed: of.slice(0, ITEMS_LISTED),
    address,
  });
  const cells = told.find((t) => t.id === 'rectification')?.figures.map((f) => f.now) ?? [];
  return {
    isReported: standing.length > 0 || cells.some((c) => c.status !== 'none'),
    // The longest past its day first; then what is not past it, in the order of the days raised.
    open: listed(items.filter((i) => !isLongTerm(i)).toSorted((a, b) => (b.age ?? -1) - (a.age ?? -1))),
    longTerm: listed(items.filter(isLongTerm)),
  };
}

async function nextOf(db: Kysely<Database>, asking: Asking): Promise<Review['next']> {
  const { unit, asOf } = asking;
  const { slots, items, query } = await dueNext(db, { unit: unit.code, asOf, days: NEXT_DAYS });
  const named = <T extends { readonly unit: string }>(one: T) => ({
    ...one,
    of: nameBelow(one.unit, asking),
  });
  return { from: query.from, days: query.days, slots: slots.map(named), items: items.map(named) };
}

async function contradictionsIn(
  db: Kysely<Database>,
  { unit, year, asOf }: Asking,
): Promise<Review['contradictions']> {
  const { counts } = await listContradictions(db, { unit: unit.code, years: [year], asOf, limit: 1 });
  return { counts, address: contradictionsAddress({ unit: unit.code, period: String(year), asOf }) };
}
