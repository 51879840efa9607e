import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import { encode } from 'uqr';
import { describe, expect, test } from 'vitest';
import { guarded, tableCsv } from '../server/snapshot/csv.ts';
import { drawable, undrawable } from '../server/snapshot/fonts.ts';
import { paint } from '../server/snapshot/paint.ts';
import { toPdf } from '../server/snapshot/pdf.ts';
import { toPng } from '../server/snapshot/png.ts';
import { canonicalJson, readSealed, type Sealed } from '../server/snapshot/sealed.ts';
import { renderSheet } from '../server/snapshot/sheet.ts';
import { wrapped } from '../server/snapshot/sheet-text.ts';
import { compare } from '../shared/charts/compare.ts';
import { noContext } from '../shared/no-context.ts';
import { kpiById } from '../shared/kpis.ts';
import { svgTree } from '../server/snapshot/svg-tree.ts';
import { madeInput, madeTree, type Figure } from './charts/made.ts';
import { readPng } from './png.ts';

describe('CSV', () => {
  test.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\tx', '\rx', '＝1', '＋1', '－1', '＠x', ' =1'])(
    '%j is kept from being a formula',
    (text) => expect(guarded(text)).toBe(`'${text}`),
  );
  test.each(['-4', '-0.25', '12', '东港站', '— 未报', '3/5'])('%s stays as it is', (text) =>
    expect(guarded(text)).toBe(text),
  );
  test('begins with a byte order mark, quotes what must be, and writes bare figures', () => {
    const table = {
      columns: ['支部', '2025'],
      rows: [
        { label: '东港, "站"', cells: [{ text: '87.4%（874/1,000）', value: 0.874 }] },
        { label: '=HYPERLINK("http://x")', cells: [{ text: '− 未报' }] },
      ],
    };
    expect(tableCsv(table, 'zh')).toBe(
      '\uFEFF支部,2025\r\n"东港, ""站""",0.874\r\n"\'=HYPERLINK(""http://x"")",− 未报\r\n',
    );
  });
  test('names the state of each figure in words, in a column of its own', () => {
    const figures: Record<string, Figure> = {
      S1: { numerator: 0 },
      S2: null,
      S3: { numerator: 7, coverage: [8, 9] },
      S4: { numerator: 7, unknown: 2 },
    };
    const input = madeInput(compare, { kpi: 'volunteers', asOf: '2025-09-15' }, ({ unit }) =>
      unit in figures ? figures[unit]! : { numerator: 5 },
    );
    const [head = '', ...lines] = tableCsv(compare.table(input, 'en'), 'en').split('\r\n');
    const days = '(1 Jan–15 Sep)';
    expect(head).toBe(
      `\uFEFFUnit,2025 ${days},2025 ${days} state,2024 ${days},2024 ${days} state,Change,Note`,
    );
    const begin = (code: string): string => {
      const name = input.tree.byCode.get(code)!.name;
      return lines.find((line) => line.startsWith(name))!.slice(name.length);
    };
    expect(begin('S1')).toMatch(/^,0,zero,/);
    expect(begin('S2')).toMatch(/^,— not reported,not reported,/);
    expect(begin('S3')).toMatch(/^,7,"value, reported 8\/9",/);
    expect(begin('S4')).toMatch(/^,"≥ 7, 2 unknown","value, 2 unknown",/);
  });
});

const hostile = '<script>alert(1)</script>&"\u0000\u202e';
function seal(of: Partial<Sealed> = {}): Sealed {
  const tree = madeTree(0, { S1: { name: hostile } });
  const input = madeInput(
    compare,
    { kpi: 'attendance_rate', asOf: '2025-09-15' },
    () => ({ numerator: 80, denominator: 100 }),
    tree,
  );
  const { id, name, unit, better, definition } = kpiById.get('attendance_rate')!;
  return {
    format: 'hangbiao-snapshot/1',
    id: 'abcdefghijkl',
    view: 'compare',
    lang: 'zh',
    title: hostile,
    says: compare.says(input, 'zh'),
    note: null,
    demo: true,
    maker: hostile,
    createdAt: '2025-10-08T02:30:00.000Z',
    dataVersion: 318,
    state: input.state,
    kpi: { id, name, unit, better, definition },
    units: tree.units,
    answers: input.answers,
    table: compare.table(input, 'zh'),
    link: null,
    facts: null,
    ...of,
  };
}

test('a seal from before answers had a context opens, and is drawn', () => {
  const sealed = seal();
  const since = new Set(['structure', 'per', 'yearStart', 'knownOn']);
  const old = {
    ...sealed,
    answers: sealed.answers.map(({ context: _context, query, ...answer }) => ({
      ...answer,
      query: Object.fromEntries(Object.entries(query).filter(([name]) => !since.has(name))),
    })),
  };
  const read = readSealed(canonicalJson(old));
  expect(read.answers[0]?.context).toEqual(noContext);
  expect(read.answers[0]?.query).toEqual(sealed.answers[0]?.query);
  expect(renderSheet(read)).toBe(renderSheet(sealed));
});

