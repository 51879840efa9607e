import type { Kysely } from 'kysely';
import type { Database, NewCoverage } from '../../db/types.ts';
import type { ImportReplace, ImportTwin } from '../../shared/imports.ts';
import type { Family } from '../../shared/kinds.ts';
import type { StagedRecord } from '../ledger/staged.ts';
import { replacesOf } from './replaces.ts';
import { storedRecords, type Incoming, type StoredRecord } from './stored.ts';
import { twinsOf } from './twins.ts';

/** More rows than are held beside each other: an import of many branches' many years is not looked through row by row. */
const MOST = 50_000;

export type Likenesses = {
  readonly twins: readonly ImportTwin[];
  readonly twinsTotal: number;
  readonly replaces: readonly ImportReplace[];
  readonly tooLongToCompare: boolean;
};

/** What an import's records are like: the same event once more in other words, or months that are stored already. */
export class Likeness {
  private records: Incoming[] | null = [];
  private last: Incoming[] = [];

  add(table: number, r: StagedRecord): void {
    if (!this.records) return;
    const { unit, family, date, title, kinds, fingerprint, file, sheet, row } = r;
    const figures = r.figures as Incoming['figures'];
    this.records.push({
      table,
      unit,
      family,
      date,
      title,
      kinds,
      figures,
      fingerprint,
      file,
      sheet,
      row,
      known: false,
    });
    if (this.records.length > MOST) this.records = null;
  }

  /** The record is stored already, to the letter. */
  known({ fingerprint, unit, family }: StagedRecord): void {
    // It came with the last lines.
    const records = this.records ?? this.last;
    for (let i = records.length - 1; i >= 0; i--) {
      const r = records[i] as Incoming;
      if (r.fingerprint !== fingerprint || r.unit !== unit || r.family !== family) continue;
      r.known = true;
      return;
    }
  }

  async compared(db: Kysely<Database>, coverage: readonly NewCoverage[]): Promise<Likenesses> {
    const { records } = this;
    const none = { twins: [], twinsTotal: 0, replaces: [] };
    if (!records) return { ...none, tooLongToCompare: true };
    const stored = await storedBeside(db, records, coverage);
    if (!stored) return { ...none, tooLongToCompare: true };
    const edited = await editedRecords(db, stored);
    return {
      ...twinsOf(records, stored),
      replaces: replacesOf(records, stored, coverage, edited),
      tooLongToCompare: false,
    };
  }
}

/** What is stored of the same units and ledgers in the same time; null where that is too much. */
async function storedBeside(
  db: Kysely<Database>,
  records: readonly Incoming[],
  coverage: readonly NewCoverage[],
): Promise<StoredRecord[] | null> {
  const spans = new Map<string, { unit: string; family: Family; from: string; to: string }>();
  const widen = (unit: string, family: Family, from: string, to: string): void => {
    const key = `${unit} ${family}`;
    const span = spans.get(key) ?? { unit, family, from, to };
    spans.set(key, { ...span, from: from < span.from ? from : span.from, to: to > span.to ? to : span.to });
  };
  for (const { unit, family, date } of records) widen(unit, family, date, date);
  for (const c of coverage) widen(c.unit, c.family as Family, `${c.from_month}-01`, `${c.to_month}-31`);
  const stored: StoredRecord[] = [];
  for (const span of spans.values()) {
    stored.push(...(await storedRecords(db, { ...span, limit: MOST - stored.length + 1 })));
    if (stored.length > MOST) return null;
  }
  return stored;
}

/** Of the stored records those that were corrected by hand. */
async function editedRecords(
  db: Kysely<Database>,
  stored: readonly StoredRecord[],
): Promise<ReadonlySet<string>> {
  const units = [...new Set(stored.map((r) => r.unit))];
  const edited = new Set<string>();
  for (let i = 0; i < units.length; i += 500) {
    const rows = await db
      .selectFrom('edit')
      .select(['unit', 'record_id'])
      .distinct()
      .where('unit', 'in', units.slice(i, i + 500))
      .execute();
    for (const { unit, record_id } of rows) edited.add(`${unit} ${record_id}`);
  }
  return edited;
}
