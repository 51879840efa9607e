import type { Kysely } from 'kysely';
import type { Database, RecordTable } from '../../db/types.ts';

type Content = { readonly table: RecordTable; readonly unit: string; readonly print: string };

/** A content's place in the database, where a fingerprint is unique within its unit and table. */
const keyOf = ({ table, unit, print }: Content): string => `${table} ${unit} ${print}`;

const none = (): boolean => false;

/**
 * Which contents the database has already, or has had until somebody took them out by hand: their ledger once more does
 * not bring those back. A unit without a record in a table is asked about once.
 */
export class Known {
  private readonly empty = new Map<string, boolean>();
  private readonly removed = new Map<string, ReadonlySet<string>>();

  constructor(private readonly db: Kysely<Database>) {}

  /** @returns which of the contents are stored; at most some thousands at a time */
  async among(contents: readonly Content[]): Promise<(content: Content) => boolean> {
    const groups = new Map<string, Content[]>();
    for (const content of contents) {
      const key = `${content.table} ${content.unit}`;
      const group = groups.get(key);
      if (group) group.push(content);
      else groups.set(key, [content]);
    }
    const known = new Set<string>();
    for (const [key, group] of groups) {
      const [first] = group;
      if (!first) continue;
      const removed = await this.removedByHand(key, first);
      for (const c of group) if (removed.has(c.print)) known.add(keyOf(c));
      if (await this.isEmpty(key, first)) continue;
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

  private async isEmpty(key: string, { table, unit }: Content): Promise<boolean> {
    const asked = this.empty.get(key);
    if (asked !== undefined) return asked;
    const row = await this.db
      .selectFrom(table)
      .select('id')
      .where('unit', '=', unit)
      .limit(1)
      .executeTakeFirst();
    this.empty.set(key, row === undefined);
    return row === undefined;
  }

  private async removedByHand(key: string, { table, unit }: Content): Promise<ReadonlySet<string>> {
    const asked = this.removed.get(key);
    if (asked) return asked;
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
    this.removed.set(key, prints);
    return prints;
  }
}
