import { read, utils } from '@e965/xlsx';
import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { demoCentre } from '../db/demo/centre.ts';
import { demoLedgers, writeDemo } from '../db/demo/demo.ts';
import { faults } from '../db/demo/oddities.ts';
import { Random } from '../db/demo/random.ts';
import { serialOf } from '../db/demo/sheet.ts';

const files = demoLedgers();
const hash = (of: readonly { name: string; bytes: Uint8Array }[]): string => {
  const sum = createHash('sha256');
  for (const { name, bytes } of of) sum.update(name).update(bytes);
  return sum.digest('hex');
};

/** A file's text, sheet by sheet, whatever it is kept in. */
function textOf({ name, bytes }: { name: string; bytes: Uint8Array }): string {
  if (name.endsWith('.csv')) {
    const isUtf8 = bytes[0] === 0xef;
    return iconv.decode(Buffer.from(bytes), isUtf8 ? 'utf8' : 'gbk');
  }
  const book = read(bytes);
  return book.SheetNames.map((s) => utils.sheet_to_csv(book.Sheets[s] ?? {})).join('\n');
}

const texts = new Map(files.map((f) => [f.name, textOf(f)]));
const everything = [...texts.values()].join('\n');

const unitRows = (text: string): string[][] =>
  text
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));

