import { recordTables, type RecordTable } from '../../db/types.ts';
import type { Family } from '../../shared/kinds.ts';
import { addMonths, monthOf, monthsFrom } from '../../shared/period.ts';
import { isRecordTable, ruleTables, type Holdings, type Row } from './holdings.ts';

/** One record, or one month of coverage (`records: 0`), that came, changed or went between two versions. */
export type RecordChange = {
  readonly step: 'late' | 'corrections' | 'movement';
  readonly how: 'added' | 'changed' | 'removed';
  readonly table: RecordTable | 'coverage';
  readonly family: Family;
  readonly unit: string;
  /** The record's day; of coverage the month's first. */
  readonly day: string;
  readonly importId: number;
  readonly file: string | null;
  readonly records: number;
  /** The version by which. */
  readonly version: number;
};

/** A unit, norm, exemption, definition or setting that differs. */
export type RuleChange = {
  readonly table: (typeof ruleTables)[number];
  readonly then: Row | null;
  readonly now: Row | null;
  readonly version: number;
};

/** What lies between two versions of the data, and the two worlds in between. */
export type Differences = {
  /** As then, and with the ledgers that came late. */
  readonly late: Holdings;
  /** Today's records under the rules of then. */
  readonly corrected: Holdings;
  /** Do these two differ at all from `then`, and from `late`? */
  readonly isLate: boolean;
  readonly isCorrected: boolean;
  readonly records: readonly RecordChange[];
  readonly rules: readonly RuleChange[];
  /** Units not known then that the late ledgers are of, with what stands above them. */
  readonly newUnits: readonly Row[];
};

const text = (row: Row, column: string): string => String(row[column] ?? '');
const keyColumns: Readonly<Record<string, readonly string[]>> = {
  unit: ['code'],
  unit_past: ['unit', 'until_on'],
  setting: ['key'],
  coverage: ['unit', 'family', 'import_id', 'from_month', 'to_month'],
};
const keyOf = (table: string, row: Row): string =>
  (keyColumns[table] ?? (isRecordTable(table) ? ['unit', 'id'] : ['id'])).map((c) => text(row, c)).join('\n');

