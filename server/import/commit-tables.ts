import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import type { Known } from './known.ts';
import { namedCells, type Masks } from './masked.ts';
import { familyOf, stateOf, type StagedContent, type StagedLine } from './part.ts';
import { partsOf, runsOf } from './parts.ts';
import type { Storing } from './store.ts';
import { recordId, storeLines, type StoredTable } from './store-lines.ts';

/** A table of the import, and what may be kept of its cells. */
export type CommittedTable = StoredTable & { readonly masks: Masks };

type Way = {
  /** What has come in since the check; null where nothing can have. */
  readonly known: Known | null;
  readonly keepNames: boolean;
  /** Lines that were not chosen, as `table-row`. */
  readonly skipped: ReadonlySet<string>;
};

// Parts of one statement: at its end, progress can be told. SQLite keeps a copy of each page that a statement changes, in
// case it fails: of shorter statements that is a tenth of the work.
const RUN = 50;

type Wanted = { readonly line: StagedLine; readonly content: StagedContent };

/** Stores the tables of an import, some thousand rows at a time; only what must be looked at here comes by. */
export class TableStoring {
  constructor(
    private readonly trx: Kysely<Database>,
    private readonly storing: Storing,
    private readonly way: Way,
  ) {}

  /** Yields how many records were stored of each run of lines. */
  async *store(table: CommittedTable): AsyncGenerator<number> {
    const { trx, storing, way } = this;
    const isLookedAt = way.known !== null || way.keepNames;
    const skipped = [...way.skipped].flatMap((line) => {
      const [no, row] = line.split('-').map(Number);
      return no === table.no && row !== undefined ? [row] : [];
    });
    const states = way.known ? (['taken', 'known'] as const) : (['taken'] as const);
    const place = { importId: storing.importId, table: table.no, length: RUN };
    for (const parts of await runsOf(trx, place)) {
      const without = isLookedAt ? await this.lookAt(table, parts, new Set(skipped)) : skipped;
      yield await storeLines(trx, storing, { table, parts, states, without });
    }
  }

  /** Keeps the names of lines that are stored. @returns the rows that are not */
  private async lookAt(
    table: CommittedTable,
    run: { readonly first: number; readonly last: number },
    skipped: ReadonlySet<number>,
  ): Promise<number[]> {
    const { trx, way } = this;
    const without = new Set(skipped);
    for await (const { lines } of partsOf(trx, this.storing.importId, run)) {
      const wanted = lines.flatMap((line) => {
        const [row, , , , content] = line;
        const isNew = stateOf(line) === 'taken' || (way.known !== null && stateOf(line) === 'known');
        return content && isNew && !skipped.has(row) ? [{ line, content }] : [];
      });
      const fresh = way.known ? await unstored(way.known, wanted) : wanted;
      const kept = new Set(fresh.map(({ line }) => line));
      for (const { line } of wanted) if (!kept.has(line)) without.add(line[0]);
      if (way.keepNames) await this.keepNames(table, fresh);
    }
    return [...without];
  }

  private async keepNames(table: CommittedTable, kept: readonly Wanted[]): Promise<void> {
    const named = kept.flatMap(({ line, content }) => {
      const names = namedCells(line[2], table.masks);
      if (Object.keys(names).length === 0) return [];
      return [
        {
          unit: content[1],
          record_id: recordId(this.storing, table, line[0]),
          import_id: this.storing.importId,
          names: JSON.stringify(names),
        },
      ];
    });
    if (named.length > 0) await this.trx.insertInto('record_names').values(named).execute();
  }
}

async function unstored(known: Known, wanted: readonly Wanted[]): Promise<Wanted[]> {
  const place = (c: StagedContent) => ({ table: familyOf(c), unit: c[1], print: c[6] });
  const stored = await known.among(wanted.map(({ content }) => place(content)));
  return wanted.filter(({ content }) => !stored(place(content)));
}
