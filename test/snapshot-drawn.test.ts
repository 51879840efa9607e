import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fontOf } from '../server/snapshot/fonts.ts';
import { makeFile } from '../server/snapshot/make.ts';
import { canonicalJson, type Sealed } from '../server/snapshot/sealed.ts';
import { matrixOf, times, type Matrix } from '../server/snapshot/svg-extent.ts';
import { numberOf, svgTree, type Node } from '../server/snapshot/svg-tree.ts';
import { textRun } from '../server/snapshot/text-run.ts';
import { toPng } from '../server/snapshot/png.ts';
import { variantOf } from '../server/snapshot/variant.ts';
import { palettes } from '../shared/charts/theme.ts';
import { snapshotThemes, type SnapshotTheme } from '../shared/snapshot-formats.ts';
import { langs } from '../shared/text.ts';
import { shortName } from '../shared/unit.ts';
import { readPng } from './png.ts';
import { hardCases, usualCases } from './snapshot-centres.ts';
import { isLong } from './long.ts';

const folder = mkdtempSync(join(tmpdir(), 'hangbiao-drawn-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

/** What another program says of a file. */
function told(program: string, args: readonly string[], bytes: Uint8Array, ending: string): string {
  const file = join(folder, `${files++}.${ending}`);
  writeFileSync(file, bytes);
  const { stdout, stderr, status, error } = spawnSync(
    program,
    args.map((a) => a.replace('FILE', file)),
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    },
  );
  if (error) throw error;
  expect(stderr, `${program} of ${file}`).toBe('');
  expect(status, `${program} of ${file}`).toBe(0);
  rmSync(file);
  return stdout;
}
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const unspaced = (text: string): string => text.replace(/[\s\f]+/g, '');
const make = (sealed: Sealed, format: string, chosen: Parameters<typeof variantOf>[1]) =>
  makeFile(canonicalJson(sealed), variantOf(format, chosen));

type Placed = {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly frame: readonly [number, number];
};

/** All words of a drawing, where they stand in the frame that would cut them off. */
function wordsIn(
  node: Node,
  around: { matrix: Matrix; frame: readonly [number, number]; size: number; weight: string | undefined },
): Placed[] {
  // A drawing within a drawing has a frame of its own.
  const isFrame = node.name === 'svg';
  const matrix = isFrame ? ([1, 0, 0, 1, 0, 0] as const) : times(around.matrix, matrixOf(node));
  const frame = isFrame ? ([numberOf(node, 'width'), numberOf(node, 'height')] as const) : around.frame;
  const own =
    node.name !== 'text' || node.text.trim() === '' ? [] : [placed(node, { ...around, matrix, frame })];
  return [...own, ...node.children.flatMap((child) => wordsIn(child, { ...around, matrix, frame }))];
}

function placed(
  node: Node,
  {
    matrix,
    frame,
    size,
    weight,
  }: { matrix: Matrix; frame: readonly [number, number]; size: number; weight: string | undefined },
): Placed {
  const run = textRun(node, { size, weight });
  const [x, y] = [matrix[0] * run.x + matrix[4], matrix[3] * run.y + matrix[5]];
  return {
    text: run.text,
    left: x,
    right: x + run.width,
    top: y - run.size * 0.8,
    bottom: y + run.size * 0.12,
    frame,
  };
}
const drawnWords = (svg: string): Placed[] =>
  wordsIn(svgTree(svg), { matrix: [1, 0, 0, 1, 0, 0], frame: [0, 0], size: 12, weight: undefined });

function checkSvg(svg: string): void {
  told('xmllint', ['--noout', '--nonet', 'FILE'], new TextEncoder().encode(svg), 'svg');
  const words = drawnWords(svg);
  // Half a pixel is the rounding of the drawing.
  const cut = words.filter(
    (w) => w.left < -1 || w.right > w.frame[0] + 1 || w.top < -1 || w.bottom > w.frame[1] + 1,
  );
  expect(cut).toEqual([]);
  const missing = [...new Set(words.flatMap((w) => [...w.text]))].filter(
    (c) => !/\s/.test(c) && !fontOf('regular').hasGlyphForCodePoint(c.codePointAt(0) ?? 0),
  );
  expect(missing).toEqual([]);
}

const rgb = (hex: string): number[] => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));

function checkPng(bytes: Uint8Array, theme: SnapshotTheme): void {
  const picture = readPng(bytes);
  const [r = 0, g = 0, b = 0] = rgb(palettes[theme].card);
  const ground = ((r << 24) | (g << 16) | (b << 8) | 255) >>> 0;
  let inked = 0;
  const colours = new Set<number>();
  for (let y = 0; y < picture.height; y += 2)
    for (let x = 0; x < picture.width; x += 2) {
      const pixel = picture.code(x, y);
      if (pixel !== ground) {
        inked++;
        colours.add(pixel);
      }
    }
  const share = (4 * inked) / (picture.width * picture.height);
  expect(share).toBeGreaterThan(0.005);
  expect(share).toBeLessThan(0.7);
  expect(colours.size).toBeGreaterThan(20);
  const isGrey = (c: number): boolean => c >>> 24 === ((c >>> 16) & 255) && c >>> 24 === ((c >>> 8) & 255);
  if (theme === 'print') expect([...colours].filter((c) => !isGrey(c))).toEqual([]);
  // Nothing comes near the edge: no key, no label runs out of the picture.
  const EDGE = 16;
  const near: string[] = [];
  const look = (x: number, y: number): void => {
    if (picture.code(x, y) !== ground) near.push(`${x},${y}`);
  };
  for (let x = 0; x < picture.width; x++)
    for (const y of [0, EDGE, picture.height - EDGE, picture.height - 1]) look(x, y);
  for (let y = 0; y < picture.height; y++)
    for (const x of [0, EDGE, picture.width - EDGE, picture.width - 1]) look(x, y);
  expect(near).toEqual([]);
}

