import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import { foldedTitle, shortestSharedTitle } from '../../shared/contradictions.ts';
import { kinds } from '../../shared/kinds.ts';
import { yearOf } from '../../shared/period.ts';
import type { UnitTree } from '../../shared/unit.ts';
import { dataVersion } from './centre.ts';
import { branchOf, type Key, type Within } from './crosscheck.ts';

/** One event that stands in the ledgers of several branches. */
export type SharedEvent = {
  readonly date: string;
  /** What their titles have in common, folded. */
  readonly title: string;
  readonly records: readonly Key[];
};

/**
 * Keeps what was found in whole calendar years for as long as the data stay as they are: every title of a
 * year has to be read to know the one that comes only once.
 */
class SharedEventMemo {
  private version: number | null = null;
  private readonly years = new Map<number, Promise<readonly SharedEvent[]>>();

  async of(
    version: number,
    year: number,
    find: () => Promise<readonly SharedEvent[]>,
  ): Promise<readonly SharedEvent[]> {
    if (this.version !== version) this.years.clear();
    this.version = version;
    const known = this.years.get(year);
    if (known) return known;
    const found = find();
    this.years.set(year, found);
    found.catch(() => this.years.delete(year));
    return found;
  }
}

const memos = new WeakMap<Kysely<Database>, SharedEventMemo>();

/** The memo of a database, or of one transaction; none is kept of data that no change has brought in. */
function memoOf(db: Kysely<Database>, version: number): SharedEventMemo {
  const memo = memos.get(db) ?? new SharedEventMemo();
  if (version > 0) memos.set(db, memo);
  return memo;
}

/**
 * Events of one day whose titles are equal, or one within the other, in the ledgers of different branches;
 * some record is of the asked units, the others may be anybody's. A title that comes on other days of the
 * calendar year too (研究月度工作安排), or that only names a kind, says what sort of event it was, not which.
 */
export async function sharedEvents(
  db: Kysely<Database>,
  tree: UnitTree,
  { units, from, to }: Within,
): Promise<SharedEvent[]> {
  if (units.length === 0 || from > to) return [];
  const asked = new Set(units);
  const version = await dataVersion(db);
  const memo = memoOf(db, version);
  const found: SharedEvent[] = [];
  for (let year = yearOf(from); year <= yearOf(to); year++)
    found.push(...(await memo.of(version, year, () => eventsOfYear(db, tree, year))));
  return found.filter((e) => e.date >= from && e.date <= to && e.records.some((r) => asked.has(r.unit)));
}

type Titled = Key & { readonly folded: string; readonly branch: string };
type Titles = ReadonlyMap<string, ReadonlySet<string>>;

async function eventsOfYear(db: Kysely<Database>, tree: UnitTree, year: number): Promise<SharedEvent[]> {
  const rows = await db
    .selectFrom('activity')
    .select(['unit', 'id', 'date', 'title'])
    .where('date', '>=', `${year}-01-01`)
    .where('date', '<=', `${year}-12-31`)
    .where(sql<number>`length(title)`, '>=', shortestSharedTitle)
    .orderBy('date')
    .orderBy('unit')
    .orderBy('id')
    .execute();
  const events = rows.flatMap(({ unit, id, date, title }): Titled[] => {
    const folded = foldedTitle(title ?? '');
    return folded.length < shortestSharedTitle
      ? []
      : [{ unit, id, date, folded, branch: branchOf(tree, unit, date) }];
  });
  const days = new Map<string, Titled[]>();
  for (const event of events) {
    const day = days.get(event.date);
    if (day) day.push(event);
    else days.set(event.date, [event]);
  }
  const shared = [...days.values()].flatMap(alike);
  const daysOf = new Map<string, Set<string>>(shared.map((s) => [s.title, new Set()]));
  const titles = byHead(daysOf.keys());
  for (const { folded, date } of events)
    for (const title of titlesWithin(folded, titles)) daysOf.get(title)?.add(date);
  return shared.filter(({ title }) => daysOf.get(title)?.size === 1 && !kindNames.has(title));
}

const kindNames: ReadonlySet<string> = new Set(
  kinds.flatMap((k) => [k.name.zh, k.name.en, ...k.synonyms].map(foldedTitle)),
);

/** A day's titles that branches share: a title stands for all that contain it. */
function alike(events: readonly Titled[]): SharedEvent[] {
  if (events.length < 2) return [];
  const titles = byHead(events.map((e) => e.folded));
  const groups = new Map<string, Titled[]>();
  for (const event of events)
    for (const title of titlesWithin(event.folded, titles))
      if (titlesWithin(title, titles).length === 1) groups.set(title, [...(groups.get(title) ?? []), event]);
  return [...groups]
    .filter(([, group]) => new Set(group.map((e) => e.branch)).size > 1)
    .map(([title, group]) => ({
      date: group[0]?.date ?? '',
      title,
      records: group.map(({ unit, id, date }) => ({ unit, id, date })),
    }));
}

/** Titles by their first characters, so that one is found within another without trying each. */
function byHead(titles: Iterable<string>): Titles {
  const heads = new Map<string, Set<string>>();
  for (const title of titles) {
    const head = title.slice(0, shortestSharedTitle);
    heads.set(head, (heads.get(head) ?? new Set()).add(title));
  }
  return heads;
}

/** Those of the titles that a title contains, itself among them if it is one. */
function titlesWithin(title: string, titles: Titles): string[] {
  const within = new Set<string>();
  for (let i = 0; i + shortestSharedTitle <= title.length; i++)
    for (const other of titles.get(title.slice(i, i + shortestSharedTitle)) ?? [])
      if (title.startsWith(other, i)) within.add(other);
  return [...within];
}
