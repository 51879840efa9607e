import type { NewCoverage } from '../../db/types.ts';
import type { ImportReplace } from '../../shared/imports.ts';
import type { Family } from '../../shared/kinds.ts';
import { areAlike, plainTitle } from './alike.ts';
import { differing, type Incoming, type StoredRecord } from './stored.ts';

/** Rows of a span that a page lists. */
const LISTED = 200;

/** Is the day in the months, both included? */
const within = (date: string, { from_month, to_month }: NewCoverage): boolean =>
  date.slice(0, 7) >= from_month && date.slice(0, 7) <= to_month;

/** For each covered span in which other rows are stored already: what would come, change and go if the new took their place. */
export function replacesOf(
  records: readonly Incoming[],
  stored: readonly StoredRecord[],
  coverage: readonly NewCoverage[],
  edited: ReadonlySet<string>,
): ImportReplace[] {
  const incoming = byLedger(records);
  const held = byLedger(stored);
  return coverage.flatMap((span) => {
    const key = `${span.unit} ${span.family}`;
    const before = (held.get(key) ?? []).filter((r) => within(r.date, span));
    const after = (incoming.get(key) ?? []).filter((r) => within(r.date, span));
    const prints = new Set(after.map((r) => r.fingerprint));
    const going = before.filter((r) => !prints.has(r.fingerprint));
    // Nothing to take the place of, or nothing that takes it.
    if (going.length === 0 || after.length === 0) return [];
    return [replaceOf(span, { before, after, going }, edited)];
  });
}

function byLedger<R extends { readonly unit: string; readonly family: string }>(
  records: readonly R[],
): ReadonlyMap<string, R[]> {
  const ledgers = new Map<string, R[]>();
  for (const r of records) {
    const key = `${r.unit} ${r.family}`;
    const ledger = ledgers.get(key);
    if (ledger) ledger.push(r);
    else ledgers.set(key, [r]);
  }
  return ledgers;
}

type Sides = {
  readonly before: readonly StoredRecord[];
  readonly after: readonly Incoming[];
  readonly going: readonly StoredRecord[];
};

function replaceOf(
  span: NewCoverage,
  { before, after, going }: Sides,
  edited: ReadonlySet<string>,
): ImportReplace {
  const coming = after.filter((r) => !r.known);
  const pairs = paired(going, coming);
  const followers = new Set(pairs.values());
  const isEdited = (r: StoredRecord): boolean => edited.has(`${r.unit} ${r.id}`);
  const rows: ImportReplace['rows'] = [
    ...going.map((r) => {
      const { date, title, id: record } = r;
      const next = pairs.get(r);
      return next
        ? {
            is: 'changed' as const,
            date: next.date,
            title: next.title,
            row: next.row,
            record,
            edited: isEdited(r),
            fields: differing(r, next),
          }
        : { is: 'gone' as const, date, title, row: null, record, edited: isEdited(r), fields: [] };
    }),
    ...coming
      .filter((r) => !followers.has(r))
      .map(({ date, title, row }) => ({
        is: 'added' as const,
        date,
        title,
        row,
        record: null,
        edited: false,
        fields: [],
      })),
  ];
  return {
    unit: span.unit,
    ledger: span.family as Family,
    from: span.from_month,
    to: span.to_month,
    stored: before.length,
    same: before.length - going.length,
    added: rows.filter((r) => r.is === 'added').length,
    changed: pairs.size,
    gone: going.length - pairs.size,
    edited: going.filter(isEdited).length,
    rows: rows.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)).slice(0, LISTED),
  };
}

/** Which new row a stored one has become: the same day and a like title, or the same title in the same month. */
function paired(
  going: readonly StoredRecord[],
  coming: readonly Incoming[],
): ReadonlyMap<StoredRecord, Incoming> {
  // Both passes stay within a month, so that a ledger of many years is not compared row by row.
  const free = new Map<string, Set<Incoming>>();
  for (const r of coming) free.set(r.date.slice(0, 7), (free.get(r.date.slice(0, 7)) ?? new Set()).add(r));
  const pairs = new Map<StoredRecord, Incoming>();
  const titles = new Map<StoredRecord | Incoming, string>(
    [...going, ...coming].map((r) => [r, plainTitle(r.title)]),
  );
  const title = (r: StoredRecord | Incoming): string => titles.get(r) ?? '';
  const passes: ((a: StoredRecord, b: Incoming) => boolean)[] = [
    (a, b) => a.date === b.date && areAlike(title(a), title(b)),
    (a, b) => title(a) !== '' && title(a) === title(b),
  ];
  for (const isSame of passes)
    for (const before of going) {
      if (pairs.has(before)) continue;
      const month = free.get(before.date.slice(0, 7)) ?? new Set();
      for (const after of month)
        if (isSame(before, after)) {
          pairs.set(before, after);
          month.delete(after);
          break;
        }
    }
  return pairs;
}
