import { widthOf } from '../../shared/charts/shapes.ts';
import { fontFamily, palettes, type Palette } from '../../shared/charts/theme.ts';
import type { Look } from '../../shared/charts/view.ts';
import { views } from '../../shared/charts/views.ts';
import type { Lang, Text } from '../../shared/text.ts';
import { UnitTree } from '../../shared/unit.ts';
import type { Fact, FactKey } from './fact.ts';
import { factsOf } from './facts.ts';
import { drawable, SUBSTITUTE, undrawable } from './fonts.ts';
import { qrOf } from './qr.ts';
import { renderChart } from './render.ts';
import type { Sealed } from './sealed.ts';
import { wholeNames } from './whole-names.ts';
import { blockSvg, escaped, heightOf, printable, wrapped, type Block } from './sheet-text.ts';

/** A snapshot as one picture that explains itself: the chart, what it is of, what it rests on, where it is from. */

const PAD = 32;
/** Pixels across, of a picture by itself. */
export const SHEET_WIDTH = 964;
/** Lines of a note that a sheet takes; the note is whole in the files that are no picture. */
const NOTE_LINES = 60;

export type SheetLook = { readonly theme: Look['theme']; readonly width: number };

const above: readonly FactKey[] = [
  'scope',
  'shown',
  'figure',
  'years',
  'period',
  'yearStart',
  'asOf',
  'structure',
  'basis',
];
const grounds: readonly FactKey[] = ['measure', 'definition', 'coverage', 'norm', 'changes'];
const origin: readonly FactKey[] = ['source', 'version', 'snapshot', 'maker', 'createdAt'];

const lacking: Record<Lang, (points: string) => string> = {
  zh: (points) => `${SUBSTITUTE} 代替字体中没有的字符：${points}`,
  en: (points) => `${SUBSTITUTE} stands for a character that the font lacks: ${points}`,
};
const table: Text = {
  zh: '完整的数据表在链接所指快照的 XLSX、CSV、JSON 文件里',
  en: 'The whole table is in the XLSX, CSV and JSON files of the snapshot behind the link',
};
const demo: Text = { zh: '演示数据', en: 'Demonstration data' };

/** `口径：……` · `Definition: …` */
export const factLine = ({ label, text }: Fact, lang: Lang): string =>
  `${label}${lang === 'zh' ? '：' : ': '}${text}`;

/** What stands around the figures, for formats without a layout: a line each. */
export const contextLines = (sealed: Sealed): string[] => [
  sealed.title,
  sealed.says,
  ...factsOf(sealed).map((fact) => factLine(fact, sealed.lang)),
];

/** The words of a drawing, with the entities of its markup. */
const wordsOf = (svg: string): string[] =>
  [...svg.matchAll(/>([^<]+)<\/text>/g)].map(([, text = '']) => text);

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** The same drawing with words that the fonts can draw. */
const withDrawable = (svg: string): string =>
  svg.replace(/>([^<]+)<\/text>/g, (_, text: string) => `>${drawable(text)}</text>`);

type Parts = { readonly head: readonly Block[]; readonly foot: readonly Block[] };

