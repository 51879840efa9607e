import type { ImportTwin } from '../../shared/imports.ts';
import { areAlike, plainTitle } from './alike.ts';
import { differing, type Incoming, type StoredRecord } from './stored.ts';

/** More pairs than anyone decides one by one. */
const LISTED = 500;
/** Events of a unit on a day, beyond which they are not compared with each other. */
const MOST_A_DAY = 50;

type Side = { readonly of: Incoming | StoredRecord; readonly plain: string };
const isStored = (r: Incoming | StoredRecord): r is StoredRecord => 'importId' in r;

/**
 * The same event twice, in two tables or in a table and in what is stored: unit, day and ledger are the same, a kind is
 * shared, the titles are alike, and yet something differs. Two rows of one table are two events: their clerk has written both.
 */
export function twinsOf(
  records: readonly Incoming[],
  stored: readonly StoredRecord[],
): { twins: ImportTwin[]; twinsTotal: number } {
  const prints = new Set(records.map((r) => `${r.unit} ${r.family} ${r.fingerprint}`));
  const days = new Map<string, Side[]>();
  const put = (of: Incoming | StoredRecord): Side[] => {
    const key = `${of.unit} ${of.family} ${of.date}`;
    const day = days.get(key) ?? [];
    days.set(key, day);
    const side = { of, plain: plainTitle(of.title) };
    if (day.length < MOST_A_DAY) day.push(side);
    return day;
  };
  // What the new files hold to the letter is no other event.
  for (const r of stored) if (!prints.has(`${r.unit} ${r.family} ${r.fingerprint}`)) put(r);
  const twins: ImportTwin[] = [];
  let twinsTotal = 0;
  for (const record of records) {
    if (record.known) continue;
    const before = [...(days.get(`${record.unit} ${record.family} ${record.date}`) ?? [])];
    put(record);
    const plain = plainTitle(record.title);
    const twin = before.find(({ of, plain: other }) => areTwins(record, of) && areAlike(plain, other));
    if (!twin) continue;
    twinsTotal++;
    if (twins.length < LISTED) twins.push(pairOf(twin.of, record));
  }
  return { twins, twinsTotal };
}

function areTwins(record: Incoming, other: Incoming | StoredRecord): boolean {
  if (!isStored(other) && other.table === record.table) return false;
  // A problem is told by its words, and a headcount is no event.
  if (record.family === 'headcount') return false;
  return record.family !== 'activity' || record.kinds.some((kind) => other.kinds.includes(kind));
}

const placeOf = ({ table, row }: Incoming): string => `${table}-${row}`;

function pairOf(first: Incoming | StoredRecord, second: Incoming): ImportTwin {
  const fields = differing(first, second);
  const side = (of: Incoming | StoredRecord, which: 'from' | 'to'): ImportTwin['first'] => ({
    file: of.file,
    sheet: of.sheet,
    row: of.row,
    title: of.title,
    record: isStored(of) ? of.id : null,
    importId: isStored(of) ? of.importId : null,
    figures: Object.fromEntries(fields.map((f) => [f.field, f[which]])),
  });
  return {
    id: `${isStored(first) ? `r${first.id}` : placeOf(first)}/${placeOf(second)}`,
    unit: second.unit,
    ledger: second.family,
    date: second.date,
    first: side(first, 'from'),
    second: side(second, 'to'),
  };
}

/** What a twin's id says: the stored record or the line that came first, and the line that came second. */
export function twinParts(id: string): {
  readonly record: string | null;
  readonly first: string | null;
  readonly second: string;
} | null {
  const parts = /^(?:r(.+)|(\d+-\d+))\/(\d+-\d+)$/.exec(id);
  return parts ? { record: parts[1] ?? null, first: parts[2] ?? null, second: parts[3] ?? '' } : null;
}