describe('the demonstration', () => {
  const centre = demoCentre({ branches: 20, years: 7, seed: 1 });
  const units = unitRows(texts.get('units.csv') ?? '');

  test('is the same, byte for byte, each time; another seed is another', () => {
    expect(hash(demoLedgers())).toBe(hash(files));
    expect(hash(demoLedgers({ branches: 3, years: 1, seed: 2 }))).not.toBe(
      hash(demoLedgers({ branches: 3, years: 1, seed: 1 })),
    );
  });

  test('takes nothing from the clock or the zone', () => {
    const small = { branches: 5, years: 2 };
    const [zone, here] = [process.env['TZ'], hash(demoLedgers(small))];
    try {
      process.env['TZ'] = 'Asia/Shanghai';
      expect(hash(demoLedgers(small))).toBe(here);
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  test('starts with the units: a centre, 11 stations, 20 reporting branches', () => {
    expect(files[0]?.name).toBe('units.csv');
    expect(units.filter(([, , , level]) => level === 'centre')).toHaveLength(1);
    const stations = units.filter(([, , parent, level]) => parent === 'HJ' && level === 'branch');
    expect(stations).toHaveLength(11);
    expect(centre.branches).toHaveLength(20);
    expect(new Set(units.map(([code]) => code)).size).toBe(units.length);
    expect(new Set(units.map(([, name]) => name)).size).toBe(units.length);
  });

  test('has branches of 4 to 48 members', () => {
    const sizes = centre.branches.flatMap((b) => [...b.members.values()]);
    expect(Math.min(...sizes)).toBe(4);
    expect(Math.max(...sizes)).toBe(48);
  });

  test('has a merged branch and a late one, which keep no ledgers outside their time', () => {
    const merged = units.find(([, , , , , closed]) => closed !== '');
    expect(merged?.[5]).toBe('2023-12-31');
    expect(units.map(([code]) => code)).toContain(merged?.[6]);
    const late = units.find(([, , , , opened]) => opened === '2022-07-01');
    const years = (name: string | undefined) => [
      ...new Set(
        files.flatMap((f) =>
          name && f.name.includes(name) && /^\d/.test(f.name) ? [f.name.slice(0, 4)] : [],
        ),
      ),
    ];
    expect(years(merged?.[1])).toEqual(['2020', '2021', '2022', '2023']);
    expect(years(late?.[1])).toEqual(['2022', '2023', '2024', '2025', '2026']);
    expect([...texts.keys()].filter((n) => n.includes(`${late?.[1]}2022年7-12月`))).not.toEqual([]);
  });

  test('keeps about 45 events a branch and year', () => {
    const rows = [...texts].flatMap(([name, text]) =>
      /^\d{4}\//.test(name) && !name.includes('中心')
        ? text.split('\n').filter((l) => /\d/.test(l) && !l.includes('台账') && !l.includes('合计'))
        : [],
    );
    const branchYears = 20 * 7 - 3 - 2.5;
    expect(rows.length / branchYears).toBeGreaterThan(45);
    expect(rows.length / branchYears).toBeLessThan(75);
  });

  test('ends on 30 September 2026', () => {
    const last = [...texts].filter(([name]) => name.startsWith('2026/'));
    expect(last.every(([name]) => /2026年(1-9|1-7|1-3|6-9)月/.test(name))).toBe(true);
    expect(
      last.some(([, text]) =>
        /10月\d|2026[-./年]1[0-2]/.test(
          text.replaceAll(/延期至.{12}/g, '').replaceAll(/,2026-1[0-2]-\d+,/g, ','),
        ),
      ),
    ).toBe(false);
  });

  test('has the gaps: two months without a ledger, a year without visits', () => {
    const names = [...texts.keys()];
    expect(names.some((n) => n.includes('2023年1-3月'))).toBe(true);
    expect(names.some((n) => n.includes('2023年6-12月'))).toBe(true);
    const missing = centre.branches[5]?.name ?? '';
    const has = (year: number) =>
      files
        .filter((f) => f.name.startsWith(`${year}/${missing}`))
        .some(
          (f) =>
            f.name.includes('走访') ||
            (!f.name.endsWith('.csv') && read(f.bytes).SheetNames.includes('走访')),
        );
    expect([has(2023), has(2024), has(2025)]).toEqual([true, false, true]);
  });

  test('has figures withheld, rounded and rough, and dates that cannot be', () => {
    for (const word of ['*', '**名', '若干', '50余人', '上旬', '6月31日', '合计', '注：'])
      expect(everything).toContain(word);
    expect(faults.length).toBe(3);
  });

  test('has problems open in every way', () => {
    for (const word of ['基本完成', '长期坚持', '延期至', '整改中']) expect(everything).toContain(word);
  });

  test('names nobody', () => {
    const names = everything.match(/[\u4e00-\u9fff]+(?=（(?:在船|事假|病假|无故缺席)）)/g) ?? [];
    expect(names.length).toBeGreaterThan(100);
    expect(names.every((n) => /^.某$/.test(n))).toBe(true);
  });

  test('comes in every format that branches keep', () => {
    const ends = new Set(files.map((f) => f.name.slice(f.name.lastIndexOf('.'))));
    expect([...ends].sort()).toEqual(['.csv', '.xls', '.xlsx']);
    const csv = files.filter((f) => f.name.endsWith('.csv') && f.name !== 'units.csv');
    expect(csv.some((f) => f.bytes[0] === 0xef)).toBe(true);
    expect(csv.some((f) => f.bytes[0] !== 0xef)).toBe(true);
  });

  test('grows: the names stay apart', () => {
    const { units: many, branches } = demoCentre({ branches: 200, years: 10, seed: 3 });
    expect(branches).toHaveLength(200);
    expect(new Set(many.map((u) => u.name)).size).toBe(many.length);
    expect(new Set(many.map((u) => u.code)).size).toBe(many.length);
  });

  test.each([1, 2, 3, 4, 6, 11])('can be of %i branches', (branches) => {
    expect(demoCentre({ branches, years: 2, seed: 1 }).branches).toHaveLength(branches);
  });

  test('refuses sizes that make no sense', () => {
    expect(() => demoLedgers({ branches: 0 })).toThrow(RangeError);
    expect(() => demoLedgers({ years: 1.5 })).toThrow(RangeError);
  });

  test('is written under its folder', () => {
    const written: string[] = [];
    const names = writeDemo('out', { branches: 1, years: 1 }, (path) => void written.push(path));
    expect(written[0]).toBe('out/units.csv');
    expect(written).toHaveLength(names.length);
  });
});

describe('chance', () => {
  test('is the same on every machine', () => {
    const random = new Random('航标');
    const first = [random.int(0, 999), random.int(0, 999), random.int(0, 999)];
    const again = new Random('航标');
    expect([again.int(0, 999), again.int(0, 999), again.int(0, 999)]).toEqual(first);
  });

  test('a part has a stream of its own', () => {
    const random = new Random('a');
    const alone = new Random('a').next();
    random.of('b').next();
    expect(random.next()).toBe(alone);
  });
});

test('days are counted as Excel counts them', () => {
  expect(serialOf('2022-03-05')).toBe(44625);
});
