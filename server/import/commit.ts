import type { Kysely } from 'kysely';
import type { Database, RecordTable } from '../../db/types.ts';
import { familyNames, type Family } from '../../shared/kinds.ts';
import type { CommitChoices, ImportProgress, ImportReply, Replaced } from '../../shared/imports.ts';
import { Refusal } from '../errors.ts';
import { dataVersion } from '../queries/centre.ts';
import { dialectOf } from '../../db/dialect.ts';
import { TableStoring, type CommittedTable } from './commit-tables.ts';
import { Known } from './known.ts';
import { masksOf } from './masked.ts';
import { contradictionsOf, partsOf } from './parts.ts';
import { familyOf } from './part.ts';
import { removeRecords } from './remove.ts';
import type { Report } from './report.ts';
import { storeContradictions, storeCoverage, type Storing } from './store.ts';
import { storedContradictions, storedRecords } from './stored.ts';
import { twinParts } from './twins.ts';

export type Committing = {
  readonly report: Report;
  readonly choices: CommitChoices;
  /** Does the office keep names? Then they are kept apart from the records. */
  readonly keepNames: boolean;
  readonly progress: (at: ImportProgress) => void;
};

/**
 * Stores what was staged, less what has come in since, and takes out what it takes the place of. Call within the
 * change's transaction.
 * @returns the number of records, and whether any figure can have changed
 * @throws Refusal 422 for a choice that the import does not offer
 */
export async function storeImport(
  trx: Kysely<Database>,
  storing: Storing,
  { report, choices, keepNames, progress }: Committing,
): Promise<{ records: number; changed: boolean }> {
  refuseChoices(report, choices);
  const removed = await takeOut(trx, storing, choices);
  const fresh = (await dataVersion(trx)) - 1 === report.version && removed === 0;
  const known = new Known(trx);
  const tables = report.sheets.flatMap(storedTable);
  const storingTables = new TableStoring(trx, storing, {
    // What was stored at the check may have been taken out since, and what was new may have come in.
    known: fresh ? null : known,
    keepNames,
    skipped: skippedLines(choices),
  });
  const of = report.sheets.reduce((sum, s) => sum + s.accepted, 0);
  progress({ phase: 'storing', done: 0, of });
  const records = await inBulk(trx, fresh ? report.sheets : [], async () => {
    let done = 0;
    for (const table of tables)
      for await (const some of storingTables.store(table)) {
        done += some;
        progress({ phase: 'storing', done, of });
      }
    return done;
  });
  const touched = await touchedBy(trx, storing, tables);
  let contradictions = 0;
  for await (const list of contradictionsOf(trx, storing.importId)) {
    const stored = await known.among(
      list.map((c) => ({ table: 'contradiction' as const, unit: c.unit, print: c.fingerprint })),
    );
    const added = list.filter((c) => !stored({ table: 'contradiction', unit: c.unit, print: c.fingerprint }));
    for (const c of added) touched.add(`${c.unit} ${c.family}`);
    contradictions += added.length;
    await storeContradictions(trx, storing, added);
  }
  const covered = await storeCoverage(trx, storing, report.coverage, touched);
  return { records, changed: records + contradictions + covered + removed > 0 };
}

/** The table of the report as it is stored; nothing where it is no ledger. */
function storedTable(
  { key, file, sheet, ledger, columns }: ImportReply['sheets'][number],
  i: number,
): CommittedTable[] {
  const [fileNo = 0, sheetNo = 0] = key.split('-').map(Number);
  return ledger === null
    ? []
    : [{ no: i + 1, family: ledger, fileNo, sheetNo, file, sheet, masks: masksOf(columns) }];
}

// Below this many rows, dropping and making indexes is no gain.
const BULK = 20_000;

/** Runs what stores the tables; of those that more comes into than they hold, the indexes are made after it. */
async function inBulk<T>(
  trx: Kysely<Database>,
  sheets: Report['sheets'],
  store: () => Promise<T>,
): Promise<T> {
  const coming = new Map<Family, number>();
  for (const { ledger, accepted } of sheets)
    if (ledger) coming.set(ledger, (coming.get(ledger) ?? 0) + accepted);
  let run = store;
  for (const [family, rows] of coming) {
    if (rows < BULK || (await holdsMore(trx, family, rows))) continue;
    const inner = run;
    run = () => dialectOf(trx).inBulk(trx as never, family, inner);
  }
  return run();
}

