import { afterAll, describe, expect, test } from 'vitest';
import { importUnits, listUnits } from '../server/queries/units.ts';
import { Refusal } from '../server/errors.ts';
import { addDays } from '../shared/period.ts';
import { engines, freshDatabase } from './engines.ts';

const head = 'code,name,parent,level,opened_on,closed_on,merged_into';
const csv = (...lines: string[]): Uint8Array =>
  new TextEncoder().encode(`\uFEFF${[head, ...lines].join('\r\n')}\r\n`);

describe.each(engines)('units on %s', (engine) => {
  const opened = freshDatabase(engine);
  afterAll(async () => (await opened).close());

  test('come from a file that may name a child before its parent', async () => {
    const { db } = await opened;
    const file = csv(
      'B1,"甲引航站,党支部",C,branch,2015-01-01,2021-12-31,B2',
      'C,中心,,centre,,,',
      'B2,乙引航站党支部,C,branch,2019-07-01,,',
    );
    expect(await importUnits(db, file, 'units.csv')).toEqual({ units: 3, dataVersion: 1 });
    expect(await listUnits(db)).toMatchObject([
      { code: 'B1', name: '甲引航站,党支部', parent: 'C', closedOn: '2021-12-31', mergedInto: 'B2' },
      { code: 'C', parent: null, level: 'centre', openedOn: null },
      { code: 'B2', openedOn: '2019-07-01', mergedInto: null },
    ]);
  });

  test('are changed by their code, and the others stay', async () => {
    const { db } = await opened;
    await importUnits(db, csv('B2,丙引航站党支部,C,branch,2019-07-01,,'), 'units.csv');
    expect((await listUnits(db)).map((u) => u.name)).toEqual(['甲引航站,党支部', '中心', '丙引航站党支部']);
  });

  test('a list that says nothing new changes nothing; a former name is told once, however often it is read', async () => {
    const { db, close } = await freshDatabase(engine);
    const dated = (...lines: string[]): Uint8Array =>
      new TextEncoder().encode([`${head},valid_from`, ...lines].join('\n'));
    await importUnits(
      db,
      csv('C,中心,,centre,,,', 'S,东港站,C,branch,,,', 'A,甲支部,C,branch,,,'),
      'units.csv',
    );
    const later = dated('A,乙支部,S,branch,,,,2024-01-01');
    const past = [{ until: '2023-12-31', name: '甲支部', parent: 'C' }];
    for (const dataVersion of [2, 2]) {
      expect(await importUnits(db, later, 'units.csv')).toEqual({ units: 1, dataVersion });
      expect((await listUnits(db)).find((u) => u.code === 'A')).toMatchObject({ name: '乙支部', past });
    }
    // It was so named a year before already.
    await importUnits(db, dated('A,乙支部,S,branch,,,,2023-01-01'), 'units.csv');
    expect((await listUnits(db)).find((u) => u.code === 'A')?.past).toEqual([
      { until: '2022-12-31', name: '甲支部', parent: 'C' },
    ]);
    await close();
  });

  test.each([
    ['a day to come', 'X,某,C,branch,2020-01-01,,,,2099-01-01', 'I2'],
    ['a successor that is not there yet', 'X,某,C,branch,,2015-12-31,B2,,', 'G2'],
    ['a successor of a lower level', 'X,某,C,centre,,2021-12-31,B2,,', 'G2'],
    ['a split without a first day', 'X,某,C,branch,,,,B2,', 'E2'],
  ])('of units through time are refused for %s', async (_, line, cell) => {
    const { db } = await opened;
    const list = new TextEncoder().encode(`${head},split_from,valid_from\n${line}`);
    const refused: unknown = await importUnits(db, list, 'units.csv').catch((e: unknown) => e);
    expect((refused as Refusal).errors.map((e) => e.path)).toEqual([cell]);
  });

  test('a line by itself takes no later history away', async () => {
    const { db, close } = await freshDatabase(engine);
    const dated = (...lines: string[]): Uint8Array =>
      new TextEncoder().encode([`${head},valid_from`, ...lines].join('\n'));
    await importUnits(
      db,
      dated(
        'C,中心,,centre,,,,',
        'A,甲,C,branch,,,,',
        'A,乙,C,branch,,,,2020-01-01',
        'A,丙,C,branch,,,,2022-01-01',
      ),
      'units.csv',
    );
    const before = await listUnits(db);
    // Neither before the first step nor in its stead.
    for (const from of ['2019-01-01', '2020-01-01']) {
      const line = dated(`A,丁,C,branch,,,,${from}`);
      const refused: unknown = await importUnits(db, line, 'units.csv').catch((e: unknown) => e);
      expect((refused as Refusal).errors).toEqual([
        {
          path: 'H2',
          message: `the unit has changed 2 times since ${from}, last on 2022-01-01; list all of its lines`,
        },
      ]);
      expect(await listUnits(db)).toEqual(before);
    }
    // The last step by itself, read again, and on the day that it should have had.
    for (const from of ['2022-01-01', '2021-07-01']) {
      await importUnits(db, dated(`A,丙,C,branch,,,,${from}`), 'units.csv');
      expect((await listUnits(db)).find((u) => u.code === 'A')?.past).toMatchObject([
        { until: '2019-12-31', name: '甲' },
        { until: addDays(from, -1), name: '乙' },
      ]);
    }
    await close();
  });

  test.each([
    ['a merger without a last day', ['X,某,C,branch,,,B2'], 'G2'],
    ['a parent that is not there', ['X,某,NONE,branch,,,'], 'C2'],
    ['a level that is none', ['X,某,C,department,,,'], 'D2'],
    ['a day that is none', ['X,某,C,branch,2022-02-30,,'], 'E2'],
    ['a code twice', ['X,某,C,branch,,,', 'X,另,C,branch,,,'], 'A3'],
    ['parents in a circle', ['X,某,Y,branch,,,', 'Y,另,X,branch,,,'], 'C2'],
    ['an end before the beginning', ['X,某,C,branch,2022-01-02,2022-01-01,'], 'F2'],
    ['no name', ['X,,C,branch,,,'], 'B2'],
    ['a character that is none', ['X,某\u0000,C,branch,,,'], 'B2'],
  ])('are refused whole for %s, naming the cell', async (_, lines, cell) => {
    const { db } = await opened;
    const before = await listUnits(db);
    const refused: unknown = await importUnits(db, csv(...lines), 'units.csv').catch((e: unknown) => e);
    expect(refused).toBeInstanceOf(Refusal);
    expect((refused as Refusal).errors.map((e) => e.path)).toContain(cell);
    expect(await listUnits(db)).toEqual(before);
  });
});
