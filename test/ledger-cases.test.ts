import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../db/connect.ts';
import { recordTables } from '../db/types.ts';
import { checkImport } from '../server/queries/import-check.ts';
import { commitImport } from '../server/queries/imports.ts';
import { importUnits } from '../server/queries/units.ts';
import type { ImportReply } from '../shared/imports.ts';
import { monthsFrom } from '../shared/period.ts';
import { engines, freshDatabase } from './engines.ts';

/** What a folder of `test/ledgers` expects of its ledger. Further warnings may be given; errors are all there. */
type Expected = {
  file: string;
  /** Where several were sent together, all of them, `file` first. */
  files?: string[];
  ledger?: string;
  unit?: string;
  coverage?: [string, string];
  /** Of every table that is recognised, in order: ledger, unit, first and last month. */
  ledgers?: [string, string | null, string, string][];
  accepted: number;
  problems: {
    file?: string;
    sheet?: string;
    cell?: string | null;
    row?: number;
    code: string;
    severity: string;
  }[];
  /** Day, kinds, expected, present, hours. */
  records?: [string, string[], number | null, number | null, number | null][];
  /** Every row of a table in the order of the ledger, by those of its columns that are named; kinds as `a+b`. */
  stored?: Partial<Record<(typeof recordTables)[number], Record<string, unknown>[]>>;
};

const folder = new URL('./ledgers/', import.meta.url);
const cases = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => {
    const at = new URL(`${name}/`, folder);
    const expected = JSON.parse(readFileSync(new URL('expected.json', at), 'utf8')) as Expected;
    return { name, at, expected };
  });

/** One of each family, binary and text: what is stored on PostgreSQL too. Reading is the same on both engines. */
const onBoth: ReadonlySet<string> = new Set([
  'meetings-two-row-header',
  'rectification-extended',
  'visits-gb18030',
  'volunteering-withheld',
  'headcount-utf8-bom',
  'present-over-expected',
  'quarter-files',
]);

test('those for both engines are there', () =>
  expect(cases.filter(({ name }) => onBoth.has(name))).toHaveLength(onBoth.size));

describe.each(engines)('ledgers on %s', (engine) => {
  const here = cases.filter(({ name }) => engine === 'sqlite' || onBoth.has(name));
  describe.each(here)('$name', ({ at, expected }) => {
    let close = async (): Promise<void> => {};
    let db: Db;
    let checked: ImportReply;
    let records = 0;

    beforeAll(async () => {
      const fresh = await freshDatabase(engine);
      ({ db, close } = fresh);
      await importUnits(db, readFileSync(new URL('units.csv', at)), 'units.csv');
      const files = (expected.files ?? [expected.file]).map((name) => ({
        name,
        bytes: readFileSync(new URL(encodeURIComponent(name), at)),
      }));
      checked = await checkImport(
        db,
        { files },
        { now: () => new Date('2024-11-20T08:00:00Z'), actor: 'test' },
      );
      ({ records } = await commitImport(db, checked.id));
    });
    afterAll(() => close());

    test('takes the good rows and lists the bad ones at their cells', () => {
      expect(checked.sheets.reduce((sum, s) => sum + s.accepted, 0)).toBe(expected.accepted);
      expect(records).toBe(expected.accepted);
      const errors = (list: Expected['problems']) =>
        list
          .filter((p) => p.severity === 'error')
          .map((p) => `${p.cell} ${p.code}`)
          .sort();
      expect(errors(checked.problems as Expected['problems'])).toEqual(errors(expected.problems));
      for (const problem of expected.problems)
        expect(checked.problems).toContainEqual(expect.objectContaining(problem));
    });

    test('recognises the ledger, its unit and its months', () => {
      const sheets = checked.sheets.filter((s) => s.ledger !== null);
      if (expected.ledger) expect(sheets.map((s) => s.ledger)).toEqual([expected.ledger]);
      if (expected.unit) expect(sheets.map((s) => s.unit)).toEqual([expected.unit]);
      if (expected.coverage) expect(sheets.map((s) => [s.from, s.to])).toEqual([expected.coverage]);
      if (expected.ledgers)
        expect(sheets.map((s) => [s.ledger, s.unit, s.from, s.to])).toEqual(expected.ledgers);
    });

    test('stores each accepted row once, with its source', async () => {
      let stored = 0;
      for (const table of recordTables) {
        const rows = await db.selectFrom(table).selectAll().execute();
        for (const row of rows) expect(row).toMatchObject({ import_id: checked.id });
        for (const { file } of rows) expect(expected.files ?? [expected.file]).toContain(file);
        if (table !== 'contradiction') stored += rows.length;
      }
      expect(stored).toBe(expected.accepted);
      const coverage = await db.selectFrom('coverage').selectAll().execute();
      const months = new Set(coverage.flatMap((c) => monthsFrom(c.from_month, c.to_month)));
      if (expected.coverage)
        for (const month of monthsFrom(...expected.coverage)) expect(months).toContain(month);
    });

    test.each(Object.entries(expected.stored ?? {}))(
      'stores what the ledger says: %s',
      async (table, wanted) => {
        const rows = await db
          .selectFrom(table as (typeof recordTables)[number])
          .selectAll()
          .execute();
        const kinds = await db.selectFrom('activity_kind').selectAll().execute();
        const kindsOf = (id: string): string =>
          kinds
            .filter((k) => k.activity_id === id)
            .map((k) => k.kind)
            .sort()
            .join('+');
        const found = rows
          .map((r) => ({ ...r, id: String(r.id), kinds: kindsOf(String(r.id)) }))
          .sort((r, s) => r.id.localeCompare(s.id, 'en', { numeric: true }));
        expect(found).toHaveLength(wanted.length);
        expect(found).toMatchObject(wanted);
      },
    );

    if (!expected.records) return;
    test('reads days, kinds and figures', async () => {
      const kinds = await db.selectFrom('activity_kind').selectAll().execute();
      const rows = await db.selectFrom('activity').selectAll().orderBy('row').execute();
      const found = rows.map((r) => [
        r.date,
        kinds
          .filter((k) => k.activity_id === r.id)
          .map((k) => k.kind)
          .sort(),
        r.expected,
        r.present,
        r.hours,
      ]);
      // A kind that only the topic speaks of may be read or not; the type column's are there.
      expect(found.map(([date, , ...figures]) => [date, ...figures])).toEqual(
        expected.records?.map(([date, , ...figures]) => [date, ...figures]),
      );
      found.forEach(([, of], i) =>
        expect(expected.records?.[i]?.[1]).toEqual(expect.arrayContaining(of as string[])),
      );
    });
  });
});