describe('the sheet', () => {
  test('is the same for the same seal, also after a way through JSON', () => {
    const sealed = seal();
    expect(renderSheet(JSON.parse(canonicalJson(sealed)) as Sealed)).toBe(renderSheet(sealed));
  });
  test('holds names as words: no markup, no control character', () => {
    const svg = renderSheet(seal());
    expect(svg).not.toContain('<script');
    // oxlint-disable-next-line no-control-regex
    expect(svg).not.toMatch(/[\u0000\u202e]/);
    expect(svg).toContain('&lt;script&gt;');
  });
  test('says scope, day, definition, version, maker, time, and that it is a demonstration', () => {
    const svg = renderSheet(seal({ title: '题', maker: '党办' }));
    for (const words of [
      '江海引航中心',
      '2025年9月15日',
      '实到人次之和',
      '数据版本：318',
      'abcdefghijkl',
      '党办',
      '2025-10-08 02:30 UTC',
      '演示数据',
    ])
      expect(svg).toContain(words);
  });
  test('cuts an endless title, and shows that it did', () => {
    expect(wrapped('长'.repeat(200), 440, 22, 2)).toEqual(['长'.repeat(20), `${'长'.repeat(19)}…`]);
    expect(wrapped('two words', 40, 12, 3)).toEqual(['two', 'words']);
  });
  test('becomes a PNG of twice its size, in which Chinese is drawn', async () => {
    const svg = (text: string): string =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" font-family="'PingFang SC', 'Noto Sans SC', sans-serif"><text y="15" font-size="14">${text}</text></svg>`;
    const [chinese, other, blank] = (
      await Promise.all(['航标', '整改', ''].map((text) => toPng(svg(text), { scale: 2 })))
    ).map((png) => Buffer.from(png));
    expect(chinese!.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect([chinese!.readUInt32BE(16), chinese!.readUInt32BE(20)]).toEqual([80, 40]);
    // Boxes for missing glyphs would be alike.
    expect(chinese!.equals(other!)).toBe(false);
    expect(chinese!.equals(blank!)).toBe(false);
  });
});

describe('the QR code', () => {
  const link = 'https://hangbiao.example.cn/s/abcdefghijklmnop';

  test('is the one of the address, module for module, within its quiet zone, in every theme', async () => {
    const { data, size } = encode(link, { ecc: 'M', border: 4 });
    for (const theme of ['light', 'dark', 'print'] as const) {
      const svg = renderSheet(seal({ link }), { theme });
      const place = new RegExp(`<g transform="translate\\((\\d+) (\\d+)\\)"><rect width="${size * 3}"`).exec(
        svg,
      );
      expect(place).not.toBeNull();
      const [x = 0, y = 0] = (place ?? []).slice(1).map(Number);
      const picture = readPng(await toPng(svg, { scale: 1 }));
      const read = Array.from({ length: size }, (_, row) =>
        Array.from({ length: size }, (_, column) => picture.at(x + column * 3 + 1, y + row * 3 + 1)[0] < 128),
      );
      expect(read).toEqual(data);
    }
  });
  test('stands on no seal without an address', () => {
    // White on any ground, it is the only square of it.
    const dark = (of: string | null): string => renderSheet(seal({ link: of }), { theme: 'dark' });
    expect(dark(link)).toContain('fill="#ffffff"');
    expect(dark(null)).not.toContain('fill="#ffffff"');
  });
});

describe('characters that the fonts lack', () => {
  const title = '走访😀𠮷图';
  test('are replaced by a mark that is explained; the seal keeps them', () => {
    const svg = renderSheet(seal({ title }));
    expect(svg).toContain('>走访〓');
    expect(svg).toContain('〓 代替字体中没有的字符：U+1F600');
    expect(svg).toContain(`<title>${title}</title>`);
    expect(undrawable(svg.replace(/<title>.*<\/title>/, ''))).toEqual([]);
    expect(renderSheet(seal({ title: '走访' }))).not.toContain('〓');
  });
  test('and joiners are nothing: a family of four is four marks at most', () => {
    expect(drawable('👨‍👩‍👧‍👦e\ufe0f')).toBe('〓〓〓〓e');
  });
});

describe('PDF', () => {
  const options = { theme: 'light', paper: 'a4' } as const;
  test('is the same for the same seal, byte for byte, its id too', async () => {
    const [one, other] = await Promise.all([toPdf(seal(), options), toPdf(seal(), options)]);
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
    expect(Buffer.from(one).toString('latin1')).toMatch(/\/ID \[<[0-9a-f]{32}>/);
  });
  test('says in its document data what it is, by whom, when and in which language', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hangbiao-pdf-'));
    const file = join(folder, 'a.pdf');
    writeFileSync(file, await toPdf(seal({ title: '走访 题', maker: '党办' }), options));
    const { stdout } = spawnSync('pdfinfo', ['-isodates', file], { encoding: 'utf8', env: { TZ: 'UTC' } });
    rmSync(folder, { recursive: true });
    for (const said of [
      /^Title: +走访 题$/m,
      /^Author: +党办$/m,
      /^Creator: +航标 Hangbiao$/m,
      /^CreationDate: +2025-10-08T02:30:00/m,
      /^Encrypted: +no$/m,
      /^PDF version: +1\.7$/m,
    ])
      expect(stdout).toMatch(said);
    expect(Buffer.from(await toPdf(seal(), options)).toString('latin1')).toContain('/Lang (zh-CN)');
  });
  test('is painted from what is known: another element, attribute or colour is an error, not a gap', () => {
    const paints = (inside: string) => (): void => {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${inside}</svg>`;
      paint(new PDFDocument({ autoFirstPage: true }), svgTree(svg), { from: 0, to: 9 });
    };
    expect(paints('<rect width="3" height="3" fill="#123456"/>')).not.toThrow();
    for (const inside of [
      '<image href="file:///etc/passwd" width="3" height="3"/>',
      '<use href="#a"/>',
      '<rect width="3" height="3" filter="url(#f)"/>',
      '<rect width="3" height="3" fill="url(#g)"/>',
      '<rect width="3" height="3" transform="rotate(3)"/>',
      '<foreignObject/>',
    ])
      expect(paints(inside), inside).toThrow();
  });
});
