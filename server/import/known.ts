import type { Kysely } from 'kysely';
import type { Database, RecordTable } from '../../db/types.ts';

export type Content = { readonly table: RecordTable; readonly unit: string; readonly print: string };

/** A content's place in the database, where a fingerprint is unique within its unit and table. */
const keyOf = ({ table, unit, print }: Content): string => `${table} ${unit} ${print}`;

const none = (): boolean => false;

/** What is known of a unit's records in a table. */
type Held = {
  /** There is none. */
  readonly isEmpty: boolean;
  /** Prints of those that were taken out by hand. */
  readonly removed: ReadonlySet<string>;
};

/**
 * Which contents the database has already, or has had until somebody took them out by hand: their ledger once more does
 * not bring those back. A unit without a record in a table is asked about once.
 */
export class Known {
  private readonly held = new Map<RecordTable, Map<string, Held>>();

  constructor(private readonly db: Kysely<Database>) {}

  /** @returns which of the contents are stored; at most some thousands at a time */
  async among(contents: readonly Content[]): Promise<(content: Content) => boolean> {
    const groups = new Map<Held, Content[]>();
    for (const content of contents) {
      const held = this.held.get(content.table)?.get(content.unit) ?? (await this.ask(content));
      if (held.isEmpty && held.removed.size === 0) continue;
      const group = groups.get(held);
      if (group) group.push(content);
      else groups.set(held, [content]);
    }
    const known = new Set<string>();
    for (const [{ isEmpty, removed }, group] of groups) {
      for (const c of group) if (removed.has(c.print)) known.add(keyOf(c));
      const [first] = group;
      if (!first || isEmpty) continue;
      const rows = await this.db
        .selectFrom(first.table)
        .select('fingerprint')
        .where('unit', '=', first.unit)
        .where(
          'fingerprint',
          'in',
          group.map((c) => c.print),
        )
        .execute();
      for (const { fingerprint } of rows) known.add(keyOf({ ...first, print: fingerprint }));
    }
    return known.size === 0 ? none : (content) => known.has(keyOf(content));
  }

  private async ask({ table, unit }: Content): Promise<Held> {
    const row = await this.db
      .selectFrom(table)
      .select('id')
      .where('unit', '=', unit)
      .limit(1)
      .executeTakeFirst();
    const held: Held = { isEmpty: row === undefined, removed: await this.removedByHand(table, unit) };
    const units = this.held.get(table) ?? new Map<string, Held>();
    this.held.set(table, units.set(unit, held));
    return held;
  }

  private async removedByHand(table: RecordTable, unit: string): Promise<ReadonlySet<string>> {
    const edits = await this.db
      .selectFrom('edit')
      .select(['version', 'record_id', 'action'])
      .where('unit', '=', unit)
      .where('family', '=', table)
      .where('action', 'in', ['remove', 'enter'])
      .orderBy('id')
      .execute();
    // The last word counts: what was removed may have been restored.
    const last = new Map(edits.map((e) => [e.record_id, e]));
    const prints = new Set<string>();
    for (const { version, record_id, action } of last.values()) {
      if (action !== 'remove') continue;
      const images = await this.db
        .selectFrom('past')
        .select('row')
        .where('table_name', '=', table)
        .where('removed', '=', version)
        .execute();
      for (const { row } of images) {
        const image = JSON.parse(row) as { id: string; unit: string; fingerprint: string };
        if (image.id === record_id && image.unit === unit) prints.add(image.fingerprint);
      }
    }
    return prints;
  }
}