/** Where a row came from; the rest is what it says. */
const provenance = new Set(['id', 'import_id', 'file', 'sheet', 'row', 'raw']);
/** The row as text, without by which version it came or went; an absent column is as good as null. */
const said = (row: Row, isApart: (column: string) => boolean = () => false): string =>
  JSON.stringify(
    Object.entries(row)
      .filter(([c, v]) => v !== null && c !== 'version' && c !== 'removed_by' && !isApart(c))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
const contentOf = (row: Row): string => said(row, (c) => provenance.has(c));

const familyOf = (table: RecordTable, row: Row): Family =>
  (table === 'contradiction' ? row['family'] : table) as Family;
const unitMonth = (unit: unknown, family: unknown, month: string): string =>
  `${String(unit)}\n${String(family)}\n${month}`;

const monthsOf = (coverage: Row): string[] =>
  monthsFrom(text(coverage, 'from_month'), text(coverage, 'to_month'));

/** Unit-months of ledgers that some coverage has. */
function coveredIn(coverage: readonly Row[]): ReadonlySet<string> {
  return new Set(coverage.flatMap((c) => monthsOf(c).map((m) => unitMonth(c['unit'], c['family'], m))));
}

/** Compares the data of two versions. Pure. */
export function between(then: Holdings, now: Holdings): Differences {
  const covered = coveredIn(then.coverage);
  const perTable = recordTables.map((table) => ({ table, ...recordsBetween(table, then, now, covered) }));
  const moved = monthsMovedTo(perTable.flatMap((t) => t.changes));
  const coverage = coverageBetween(then.coverage, now.coverage, { covered, moved });
  const newUnits = unitsNeeded(then, now);
  const unit = [...then.unit, ...newUnits];
  const late = { ...then, unit, coverage: [...then.coverage, ...coverage.late] };
  for (const { table, late: rows } of perTable) late[table] = [...then[table], ...rows];
  const corrected = { ...now };
  for (const table of ruleTables) corrected[table] = then[table];
  return {
    late,
    corrected: { ...corrected, unit },
    isLate: newUnits.length + coverage.late.length > 0 || perTable.some((t) => t.late.length > 0),
    // Replaced rows, too: of two headcounts of one day the order of their ids decides.
    isCorrected: coverage.isCorrected || perTable.some((t) => t.isCorrected),
    records: [...perTable.flatMap((t) => t.changes), ...coverage.changes],
    rules: rulesBetween(then, now),
    newUnits,
  };
}

/** Months into which records were corrected, and nothing else has come: they are no late ledger's. */
function monthsMovedTo(changes: readonly RecordChange[]): ReadonlySet<string> {
  const monthOfChange = (c: RecordChange): string => unitMonth(c.unit, c.family, monthOf(c.day));
  const late = new Set(changes.filter((c) => c.step === 'late').map(monthOfChange));
  return new Set(
    changes
      .filter((c) => c.how === 'changed')
      .map(monthOfChange)
      .filter((m) => !late.has(m)),
  );
}

function recordsBetween(
  table: RecordTable,
  then: Holdings,
  now: Holdings,
  covered: ReadonlySet<string>,
): { late: Row[]; changes: RecordChange[]; isCorrected: boolean } {
  const before = new Map(then[table].map((r) => [keyOf(table, r), r]));
  const prints = new Set(then[table].map((r) => `${text(r, 'unit')}\n${text(r, 'fingerprint')}`));
  const late: Row[] = [];
  const changes: { row: Row; change: RecordChange }[] = [];
  const note = (step: 'late' | 'corrections', how: RecordChange['how'], row: Row): unknown =>
    changes.push({ row, change: changeOf(table, step, how, row) });
  for (const row of now[table]) {
    const key = keyOf(table, row);
    const former = before.get(key);
    before.delete(key);
    if (former) {
      // What was not taken away since is the very row that stands there now; one corrected back says the same.
      if (former['removed_by'] !== undefined && contentOf(former) !== contentOf(row))
        note('corrections', 'changed', row);
      continue;
    }
    const isKnown = covered.has(unitMonth(row['unit'], familyOf(table, row), monthOf(text(row, 'date'))));
    // The same content twice cannot stand in one unit: it took the place of what was there.
    if (isKnown || prints.has(`${text(row, 'unit')}\n${text(row, 'fingerprint')}`))
      note('corrections', 'added', row);
    else {
      late.push(row);
      note('late', 'added', row);
    }
  }
  for (const row of before.values()) note('corrections', 'removed', row);
  const isCorrected = changes.some((c) => c.change.step === 'corrections');
  return { late, changes: withoutReplaced(changes), isCorrected };
}

/** A file taken back and handed in anew: rows that say the same as before are no change. */
function withoutReplaced(changes: readonly { row: Row; change: RecordChange }[]): RecordChange[] {
  const gone = new Map<string, number>();
  for (const { row, change } of changes)
    if (change.how === 'removed') gone.set(contentOf(row), (gone.get(contentOf(row)) ?? 0) + 1);
  const back = new Map<string, number>();
  const kept = changes.filter(({ row, change }) => {
    if (change.how !== 'added' || change.step === 'late' || gone.size === 0) return true;
    const content = contentOf(row);
    const isBack = (back.get(content) ?? 0) < (gone.get(content) ?? 0);
    if (isBack) back.set(content, (back.get(content) ?? 0) + 1);
    return !isBack;
  });
  return kept.flatMap(({ row, change }) => {
    const content = change.how === 'removed' ? contentOf(row) : '';
    const returned = back.get(content) ?? 0;
    if (change.how !== 'removed' || returned === 0) return [change];
    back.set(content, returned - 1);
    return [];
  });
}

const changeOf = (
  table: RecordTable,
  step: 'late' | 'corrections',
  how: RecordChange['how'],
  row: Row,
): RecordChange => ({
  step,
  how,
  table,
  family: familyOf(table, row),
  unit: text(row, 'unit'),
  day: text(row, 'date'),
  importId: Number(row['import_id']),
  file: text(row, 'file') || null,
  records: 1,
  version: Number((how === 'removed' ? row['removed_by'] : row['version']) ?? 0),
});

function coverageBetween(
  then: readonly Row[],
  now: readonly Row[],
  { covered, moved }: Readonly<Record<'covered' | 'moved', ReadonlySet<string>>>,
): { late: Row[]; changes: RecordChange[]; isCorrected: boolean } {
  const coveredNow = coveredIn(now);
  const [keysThen, keysNow] = [then, now].map((rows) => new Set(rows.map((r) => keyOf('coverage', r))));
  const late: Row[] = [];
  const changes: RecordChange[] = [];
  const note = (step: 'late' | 'corrections', how: 'added' | 'removed', c: Row, month: string): unknown =>
    changes.push({
      step,
      how,
      table: 'coverage',
      family: c['family'] as Family,
      unit: text(c, 'unit'),
      day: `${month}-01`,
      importId: Number(c['import_id']),
      file: null,
      records: 0,
      version: Number((how === 'removed' ? c['removed_by'] : c['version']) ?? 0),
    });
  for (const c of now.filter((r) => !keysThen?.has(keyOf('coverage', r)))) {
    const months = monthsOf(c).filter((m) => !covered.has(unitMonth(c['unit'], c['family'], m)));
    const isMoved = (m: string): boolean => moved.has(unitMonth(c['unit'], c['family'], m));
    const lateMonths = months.filter((m) => !isMoved(m));
    for (const [from, to] of stretches(lateMonths)) late.push({ ...c, from_month: from, to_month: to });
    for (const m of months) note(isMoved(m) ? 'corrections' : 'late', 'added', c, m);
  }
  for (const c of then.filter((r) => !keysNow?.has(keyOf('coverage', r))))
    for (const m of monthsOf(c))
      if (!coveredNow.has(unitMonth(c['unit'], c['family'], m))) note('corrections', 'removed', c, m);
  return { late, changes, isCorrected: changes.some((c) => c.step === 'corrections') };
}

/** Ascending months as stretches that follow each other. */
function stretches(months: readonly string[]): [string, string][] {
  const made: [string, string][] = [];
  for (const month of months) {
    const last = made.at(-1);
    if (last && addMonths(last[1], 1) === month) last[1] = month;
    else made.push([month, month]);
  }
  return made;
}

/** A record cannot stand in a world without its unit, nor the unit without its parents. */
function unitsNeeded(then: Holdings, now: Holdings): Row[] {
  const there = new Set(then.unit.map((u) => text(u, 'code')));
  const units = new Map(now.unit.map((u) => [text(u, 'code'), u]));
  const needed = new Set<string>();
  for (const table of [...recordTables, 'coverage' as const])
    for (const row of now[table])
      for (let code = text(row, 'unit'); code !== '' && !there.has(code) && !needed.has(code);) {
        const unit = units.get(code);
        if (!unit) break;
        needed.add(code);
        code = text(unit, 'parent');
      }
  const stands = (code: unknown): unknown =>
    typeof code === 'string' && (there.has(code) || needed.has(code)) ? code : null;
  const inOrder = now.unit.filter((u) => needed.has(text(u, 'code')));
  return inOrder.map((u) => ({
    ...u,
    merged_into: stands(u['merged_into']),
    split_from: stands(u['split_from']),
  }));
}

function rulesBetween(then: Holdings, now: Holdings): RuleChange[] {
  return ruleTables.flatMap((table) => {
    const before = new Map(then[table].map((r) => [keyOf(table, r), r]));
    const changes: RuleChange[] = [];
    for (const row of now[table]) {
      const former = before.get(keyOf(table, row)) ?? null;
      before.delete(keyOf(table, row));
      if (former === null || said(former) !== said(row))
        changes.push({
          table,
          then: former,
          now: row,
          version: Number(row['version'] ?? former?.['removed_by'] ?? 0),
        });
    }
    for (const row of before.values())
      changes.push({
        table,
        then: row,
        now: null,
        version: Number(row['removed_by'] ?? row['version'] ?? 0),
      });
    return changes;
  });
}
