import { CFB, utils, write } from '@e965/xlsx';
import iconv from 'iconv-lite';
import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordTables } from '../db/types.ts';
import { limits, type Limits } from '../server/ledger/unreadable.ts';
import type { ImportReply } from '../shared/imports.ts';
import { judge, readFile } from './reading.ts';
import { form, served, unitsCsv, type Served } from './served.ts';

// Each limit by its own name, each foreign or broken file by its own; and the server that has met them all goes on.

const unit = {
  code: 'A',
  name: '东港引航站党支部',
  parent: null,
  level: 'branch',
  openedOn: null,
  closedOn: null,
  mergedInto: null,
} as const;
const name = '东港站2022年三会一课';
const head = '时间,类型,应到,实到';
const good = `${head}\n2022-3-5,支委会,5,5\n`;
const sheetPath = 'xl/worksheets/sheet1.xml';
const MB = 1024 * 1024;

function bookOf(type: 'xlsx' | 'biff8', rows = 1): Uint8Array {
  const book = utils.book_new();
  const row = (i: number): unknown[] => [44625 + i, '支委会', 5, 5];
  const sheet = utils.aoa_to_sheet([head.split(','), ...Array.from({ length: rows }, (_, i) => row(i))]);
  utils.book_append_sheet(book, sheet, '表');
  return new Uint8Array(write(book, { type: 'array', bookType: type }) as ArrayBuffer);
}
const parts = unzipSync(bookOf('xlsx'));
const sheetXml = strFromU8(parts[sheetPath] ?? new Uint8Array());
const packed = (changed: Zippable): Uint8Array => zipSync({ ...parts, ...changed }, { level: 6 });
const withSheet = (xml: string): Uint8Array => packed({ [sheetPath]: strToU8(xml) });

/** A sheet that unpacks to so many bytes of nothing. */
const bomb = (bytes: number): Uint8Array =>
  withSheet(sheetXml.replace('</sheetData>', `${' '.repeat(bytes)}</sheetData>`));

/** The zip with another size declared for its greatest part, in both of the places where it stands. */
function declaring(zip: Uint8Array, size: number): Uint8Array {
  const out = zip.slice();
  const view = new DataView(out.buffer);
  const found: { at: number; local: boolean; size: number }[] = [];
  for (let at = 0; at + 46 < out.length; at++) {
    const sign = view.getUint32(at, true);
    if (sign === 0x04034b50) found.push({ at: at + 22, local: true, size: view.getUint32(at + 22, true) });
    if (sign === 0x02014b50) found.push({ at: at + 24, local: false, size: view.getUint32(at + 24, true) });
  }
  const most = Math.max(...found.map((f) => f.size));
  for (const f of found) if (f.size === most) view.setUint32(f.at, size, true);
  return out;
}

function compound(streams: Readonly<Record<string, number>>): Uint8Array {
  const file = CFB.utils.cfb_new();
  for (const [path, size] of Object.entries(streams)) CFB.utils.cfb_add(file, path, Buffer.alloc(size, 9));
  return new Uint8Array(CFB.write(file, { type: 'buffer' }) as Buffer);
}

const sheetsOf = (count: number): Uint8Array => {
  const text = strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array());
  const many = (s: string): string =>
    Array.from({ length: count }, (_, i) => s.replace(/name="[^"]*"/, `name="s${i}"`)).join('');
  return packed({ 'xl/workbook.xml': strToU8(text.replace(/<sheet [^>]*>/, many)) });
};
const zipOf = (count: number): Uint8Array =>
  zipSync(Object.fromEntries(Array.from({ length: count }, (_, i) => [`${name}${i}.csv`, strToU8(good)])));
const executable = (magic: readonly number[]): Uint8Array =>
  Buffer.concat([Buffer.from(magic), Buffer.alloc(600, 0x90)]);
const windows = [0x4d, 0x5a, 0x90, 0];
const linux = [0x7f, 0x45, 0x4c, 0x46];

function read(file: string, bytes: Uint8Array, bounds: Limits = limits) {
  const begun = performance.now();
  const { sheets, problems } = readFile(file, bytes, bounds);
  const judged = judge([sheets], { units: [unit], options: {}, today: '2026-11-20' });
  return {
    said: problems.map((p) => p.message.en),
    codes: problems.map((p) => p.code),
    days: judged.staged.records.map((r) => r.date),
    problems: judged.problems,
    records: judged.staged.records,
    took: performance.now() - begun,
  };
}

