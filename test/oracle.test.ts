import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { kpis } from '../shared/kpis.ts';
import type { Cell } from '../shared/query.ts';
import type { ImportReply } from '../shared/imports.ts';
import { faults } from '../db/demo/oddities.ts';
import { Random } from '../db/demo/random.ts';
import type { Engine } from '../db/dialect.ts';
import { engines, freshDatabase } from './engines.ts';
import {
  directly,
  recordsDisagree,
  sumDisagreements,
  survey,
  type Asking,
  type Survey,
} from './oracle/compare.ts';
import { importDemo } from './oracle/demo.ts';
import { Oracle, type Seen } from './oracle/oracle.ts';
import { readTables, type Tables } from './oracle/tables.ts';
import { isLong } from './long.ts';

// Some hundred thousand cells: seconds on a free machine, more beside the browser's tests.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

type Opened = Awaited<ReturnType<typeof freshDatabase>>;
type Demo = { opened: Opened; oracle: Oracle; tables: Tables; report: ImportReply; units: string[] };

async function demoOn(engine: Engine, options: { branches?: number; years?: number }): Promise<Demo> {
  const opened = await freshDatabase(engine);
  const report = await importDemo(opened.db, options);
  const tables = await readTables(opened.db);
  return { opened, report, tables, oracle: new Oracle(tables), units: tables.units.map((u) => u.code) };
}

/** Cells of the full demo whose records are listed: all of them in `npm run test:long`, a seeded sample otherwise. */
const sample = isLong ? Infinity : 400;

/** Units whose figures are those of their parts. A party group is no part: its branch has records of its own. */
function branchTree(tables: Tables): Map<string, string[]> {
  const tree = new Map<string, string[]>();
  for (const u of tables.units)
    if (u.parent !== null && u.level === 'branch')
      tree.set(u.parent, [...(tree.get(u.parent) ?? []), u.code]);
  return tree;
}

const whole: Seen = { asOf: '2026-09-30', toDate: false, kind: null };
const sameDays: Seen = { asOf: '2026-09-30', toDate: true, kind: null };
const few = (said: readonly string[]): readonly string[] => said.slice(0, 5);

describe.each(engines)('six branches on %s', (engine) => {
  let demo: Demo;
  const met: { cell: Cell; how: Seen }[] = [];
  const years = [2024, 2025, 2026];

  beforeAll(async () => {
    demo = await demoOn(engine, { branches: 6, years: 3 });
  });
  afterAll(() => demo?.opened.close());

  // PostgreSQL answers the same questions more slowly: fewer of them say as much.
  const embedded = engine === 'sqlite';

  test('every figure is the oracle’s', async () => {
    const seen: Seen[] = [
      whole,
      { asOf: '2026-02-28', toDate: true, kind: null },
      { asOf: '2025-05-17', toDate: false, kind: ['theme_day', 'party_lecture', 'enterprise_visit'] },
    ];
    const asking: Asking = {
      units: demo.units,
      years,
      grains: embedded ? ['year', 'quarter', 'month'] : ['year', 'month'],
      seen: embedded ? [...seen, sameDays] : seen.slice(0, 2),
    };
    const note = (cell: Cell, how: Seen): void => void met.push({ cell, how });
    const { cells, disagreements } = await survey(directly(demo.opened.db), demo.oracle, asking, note);
    expect(few(disagreements), `${disagreements.length} of ${cells}`).toEqual([]);
    expect(met.filter(({ cell }) => cell.value !== null).length).toBeGreaterThan(cells / 3);
  });

  test.each([
    ['unit', 'month'],
    ['kind', 'quarter'],
  ] as const)('and so by %s', async (by, grain) => {
    const asking: Asking = {
      units: ['HJ', 'DG'],
      years,
      grains: ['year', grain],
      seen: [whole, sameDays],
      by,
    };
    const { cells, disagreements } = await survey(directly(demo.opened.db), demo.oracle, asking);
    expect(few(disagreements), `${disagreements.length} of ${cells}`).toEqual([]);
  });

  test('the records of a cell come to the cell', async () => {
    const said: string[] = [];
    const ofCentre = met.filter(
      ({ cell, how }) => how === whole && cell.unit === 'HJ' && cell.period.length === 4,
    );
    expect(ofCentre).not.toHaveLength(0);
    const others = new Random('cells').shuffled(met).slice(0, embedded ? 400 : 150);
    for (const { cell, how } of [...ofCentre, ...others])
      said.push(...(await recordsDisagree(directly(demo.opened.db), cell, how)));
    expect(few(said), `${said.length}`).toEqual([]);
  });
});