function checkPdf(bytes: Uint8Array, sealed: Sealed): void {
  const laid = unspaced(told('pdftotext', ['-layout', 'FILE', '-'], bytes, 'pdf'));
  const said = unspaced(told('pdftotext', ['-raw', 'FILE', '-'], bytes, 'pdf'));
  const holds = (words: string): boolean => laid.includes(unspaced(words)) || said.includes(unspaced(words));
  expect(holds(sealed.title), sealed.title).toBe(true);
  const label = { zh: '年份', en: 'Years' }[sealed.lang];
  expect(holds(label), label).toBe(true);
  const scope = sealed.units[0]?.name ?? '';
  expect(holds(scope), scope).toBe(true);
  const fonts = told('pdffonts', ['FILE'], bytes, 'pdf').trim().split('\n').slice(2);
  expect(fonts.length).toBeGreaterThan(0);
  // name, type (two words), encoding, emb, sub, uni
  for (const font of fonts)
    expect(font).toMatch(/^[A-Z]{6}\+NotoSansSC-\w+ +CID TrueType +Identity-H +yes +yes +yes /);
}

describe.each(usualCases)('$name', ({ seal }) => {
  // HANGBIAO_LONG=1 takes every theme in both languages; usually each comes once.
  const combinations = langs.flatMap((lang, l) =>
    snapshotThemes.filter((_, t) => isLong || (l + t) % 2 === 0).map((theme) => ({ lang, theme })),
  );
  test.each(combinations)('in $lang and $theme is whole as SVG, PNG and PDF', async ({ lang, theme }) => {
    const sealed = seal(lang);
    checkSvg(text(await make(sealed, 'svg', { theme })));
    checkPng(await make(sealed, 'png', { theme, scale: 1 }), theme);
    checkPdf(await make(sealed, 'pdf', { theme, paper: theme === 'light' ? 'wide' : 'a4' }), sealed);
  });
});

describe('what is hard to draw', () => {
  // Each in one language: what it is hard for is not the language.
  test.each(hardCases.map((c, i) => ({ ...c, lang: langs[i % langs.length] ?? 'zh' })))(
    '$name: is whole, on as many pages as it takes',
    async ({ seal, lang }) => {
      const sealed = seal(lang);
      checkSvg(text(await make(sealed, 'svg', {})));
      checkPng(await make(sealed, 'png', { scale: 1 }), 'light');
      checkPdf(await make(sealed, 'pdf', {}), sealed);
    },
  );

  const named = (name: string, lang: 'zh' | 'en' = 'zh'): Sealed =>
    hardCases.find((c) => c.name === name)!.seal(lang);

  test('names that have no room are written out below', async () => {
    const sealed = named('compare, names of forty characters');
    const said = unspaced(told('pdftotext', ['-raw', 'FILE', '-'], await make(sealed, 'pdf', {}), 'pdf'));
    for (const unit of sealed.units.filter((u) => u.level === 'branch'))
      expect(said).toContain(unspaced(shortName(unit.name)));
  });

  test('two hundred rows stand each once on the pages, under the months', async () => {
    const sealed = named('heatmap, two hundred branches');
    const pdf = await make(sealed, 'pdf', {});
    const pages = told('pdftotext', ['-layout', 'FILE', '-'], pdf, 'pdf').split('\f').slice(0, -1);
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expect(unspaced(page)).toContain('1月2月3月');
    const all = unspaced(pages.join(''));
    for (const n of [1, 57, 120, 188, 189])
      expect(all.split(`机关第${n}`).length, String(n)).toBeGreaterThan(1);
    const rows = pages.join('').match(/机关第\d+(?=\s)/g) ?? [];
    expect(new Set(rows).size).toBe(rows.length);
    expect(rows.length).toBe(189);
  });

  test('two hundred slopes: that only thirty are drawn is said, and where the rest is', async () => {
    const said = text(await make(named('slope, two hundred branches', 'en'), 'svg', {}));
    expect(said).toMatch(/the 30 of \d+ that moved most are drawn/);
    expect(said).toContain('The whole table is in the XLSX, CSV and JSON files');
  });
});

describe('the checks themselves', () => {
  const svg = (x: number, words: string): string =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="40"><text x="${x}" y="20">${words}</text></svg>`;
  test('find words that run out of their frame', () => {
    checkSvg(svg(10, '航标'));
    expect(() => checkSvg(svg(90, '航标'))).toThrow();
    expect(() => checkSvg(svg(-5, '航标'))).toThrow();
  });
  test('find a mark at the edge, and an empty picture', async () => {
    const drawn = (inside: string): Promise<Uint8Array> =>
      toPng(
        `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><rect width="200" height="100" fill="#ffffff"/>${inside}</svg>`,
        { scale: 1 },
      );
    const marks =
      '<circle cx="100" cy="50" r="20.3" fill="#b4261c"/><text x="40" y="50" fill="#1d1c1a">航标</text>';
    checkPng(await drawn(marks), 'light');
    expect(
      await drawn('')
        .then((png) => checkPng(png, 'light'))
        .catch(() => 'found'),
    ).toBe('found');
    const edge = await drawn(`${marks}<rect x="196" y="40" width="4" height="4" fill="#000000"/>`);
    expect(() => checkPng(edge, 'light')).toThrow();
  });
});