/** The words above and below the chart. `aside`: pixels that the foot leaves free at its right. */
function blocksOf(
  sealed: Sealed,
  of: { palette: Palette; room: number; demoWidth: number; aside: number; drawn: readonly string[] },
): Parts {
  const { lang } = sealed;
  const { palette, room } = of;
  const facts = new Map(factsOf(sealed).map((fact) => [fact.key, fact]));
  const lines = (keys: readonly FactKey[]): string[] =>
    keys.flatMap((key) => {
      const fact = facts.get(key);
      return fact ? [factLine(fact, lang)] : [];
    });
  const small = (
    fill: string,
    after: number,
    text: readonly string[],
    width: number,
    most?: number,
  ): Block => ({
    lines: text.flatMap((one) => wrapped(one, width, 12, most)),
    size: 12,
    lineHeight: 18,
    fill,
    after,
  });
  const all = [sealed.title, sealed.says, ...[...facts.values()].map((f) => f.label + f.text), ...of.drawn];
  const absent = undrawable(printable(all.join('')));
  const points = absent.map((c) => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase()}`);
  const beside = room - of.aside;
  const note = facts.get('note');
  const names = wholeNames(of.drawn.map(unescaped), sealed.units, lang);
  return {
    head: [
      {
        lines: wrapped(sealed.title, room - of.demoWidth, 22),
        size: 22,
        lineHeight: 30,
        fill: palette.ink,
        bold: true,
        after: 6,
      },
      { lines: wrapped(sealed.says, room, 14), size: 14, lineHeight: 21, fill: palette.soft, after: 4 },
      small(palette.faint, 18, [lines(above).join(' · ')], room),
    ],
    foot: [
      small(palette.ink, 6, note ? [factLine(note, lang)] : [], beside, NOTE_LINES),
      small(palette.soft, 6, [...lines(grounds), ...(names === null ? [] : [names])], beside),
      small(palette.faint, 0, [lines(origin).join(' · '), ...lines(['link']), table[lang]], beside),
      small(palette.faint, 0, absent.length === 0 ? [] : [lacking[lang](points.join(' '))], beside),
    ],
  };
}

const demoSvg = (lang: Lang, palette: Palette, { right, width }: { right: number; width: number }): string =>
  `<rect x="${right - width}" y="${PAD - 4}" width="${width}" height="24" rx="12" fill="${palette.warnWash}" stroke="${palette.warn}"/>` +
  `<text x="${right - width / 2}" y="${PAD + 12.5}" font-size="13" text-anchor="middle" fill="${palette.warn}">${demo[lang]}</text>`;

/** Dark on light in every theme: readers look for that. */
const qrSvg = (address: string, right: number, top: number): string => {
  const { side, path } = qrOf(address);
  return (
    `<g transform="translate(${right - side} ${top})"><rect width="${side}" height="${side}" fill="#ffffff"/>` +
    `<path d="${path}" fill="#000000"/></g>`
  );
};

/**
 * The sealed snapshot as a complete SVG. The same seal gives the same bytes.
 * @param look its ground, and its width in pixels: the chart is drawn for it, not shrunk to it
 */
export function renderSheet(
  sealed: Sealed,
  { theme = 'light', width = SHEET_WIDTH }: Partial<SheetLook> = {},
): string {
  const { lang, link } = sealed;
  const palette = palettes[theme];
  const room = width - 2 * PAD;
  const input = { state: sealed.state, answers: sealed.answers, tree: new UnitTree(sealed.units) };
  const drawing = renderChart(views[sealed.view], input, { lang, theme, width: room });
  const demoWidth = sealed.demo ? Math.ceil(widthOf(demo[lang], 13)) + 24 : 0;
  const qrSide = link === null ? 0 : qrOf(link).side;
  const { head, foot } = blocksOf(sealed, {
    palette,
    room,
    demoWidth: demoWidth === 0 ? 0 : demoWidth + 8,
    aside: qrSide === 0 ? 0 : qrSide + 20,
    drawn: wordsOf(drawing.svg),
  });

  const parts: string[] = [];
  let y = PAD - 4;
  const put = (block: Block): void => {
    parts.push(blockSvg(block, PAD, y));
    y += heightOf(block);
  };
  head.forEach(put);
  parts.push(`<g id="chart" transform="translate(${PAD} ${y})">${withDrawable(printable(drawing.svg))}</g>`);
  y += drawing.height + 16;
  parts.push(`<path d="M${PAD} ${y}H${width - PAD}" stroke="${palette.line}"/>`);
  y += 14;
  const footTop = y;
  foot.forEach(put);
  if (link !== null) parts.push(qrSvg(link, width - PAD, footTop));
  if (sealed.demo) parts.push(demoSvg(lang, palette, { right: width - PAD, width: demoWidth }));
  const height = Math.ceil(Math.max(y, footTop + qrSide) + PAD - 4);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${fontFamily}" lang="${lang === 'zh' ? 'zh-CN' : 'en'}">`,
    `<title>${escaped(sealed.title)}</title>`,
    `<desc>${escaped(sealed.says)}</desc>`,
    `<rect width="${width}" height="${height}" fill="${palette.card}"/>`,
    ...parts.filter((part) => part !== ''),
    '</svg>',
    '',
  ].join('\n');
}
