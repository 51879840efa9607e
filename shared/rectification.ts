import { medianDays } from './median-days.ts';
import { daysBetween, yearOfDay } from './period.ts';

/**
 * Problems found and put right, by cohort: the year in which they were raised, as of any day. What is
 * raised later does not exist yet; what is closed later was open then.
 */

/** One problem. Days are ISO dates; `dueOn` is the first due date, before any extension. */
export type Item = {
  readonly unit: string;
  readonly id: string;
  readonly title: string | null;
  /** The day on which it was raised. */
  readonly date: string;
  /** `long_term`: never due and never done, and so in no cohort. */
  readonly nature: string | null;
  readonly dueOn: string | null;
  readonly extendedTo: string | null;
  readonly reportedOn: string | null;
  /** Verified closed. */
  readonly closedOn: string | null;
};

/** `closed`: verified · `reported`: said to be done, not verified · `open`: neither. */
export type ItemState = 'closed' | 'reported' | 'open';

const isBy = (day: string | null, asOf: string): boolean => day !== null && day <= asOf;

export const isLongTerm = ({ nature }: Pick<Item, 'nature'>): boolean => nature === 'long_term';

/** How far an item has come by the end of a day. */
export const stateOn = (item: Pick<Item, 'closedOn' | 'reportedOn'>, asOf: string): ItemState =>
  isBy(item.closedOn, asOf) ? 'closed' : isBy(item.reportedOn, asOf) ? 'reported' : 'open';

/** Whole days by which an item that is not closed has passed its first due date; null where it has not. */
export function overdueAge(item: Pick<Item, 'closedOn' | 'dueOn' | 'nature'>, asOf: string): number | null {
  if (isLongTerm(item) || isBy(item.closedOn, asOf)) return null;
  return item.dueOn !== null && item.dueOn < asOf ? daysBetween(item.dueOn, asOf) : null;
}

/**
 * A problem's text in the form in which two are the same: full width made half, without white space,
 * the number of a list before it, and marks. What stands between digits (1.5) and % stay, since they
 * change what is said. Null where nothing is left.
 */
export function foldProblem(title: string | null): string | null {
  const text = (title ?? '')
    .replace(/^\s*[\u2460-\u249b\u3220-\u3229]/u, '')
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(
      /^(?:\((?:\d{1,3}|[一二三四五六七八九十]{1,3})\)|(?:\d{1,3}|[一二三四五六七八九十]{1,3})[.、):。](?!\d))+/,
      '',
    )
    .replace(/(?<!\d)[^\P{P}%]|[^\P{P}%](?!\d)/gu, '');
  return text === '' ? null : text;
}

/** An item that says what an item of the same unit said that had been closed before. */
export type Recurrence<T extends Item = Item> = {
  readonly item: T;
  /** The one closed last before this one was raised. */
  readonly earlier: T;
  /** From the closing of the earlier one until this one was raised. */
  readonly days: number;
};

/**
 * Problems that have come back by the as-of day, in the order in which they were raised. On the safe
 * side: the same unit, the same folded text, and closed on a day before. Long-term items do not end, so
 * none comes back.
 */
export function recurrencesOf<T extends Item>(items: readonly T[], asOf: string): Recurrence<T>[] {
  const alike = new Map<string, T[]>();
  for (const item of items) {
    const text = foldProblem(item.title);
    if (text === null || isLongTerm(item) || item.date > asOf) continue;
    const key = `${item.unit}\n${text}`;
    const group = alike.get(key);
    if (group) group.push(item);
    else alike.set(key, [item]);
  }
  return [...alike.values()]
    .flatMap((group) =>
      group.flatMap((item) => {
        const earlier = group
          .filter((e) => e.date < item.date && e.closedOn !== null && e.closedOn < item.date)
          .toSorted((a, b) => compare(a.closedOn ?? '', b.closedOn ?? ''))
          .at(-1);
        return earlier
          ? [{ item, earlier, days: daysBetween(earlier.closedOn ?? item.date, item.date) }]
          : [];
      }),
    )
    .toSorted((a, b) => compare(a.item.date, b.item.date) || compare(a.item.id, b.item.id));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The figures of one cohort. `closed + reported + open` is `raised`; long-term items are in none of them. */
export type CohortFigures = {
  readonly raised: number;
  readonly closed: number;
  readonly reported: number;
  readonly open: number;
  readonly extended: number;
  readonly overdue: number;
  /** Days; null where nothing is overdue. */
  readonly greatestAge: number | null;
  readonly longTerm: number;
  readonly recurrences: number;
  /** Closed by the first due date. */
  readonly onTime: number;
  /** Those whose first due date has come. */
  readonly due: number;
  readonly withoutDue: number;
  /** Kaplan–Meier, from raised to closed; null where half of them are not closed yet. */
  readonly medianDays: number | null;
  /** Not closed by the as-of day, and so in the median only as "longer than this". */
  readonly censored: number;
};

/**
 * The cohorts of the items as of a day, by year raised. A year in which nothing was raised has no entry.
 * @param items all of one scope; those raised after `asOf` are left out
 * @param yearStart the month with which the centre's year begins, 1…12
 * @param recurrences those of these items; absent: found among the items themselves
 */
export function cohortsOf(
  items: readonly Item[],
  {
    asOf,
    yearStart = 1,
    recurrences = recurrencesOf(items, asOf),
  }: { asOf: string; yearStart?: number; recurrences?: readonly Recurrence[] },
): Map<number, CohortFigures> {
  const years = new Map<number, Item[]>();
  for (const item of items.filter((i) => i.date <= asOf)) {
    const year = yearOfDay(item.date, yearStart);
    const own = years.get(year);
    if (own) own.push(item);
    else years.set(year, [item]);
  }
  const again = new Set(recurrences.map((r) => r.item));
  return new Map([...years].map(([year, own]) => [year, figuresOf(own, asOf, again)]));
}

function figuresOf(all: readonly Item[], asOf: string, again: ReadonlySet<Item>): CohortFigures {
  const items = all.filter((i) => !isLongTerm(i));
  const inState = (state: ItemState): number => items.filter((i) => stateOn(i, asOf) === state).length;
  const ages = items.flatMap((i) => overdueAge(i, asOf) ?? []);
  const due = items.filter((i) => isBy(i.dueOn, asOf));
  const closed = inState('closed');
  return {
    raised: items.length,
    closed,
    reported: inState('reported'),
    open: inState('open'),
    extended: items.filter((i) => i.extendedTo !== null).length,
    overdue: ages.length,
    greatestAge: ages.length === 0 ? null : Math.max(...ages),
    longTerm: all.length - items.length,
    recurrences: items.filter((i) => again.has(i)).length,
    onTime: due.filter((i) => isBy(i.closedOn, asOf) && isBy(i.closedOn, i.dueOn ?? '')).length,
    due: due.length,
    withoutDue: items.filter((i) => i.dueOn === null).length,
    medianDays: medianDays(items.map((i) => lengthOf(i, asOf))),
    censored: items.length - closed,
  };
}

/** From raised to closed, or to the as-of day where it is not closed yet. */
function lengthOf({ date, closedOn }: Item, asOf: string): Parameters<typeof medianDays>[0][number] {
  const isClosed = isBy(closedOn, asOf);
  return {
    days: daysBetween(date, isClosed && closedOn !== null ? closedOn : asOf),
    closed: isClosed,
    cases: 1,
  };
}

/** The figures of a year that was reported and in which nothing was raised. */
export const emptyCohort: CohortFigures = figuresOf([], '0001-01-01', new Set());