describe('each limit says its setting', () => {
  const bounds: Limits = { ...limits, bytes: MB, unpacked: 2 * MB, sheets: 5, rows: 100, cells: 600 };
  const rows = (count: number): string => `${head}\n${'2022-3-5,支委会,5,5\n'.repeat(count)}`;
  test.each<[setting: string, file: string, bytes: () => Uint8Array]>([
    ['IMPORT_MAX_BYTES', 'a.csv', () => Buffer.alloc(MB + 1, 'a')],
    ['IMPORT_MAX_UNPACKED', 'declared.xlsx', () => bomb(3 * MB)],
    ['IMPORT_MAX_UNPACKED', 'undeclared.xlsx', () => declaring(bomb(3 * MB), 1000)],
    ['IMPORT_MAX_UNPACKED', 'in-a-zip.zip', () => zipSync({ 'a.csv': Buffer.alloc(3 * MB, '\n') })],
    ['IMPORT_MAX_SHEETS', 'a.xlsx', () => sheetsOf(6)],
    ['IMPORT_MAX_ROWS', 'a.csv', () => Buffer.from(rows(101))],
    ['IMPORT_MAX_ROWS', 'a.xlsx', () => bookOf('xlsx', 101)],
    ['IMPORT_MAX_ROWS', 'a.xls', () => bookOf('biff8', 101)],
    ['IMPORT_MAX_CELLS', 'a.csv', () => Buffer.from(`${head}\n${'1,'.repeat(601)}\n`)],
    ['IMPORT_MAX_CELLS', 'a.xlsx', () => bookOf('xlsx', 160)],
    ['IMPORT_MAX_CELLS', 'a.xls', () => bookOf('biff8', 160)],
  ])('%s of %s', (setting, file, bytes) => {
    // Of rows and cells, the one that is asked for is to be met first.
    const own = setting === 'IMPORT_MAX_CELLS' ? { ...bounds, rows: 1000 } : bounds;
    const found = read(file, bytes(), own);
    expect([found.codes, found.days]).toEqual([['file.too_large'], []]);
    expect(found.said[0]).toContain(`(setting ${setting})`);
    expect(found.took).toBeLessThan(5000);
  });

  test('one less of each is read', () => {
    expect(read('a.csv', Buffer.from(rows(99)), bounds).codes).toEqual([]);
    expect(read(`${name}.xlsx`, bomb(MB), bounds).days).toEqual(['2022-03-05']);
    expect(read(`${name}.xlsx`, sheetsOf(5), bounds).codes).toEqual([]);
  });
});

const cut = (bytes: Uint8Array, of: number): Uint8Array => bytes.subarray(0, Math.floor(bytes.length * of));
const nested = (): Uint8Array => zipSync({ 'a.zip': zipSync({ [`${name}.csv`]: strToU8(good) }) });

/** Files that are refused, by their name, with the code and a word of the reason. */
const refused: readonly (readonly [file: string, code: string, reason: RegExp, bytes: () => Uint8Array])[] = [
  ['炸弹.xlsx', 'file.too_large', /unpacks/, () => declaring(bomb(1000), 3_000_000_000)],
  ['未申报炸弹.xlsx', 'file.too_large', /unpacks/, () => declaring(bomb(8 * MB), 1000)],
  ['程序.xlsx', 'file.unreadable', /Windows EXE/, () => executable(windows)],
  ['程序.csv', 'file.unreadable', /Windows EXE/, () => executable(windows)],
  ['程序.xls', 'file.unreadable', /ELF/, () => executable(linux)],
  ['一半.xlsx', 'file.unreadable', /cut short|damaged/, () => cut(bookOf('xlsx', 50), 0.5)],
  ['一半.xls', 'file.unreadable', /damaged/, () => cut(bookOf('biff8', 50), 0.3)],
  [
    '加密.xlsx',
    'file.unreadable',
    /password/,
    () => compound({ '/EncryptionInfo': 200, '/EncryptedPackage': 999 }),
  ],
  ['套娃.zip', 'file.unreadable', /no ledger/, nested],
  ['三百个.zip', 'file.too_large', /more than 200 files/, () => zipOf(300)],
  ['百万列.csv', 'file.too_large', /16384 columns/, () => Buffer.alloc(1_000_000, ',')],
  ['很多表.xlsx', 'file.too_large', /500 sheets/, () => sheetsOf(501)],
  [
    '实体.xlsx',
    'file.unreadable',
    /XML is broken/,
    () =>
      withSheet(
        sheetXml
          .replace('<worksheet', '<!DOCTYPE z [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet')
          .replace('</sheetData>', '<row r="9"><c r="A9" t="str"><v>&x;</v></c></row></sheetData>'),
      ),
  ],
];