describe('the whole demonstration', () => {
  let demo: Demo;
  const cells: Cell[] = [];
  const years = [2020, 2021, 2022, 2023, 2024, 2025, 2026];

  beforeAll(async () => {
    demo = await demoOn('sqlite', {});
  });
  afterAll(() => demo?.opened.close());

  test('is read without errors but those planted in it', () => {
    const errors = demo.report.problems.filter((p) => p.severity === 'error');
    const planted: readonly string[] = [...faults, 'closed_before_raised'];
    const others = errors.filter((p) => !planted.includes(p.code));
    expect(
      few(others.map((p) => `${p.code} ${p.file} ${p.sheet}!${p.cell} ${p.value}`)),
      `${others.length}`,
    ).toEqual([]);
    for (const code of ['present_gt_expected', 'date.invalid', 'closed_before_raised'])
      expect(errors.map((p) => p.code)).toContain(code);
    expect(demo.report.problems.map((p) => p.code)).toContain('duplicate');
    expect(errors.length).toBeLessThan(60);
  });

  test('is read whole: every sheet a ledger, hardly a row rejected', () => {
    expect(demo.report.sheets.filter((s) => s.ledger === null)).toEqual([]);
    const rows = demo.report.sheets.reduce((n, s) => n + s.rows, 0);
    const accepted = demo.report.sheets.reduce((n, s) => n + s.accepted, 0);
    expect(accepted / rows).toBeGreaterThan(0.99);
    expect(rows).toBeGreaterThan(7000);
  });

  test('covers what its branches reported and leaves open what they did not', () => {
    const { oracle } = demo;
    const months = Array.from({ length: 12 }, (_, m) => `2023-${String(m + 1).padStart(2, '0')}`);
    expect(oracle.centre().coverage({ unit: 'QS' }, 'activity', months)).toEqual({ covered: 10, due: 12 });
    expect(
      oracle.centre().coverage(
        { unit: 'HZ2' },
        'visit',
        months.map((m) => m.replace('2023', '2024')),
      ),
    ).toEqual({ covered: 0, due: 12 });
  });

  /** Each unit once: the centre, the parts of it and of each inner unit, and the party groups. */
  const everyUnit = async (
    grains: Asking['grains'],
    seen: readonly Seen[],
  ): Promise<Survey & { met: Cell[] }> => {
    const found: Cell[] = [];
    const inner = [...branchTree(demo.tables).keys()];
    const groups = demo.tables.units.filter((u) => u.level === 'group').map((u) => u.code);
    const asked: Asking[] = [
      { units: ['HJ', ...groups], years, grains, seen },
      { units: inner, years, grains, seen, by: 'unit' },
    ];
    const disagreements: string[] = [];
    for (const asking of asked)
      disagreements.push(
        ...(await survey(directly(demo.opened.db), demo.oracle, asking, (cell) => void found.push(cell)))
          .disagreements,
      );
    return { cells: found.length, disagreements, met: found };
  };

  test('every figure of every unit, year, quarter and month is the oracle’s', async () => {
    const { disagreements, met } = await everyUnit(['year', 'quarter', 'month'], [whole]);
    cells.push(...met);
    expect(few(disagreements), `${disagreements.length} of ${met.length}`).toEqual([]);
    expect(new Set(met.map((c) => c.unit))).toEqual(new Set(demo.units));
    expect(new Set(met.map((c) => `${c.kpi} ${c.unit} ${c.period}`)).size).toBe(
      demo.units.length * kpis.length * years.length * 17,
    );
  });

  test('and so in the same days of every year, and on an earlier day', async () => {
    const { disagreements, met } = await everyUnit(
      ['year'],
      [sameDays, { asOf: '2024-02-29', toDate: true, kind: null }],
    );
    expect(few(disagreements), `${disagreements.length} of ${met.length}`).toEqual([]);
  });

  test(
    'the records behind a cell come to the cell',
    async () => {
      // Of the figures that the test of every figure has met.
      expect(cells).not.toHaveLength(0);
      const random = new Random('a sample');
      const said: string[] = [];
      for (const cell of random.shuffled(cells).slice(0, sample))
        said.push(...(await recordsDisagree(directly(demo.opened.db), cell, whole)));
      expect(few(said), `${said.length}`).toEqual([]);
    },
    isLong ? 3_600_000 : 180_000,
  );

  test('branches sum to their station, stations to the centre', () => {
    expect(cells).not.toHaveLength(0);
    const said = sumDisagreements(cells, branchTree(demo.tables));
    expect(few(said), `${said.length}`).toEqual([]);
  });

  test('has cells in each of the four states', () => {
    expect(new Set(cells.map((c) => c.status))).toEqual(new Set(['ok', 'partial', 'none', 'na']));
  });
});
