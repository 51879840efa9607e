import { utils, write } from '@e965/xlsx';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toldSchema, type Moment, type Told } from './zones/told.ts';

// The same files at the same instant, on machines that stand in three zones: the centre's day counts.
const hosts = { 'Asia/Shanghai': -480, UTC: 0, 'America/New_York': 300 } as const;
const moments: readonly Moment[] = [
  // 23:59 in Shanghai on the last day of 2022, and a minute later; and then by another centre's clock.
  { instant: '2022-12-31T15:59:00Z', timeZone: 'Asia/Shanghai' },
  { instant: '2022-12-31T16:00:00Z', timeZone: 'Asia/Shanghai' },
  { instant: '2022-12-31T16:00:00Z', timeZone: 'America/New_York' },
];

const days = ['2022-01-01', '2022-03-05', '2022-12-31', '2024-02-29', '1991-01-01', '1956-03-01'];
const serialIn1900 = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 25_569;
const DAYS_TO_1904 = 1462;

function workbook(bookType: 'xlsx' | 'biff8', date1904: boolean): Uint8Array {
  const shift = date1904 ? DAYS_TO_1904 : 0;
  // Midnight, and the last minute of the day.
  const serials = days.flatMap((d) => [serialIn1900(d) - shift, serialIn1900(d) - shift + 1439 / 1440]);
  const sheet = utils.aoa_to_sheet([['日期'], ...serials.map((v) => [{ t: 'n', v, z: 'yyyy-mm-dd' }])]);
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, '表');
  book.Workbook = { WBProps: { date1904 } };
  return new Uint8Array(write(book, { type: 'array', bookType }) as ArrayBuffer);
}

const units = `code,name,parent,level,opened_on,closed_on,merged_into
JH,江海引航中心,,centre,,,
DG,东港引航站党支部,JH,branch,,,
`;
const ledger = `日期,类型,应到,实到
2022-01-01,主题党日,24,20
2022-03-31,党员大会,24,21
2022-06-30 23:59,集中学习,24,22
2022-07-01 00:00,主题党日,24,23
2022-11-30,支委会,5,5
`;
const texts = `日期
2022-12-31
2022-12-31 23:59:59
2022-12-31T23:59:59Z
2022年12月31日晚上
12.31-1.1
${serialIn1900('2022-12-31')}
`;

let folder: string;
let told: readonly Told[];
const script = fileURLToPath(new URL('zones/in-a-zone.ts', import.meta.url));
const run = promisify(execFile);

async function under(TZ: string): Promise<Told> {
  const args = ['--import', 'tsx', script, folder, JSON.stringify(moments)];
  const { stdout } = await run(process.execPath, args, { env: { ...process.env, TZ } });
  return toldSchema.parse(JSON.parse(stdout));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hangbiao-zones-'));
  const files: Record<string, Uint8Array | string> = {
    'units.csv': units,
    '东港站2022年三会一课.csv': ledger,
    'dates.csv': texts,
    '1900.xlsx': workbook('xlsx', false),
    '1904.xlsx': workbook('xlsx', true),
    '1900.xls': workbook('biff8', false),
    '1904.xls': workbook('biff8', true),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  told = await Promise.all(Object.keys(hosts).map(under));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('each process stands in its own zone, and all tell the same', () => {
  expect(told.map((t) => t.west)).toEqual(Object.values(hosts));
  const [first, ...others] = told.map(({ seen, read }) => ({ seen, read }));
  expect(others).toEqual([first, first]);
});

describe('31 December, 23:59', () => {
  test('a ledger of the year reaches to its last dated row: the year is not over', () => {
    const seen = told[0]?.seen[0];
    expect(seen?.today).toBe('2022-12-31');
    expect(seen?.covered).toEqual(['2022-01..2022-11']);
    expect(seen?.knownThatDay).toBe(true);
    const halves = (kpi: string): unknown[] =>
      (seen?.cells ?? []).filter((c) => c.kpi === kpi).map((c) => [c.numerator, c.denominator, c.status]);
    expect(halves('study_sessions')).toEqual([
      [1, null, 'ok'],
      [1, null, 'ok'],
      [1, null, 'ok'],
      [0, null, 'partial'],
    ]);
    expect(halves('attendance_rate')).toEqual([
      [41, 48, 'ok'],
      [22, 24, 'ok'],
      [23, 24, 'ok'],
      [5, 5, 'partial'],
    ]);
    expect(halves('ledger_completeness').at(-1)).toEqual([2, 3, 'partial']);
  });

  test("a minute later the year is over, by the centre's clock", () => {
    const seen = told[0]?.seen[1];
    expect(seen?.today).toBe('2023-01-01');
    expect(seen?.covered).toEqual(['2022-01..2022-12']);
    expect(seen?.knownThatDay).toBe(false);
    expect(seen?.cells.at(-1)).toMatchObject({ kpi: 'ledger_completeness', numerator: 3, denominator: 3 });
  });

  test('for a centre that keeps another clock it is not', () => {
    const seen = told[0]?.seen[2];
    expect(seen?.today).toBe('2022-12-31');
    expect(seen?.covered).toEqual(['2022-01..2022-11']);
    expect(seen?.knownThatDay).toBe(true);
  });
});

describe('dates are read by arithmetic', () => {
  test.each(['1900.xlsx', '1904.xlsx', '1900.xls', '1904.xls'])('serials of %s', (name) =>
    expect(told.map((t) => t.read[name])).toEqual(told.map(() => days.flatMap((d) => [d, d]))),
  );

  test('dates as text, with and without an hour', () => {
    const last = '2022-12-31';
    const wanted = [last, last, last, last, `${last}..2023-01-01`, last];
    expect(told.map((t) => t.read['dates.csv'])).toEqual(told.map(() => wanted));
  });
});