describe('files that are refused', () => {
  test.each(refused)('%s: %s', (file, code, reason, bytes) => {
    const found = read(file, bytes());
    expect([found.codes, found.days]).toEqual([[code], []]);
    expect(found.said[0]).toMatch(reason);
    expect(found.took).toBeLessThan(5000);
  });
});

describe('files that are read for what they are', () => {
  test('lines in two encodings are read, each in its own', () => {
    const bytes = Buffer.concat([
      Buffer.from(good),
      iconv.encode('2022-3-6,主题党日,5,4\n', 'gb18030'),
      Buffer.from('2022-3-7,党员大会,5,4\n'),
    ]);
    expect(read(`${name}.csv`, bytes).days).toEqual(['2022-03-05', '2022-03-06', '2022-03-07']);
  });

  test('NUL, zero-width and direction marks are not seen, and hide nothing', () => {
    const text = `时间,类型,主题,应到,实到\n2022-3-5,支\u0000委\u200b会,学\u202e习,1\u20662,\ufeff5\n`;
    const found = read(`${name}.csv`, Buffer.from(text));
    expect(found.records).toMatchObject([
      {
        date: '2022-03-05',
        kinds: ['committee_meeting'],
        title: '学习',
        figures: { expected: 12, present: 5 },
      },
    ]);
    expect(JSON.stringify(found)).not.toMatch(/[\0\u200b\u202e\u2066]/);
  });

  test('days since 1904 are other days by the same number', () => {
    const workbook = strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array());
    const since = workbook.replace(/<workbookPr[^>]*\/>|(?=<sheets>)/, '<workbookPr date1904="1"/>');
    expect(read(`${name}.xlsx`, packed({ 'xl/workbook.xml': strToU8(since) })).days).toEqual(['2026-03-06']);
  });

  test('cells as long as a spreadsheet can have them are read, or not, in no time', () => {
    for (const scrap of ['(', '张三、', '1.', '-', '3月5日至', '实到5', '=', ' ', '２']) {
      const long = scrap.repeat(Math.ceil(32_767 / scrap.length)).slice(0, 32_767);
      const cells = (i: number): string =>
        ['2022-3-5', '支委会', '5', '5'].map((c, at) => (at === i ? long : c)).join(',');
      const found = read(
        `${name}.csv`,
        Buffer.from(`${head}\n${[0, 1, 2, 3].map(cells).join('\n')}\n${good}`),
      );
      expect(found.days, scrap).toContain('2022-03-05');
      expect(found.took, scrap).toBeLessThan(3000);
    }
  });

  test('a zip whose names lead out of it is read by those names, and nothing is written', () => {
    const zip = zipSync({
      [`../../../tmp/${name}.csv`]: strToU8(good),
      'C:\\Windows\\x.txt': strToU8('说明'),
    });
    const found = read('打包.zip', zip);
    expect(found.days).toEqual(['2022-03-05']);
    expect(found.records[0]?.file).toBe(`打包/../../../tmp/${name}.csv`);
  });
});

describe('a server that is sent all of them', () => {
  let s: Served;
  beforeAll(async () => {
    s = await served();
    await s.as('admin', '/api/units', form({ 'units.csv': unitsCsv }));
  });
  afterAll(() => s.close());

  test('names each, stores nothing, and is there for the next', async () => {
    const files = Object.fromEntries(refused.map(([file, , , bytes]) => [file, new Uint8Array(bytes())]));
    const [begun, held] = [performance.now(), process.memoryUsage().rss];
    const sent = await s.as('admin', '/api/imports', form(files));
    expect(sent.status).toBe(201);
    const reply = (await sent.json()) as ImportReply;
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(process.memoryUsage().rss - held).toBeLessThan(512 * MB);
    const said = reply.problems.map((p) => `${p.file} ${p.code}`);
    expect(said.sort()).toEqual(refused.map(([file, code]) => `${file} ${code}`).sort());
    expect(reply.sheets).toEqual([]);

    expect((await s.ask('/api/health')).status).toBe(200);
    const committed = await s.as('admin', `/api/imports/${reply.id}/commit`, { method: 'POST' });
    expect(await committed.json()).toMatchObject({ records: 0 });
    for (const table of [...recordTables, 'coverage', 'activity_kind', 'import_file', 'import_part'] as const)
      expect(await s.db.selectFrom(table).selectAll().execute(), table).toEqual([]);

    const next = await s.as('admin', '/api/imports', form({ [`${name}.csv`]: good }));
    expect(await next.json()).toMatchObject({ sheets: [{ unit: 'A', accepted: 1 }], problems: [] });
  });
});
