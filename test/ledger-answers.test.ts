import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { answer } from '../server/queries/answer.ts';
import { checkImport } from '../server/queries/import-check.ts';
import { commitImport } from '../server/queries/imports.ts';
import { importUnits } from '../server/queries/units.ts';
import { kpiById } from '../shared/kpis.ts';
import { engines, freshDatabase } from './engines.ts';

// What each real ledger must come to: a count, `[numerator, denominator]`, or null for no value.
const figure = z.union([z.number(), z.tuple([z.number(), z.number()]), z.null()]);
const byPeriod = z.record(z.string(), figure);
const expectation = z.object({
  file: z.string(),
  unit: z.string().optional(),
  asOf: z.string().optional(),
  answers: z.record(z.string(), z.union([byPeriod, z.record(z.string(), byPeriod)])).optional(),
});

const folder = fileURLToPath(new URL('ledgers/', import.meta.url));
const cases = readdirSync(folder)
  .filter((name) => existsSync(`${folder}${name}/expected.json`))
  .map((name) => ({
    name,
    ...expectation.parse(JSON.parse(readFileSync(`${folder}${name}/expected.json`, 'utf8'))),
  }))
  .filter((c) => c.answers !== undefined);

type Asked = { unit: string; kpi: string; period: string; figure: z.infer<typeof figure> };

/** `answers` is KPI > period, or unit > KPI > period. */
function asked(c: (typeof cases)[number]): Asked[] {
  return Object.entries(c.answers ?? {}).flatMap(([key, inner]) => {
    const one = (unit: string, kpi: string, figures: unknown): Asked[] =>
      Object.entries(byPeriod.parse(figures)).map(([period, f]) => ({ unit, kpi, period, figure: f }));
    if (kpiById.has(key)) return one(c.unit ?? '', key, inner);
    return Object.entries(inner).flatMap(([kpi, figures]) => one(key, kpi, figures));
  });
}

test('there are ledgers to answer from', () => expect(cases.length).toBeGreaterThanOrEqual(6));

describe.each(engines)('figures of real ledgers on %s', (engine) => {
  describe.each(cases)('$name', (c) => {
    const opened = freshDatabase(engine).then(async (connection) => {
      const { db } = connection;
      const path = `${folder}${c.name}/`;
      await importUnits(db, readFileSync(`${path}units.csv`), 'units.csv');
      const { id } = await checkImport(
        db,
        { files: [{ name: c.file, bytes: readFileSync(path + c.file) }] },
        { now: () => new Date('2026-11-23T00:00:00Z'), actor: 'test' },
      );
      await commitImport(db, id);
      return connection;
    });
    afterAll(async () => (await opened).close());

    test.each(asked(c))('$kpi of $unit in $period', async ({ unit, kpi, period, figure: wanted }) => {
      const { db } = await opened;
      const year = Number(period === 'unknown' ? Object.keys(c.answers?.[kpi] ?? {})[0] : period.slice(0, 4));
      const asOf = /^\d{4}-\d{2}-\d{2}$/.test(period) ? period : c.asOf;
      const [cell] = (await answer(db, { kpi: [kpi], unit, years: [year], asOf })).cells;
      if (period === 'unknown') expect(cell?.unknown).toBe(wanted);
      else if (Array.isArray(wanted)) expect([cell?.numerator, cell?.denominator]).toEqual(wanted);
      else expect(cell?.value).toBe(wanted);
    });
  });
});