/** Does a table hold as many rows? */
async function holdsMore(trx: Kysely<Database>, family: Family, rows: number): Promise<boolean> {
  const row = await trx.selectFrom(family).select('id').offset(rows).limit(1).executeTakeFirst();
  return row !== undefined;
}

/** Units and ledgers in which records of the import stand. */
async function touchedBy(
  trx: Kysely<Database>,
  { importId }: Storing,
  tables: readonly CommittedTable[],
): Promise<Set<string>> {
  const touched = new Set<string>();
  for (const family of new Set(tables.map((t) => t.family))) {
    const rows = await trx
      .selectFrom(family)
      .select('unit')
      .distinct()
      .where('import_id', '=', importId)
      .execute();
    for (const { unit } of rows) touched.add(`${unit} ${family}`);
  }
  return touched;
}

const sameSpan = (a: Replaced, b: Replaced): boolean =>
  a.unit === b.unit && a.ledger === b.ledger && a.from === b.from && a.to === b.to;

function refuseChoices({ replaces, twins }: Report, choices: CommitChoices): void {
  const refuse = (path: string, message: string): never => {
    throw new Refusal(422, `${path}: ${message}`, [{ path, message }]);
  };
  choices.replace.forEach((span, i) => {
    if (!replaces.some((offered) => sameSpan(offered, span)))
      refuse(
        `replace.${i}`,
        `the import offers no replacement of ${familyNames[span.ledger].en} of ${span.unit}, ${span.from} to ${span.to}`,
      );
  });
  choices.twins.forEach(({ id }, i) => {
    if (!twins.some((twin) => twin.id === id)) refuse(`twins.${i}`, `the import has no such pair: ${id}`);
  });
}

/** Lines that are not stored, as `table-row`: of a pair the one that was not chosen. */
function skippedLines({ twins }: CommitChoices): ReadonlySet<string> {
  return new Set(
    twins.flatMap(({ id, keep }) => {
      const parts = twinParts(id);
      if (!parts || keep === 'both') return [];
      return keep === 'first' ? [parts.second] : parts.first === null ? [] : [parts.first];
    }),
  );
}

/** Takes out the records whose place is taken, and what their ledger contradicted itself in. @returns how many */
async function takeOut(
  trx: Kysely<Database>,
  storing: Storing,
  { replace, twins }: CommitChoices,
): Promise<number> {
  const going = new Map<string, { unit: string; family: RecordTable; id: string }>();
  const go = (unit: string, family: RecordTable, id: string): void =>
    void going.set(`${family} ${unit} ${id}`, { unit, family, id });
  const prints = replace.length > 0 ? await incomingPrints(trx, storing.importId) : new Set<string>();
  for (const { unit, ledger: family, from, to } of replace) {
    const span = { unit, family, from: `${from}-01`, to: `${to}-31`, limit: Number.MAX_SAFE_INTEGER };
    for (const r of await storedRecords(trx, span))
      if (!prints.has(`${unit} ${family} ${r.fingerprint}`)) go(unit, family, r.id);
    for (const c of await storedContradictions(trx, span))
      if (!prints.has(`${unit} contradiction ${c.fingerprint}`)) go(unit, 'contradiction', c.id);
  }
  for (const { id, keep } of twins) {
    const record = keep === 'second' ? twinParts(id)?.record : null;
    if (record) for (const r of await placesOf(trx, record)) go(r.unit, r.family, r.id);
  }
  return removeRecords(trx, [...going.values()], storing.version);
}

async function incomingPrints(trx: Kysely<Database>, importId: number): Promise<ReadonlySet<string>> {
  const prints = new Set<string>();
  for await (const { lines } of partsOf(trx, importId))
    for (const [, , , , content] of lines)
      if (content && content[6] !== '') prints.add(`${content[1]} ${familyOf(content)} ${content[6]}`);
  for await (const list of contradictionsOf(trx, importId))
    for (const c of list) prints.add(`${c.unit} contradiction ${c.fingerprint}`);
  return prints;
}

/** A record's id says neither its unit nor its ledger. */
async function placesOf(
  trx: Kysely<Database>,
  id: string,
): Promise<{ unit: string; family: Family; id: string }[]> {
  const found: { unit: string; family: Family; id: string }[] = [];
  for (const family of Object.keys(familyNames) as Family[]) {
    const rows = await trx.selectFrom(family).select('unit').where('id', '=', id).execute();
    for (const { unit } of rows) found.push({ unit, family, id });
  }
  return found;
}
