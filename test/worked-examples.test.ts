import { describe, expect, test } from 'vitest';
import { answer } from '../server/queries/answer.ts';
import { checkImport } from '../server/queries/import-check.ts';
import { commitImport } from '../server/queries/imports.ts';
import { importUnits } from '../server/queries/units.ts';
import { cellOf, cellsOf, type Example } from '../shared/examples/example.ts';
import { examples } from '../shared/examples/examples.ts';
import { formatCell } from '../shared/format.ts';
import { kpiById, kpis } from '../shared/kpis.ts';
import { langs } from '../shared/text.ts';
import { engines, freshDatabase } from './engines.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text.trim());

const unitsCsv = ({ units }: Example): string =>
  [
    'code,name,parent,level,opened_on,closed_on,merged_into',
    ...units.map((u) => [u.code, u.name, u.parent ?? '', u.level, u.openedOn ?? '', '', ''].join(',')),
  ].join('\n');

test('every KPI has its example, in the order of the catalogue', () =>
  expect(examples.map((e) => e.kpi)).toEqual(kpis.map((k) => k.id)));

describe.each(engines)('worked examples on %s', (engine) => {
  test.each(examples)('$kpi comes to the figure written by hand', async (example) => {
    const { db, close } = await freshDatabase(engine);
    try {
      await importUnits(db, bytesOf(unitsCsv(example)), 'units.csv');
      const files = example.ledgers.map(({ file, csv }) => ({ name: file, bytes: bytesOf(csv) }));
      const { id, sheets } = await checkImport(
        db,
        { files },
        { now: () => new Date('2024-11-20T02:00:00Z'), actor: 'test' },
      );
      // All of it is read, as what it is: rows that are not taken are so for the example's own reason.
      expect(sheets.map((s) => [s.file, s.ledger, s.rows])).toEqual(
        example.ledgers.map((l) => [l.file, l.family, cellsOf(l).length - 1]),
      );
      await commitImport(db, id);
      const { unit, year, asOf } = example.asked;
      const { cells } = await answer(db, { kpi: [example.kpi], unit, years: [year], asOf });
      const { value, ...rest } = example.expected;
      expect(cells).toHaveLength(1);
      expect(cells[0]).toMatchObject(rest);
      if (value === null) expect(cells[0]?.value).toBeNull();
      else expect(cells[0]?.value).toBeCloseTo(value, 4);
    } finally {
      await close();
    }
  });
});

describe.each(examples)('the words of $kpi', (example) => {
  test('speak of every row once, and of no other', () => {
    example.ledgers.forEach((ledger, at) => {
      const spoken = example.steps.filter((s) => s.ledger === at).flatMap((s) => s.rows);
      const rows = cellsOf(ledger).map((_, i) => i + 1);
      expect(spoken.toSorted((a, b) => a - b)).toEqual(rows.slice(1));
    });
  });

  test('end with the figure as pages show it', () => {
    const kpi = kpiById.get(example.kpi);
    if (!kpi) throw new Error(example.kpi);
    for (const lang of langs)
      expect(example.steps.at(-1)?.says[lang]).toContain(formatCell(kpi, cellOf(kpi, example), lang));
  });

  test('stand in whole tables', () => {
    for (const ledger of example.ledgers) {
      expect(ledger.csv).not.toContain('"');
      expect(new Set(cellsOf(ledger).map((cells) => cells.length)).size).toBe(1);
    }
  });
});
