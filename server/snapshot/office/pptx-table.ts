import type PptxGenJS from 'pptxgenjs';
import type { Sealed } from '../sealed.ts';
import {
  addSlide,
  BODY_END,
  INNER,
  ink,
  LEFT,
  POINTS,
  TOP,
  type Around,
  type Deck,
  type Slide,
} from './deck.ts';
import { FACE } from './look.ts';
import { hex } from './chart-ink.ts';
import { officeTable, type OfficeCell, type OfficeTable } from './table.ts';
import { GAP, tablePages, type Part } from './table-fit.ts';
import { say } from './words.ts';

/** The figures as tables of the slides' own, with the state of each in words. */

const SIZE = 10.5;
const NOTE = 0.34;
const roomOver = (under: number) => ({
  width: INNER * POINTS,
  height: (BODY_END + 0.66 - TOP - NOTE - under) * POINTS,
  size: SIZE,
});
/** Nobody leafs through more; the first and the last of them say how much there is, and where the rest is. */
const MOST_SLIDES = 16;

type Tables = {
  /** Instead of the seal's own table. */
  readonly table?: OfficeTable;
  /** Over the headline. */
  readonly over?: string;
  /** Inches that are left free under the table. */
  readonly under?: number;
  /** Said under each table. */
  readonly key?: string;
  /** Where the whole table is, if there are too many slides of it. */
  readonly whole?: string;
};

export function addTableSlides(
  deck: Deck,
  sealed: Sealed,
  around: Around,
  {
    table = officeTable(sealed),
    over = `${sealed.title} · ${say('figures', sealed.lang)}`,
    under = 0,
    key,
    whole = inFiles(sealed),
  }: Tables = {},
): Slide[] {
  const pages = tablePages(table, roomOver(under));
  const shown = pages.slice(0, MOST_SLIDES);
  return shown.map((parts, i) => {
    const counted = pages.length > 1 ? ` ${i + 1}/${pages.length}` : '';
    const slide = addSlide(deck, { ...around, over: `${over}${counted}` });
    let x = LEFT;
    for (const part of parts) {
      addPart(slide, part, x);
      x += (part.widths.reduce((sum, w) => sum + w, 0) + GAP) / POINTS;
    }
    const isEnd = i === 0 || i === shown.length - 1;
    const rest = isEnd && pages.length > shown.length ? sayRest(sealed, pages.length, whole) : '';
    const said = [rest, key ?? '', sayPart(sealed, parts, table)];
    slide.addText(said.filter((one) => one !== '').join(' · '), {
      x: LEFT,
      y: BODY_END + 0.4 - under,
      w: INNER,
      h: 0.3,
      fontFace: FACE,
      fontSize: SIZE,
      color: ink.soft,
      margin: 0,
      valign: 'top',
    });
    return slide;
  });
}

/** Which rows and columns stand here, where not all do; for units × periods what the shades mean. */
function sayPart(
  { lang, view }: Sealed,
  parts: readonly Part[],
  { rows, columns }: { rows: readonly unknown[]; columns: readonly string[] },
): string {
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined) return '';
  const [from, to] = [first.rowsFrom, last.rowsFrom + last.rows.length - 1];
  const across = columns.length - 1;
  const [left, right] = [first.columnsFrom, first.columnsFrom + first.columns.length - 2];
  const said: string[] = [];
  if (to - from + 1 < rows.length)
    said.push(
      lang === 'zh' ? `第 ${from}–${to} 行，共 ${rows.length} 行` : `rows ${from}–${to} of ${rows.length}`,
    );
  if (right - left + 1 < across)
    said.push(
      lang === 'zh' ? `第 ${left}–${right} 列，共 ${across} 列` : `columns ${left}–${right} of ${across}`,
    );
  if (view === 'heatmap') said.push(say('heat', lang));
  return said.join(' · ');
}

const inFiles = ({ id, lang }: Sealed): string =>
  lang === 'zh' ? `同一快照（${id}）的 XLSX 和 CSV` : `the XLSX and CSV of the same snapshot (${id})`;

/** `本文件只有表的前 16 页，共 27 页；其余在……里`. */
const sayRest = ({ lang }: Sealed, all: number, whole: string): string =>
  lang === 'zh'
    ? `本文件只有表的前 ${MOST_SLIDES} 页，共 ${all} 页；其余在${whole}里`
    : `the first ${MOST_SLIDES} of ${all} pages of this table; the rest is in ${whole}`;

function addPart(slide: Slide, part: Part, x: number): void {
  const line = { type: 'solid', pt: 0.5, color: ink.line } as const;
  const none = { type: 'none' } as const;
  const base = {
    fontFace: FACE,
    fontSize: SIZE,
    margin: [0.03, 0.08, 0.03, 0.08],
    valign: 'middle',
  } as const;
  const head = part.columns.map((text, i): PptxGenJS.TableCell => ({
    text,
    options: {
      ...base,
      margin: [...base.margin],
      bold: true,
      color: ink.soft,
      fill: { color: ink.band },
      align: part.isFigure[i] ? 'right' : 'left',
      border: [none, none, line, none],
    },
  }));
  const rows = part.rows.map((row): PptxGenJS.TableCell[] => [
    {
      text: row.label,
      options: {
        ...base,
        margin: [...base.margin],
        color: ink.ink,
        align: 'left',
        border: [none, none, line, none],
      },
    },
    ...row.cells.map((cell, i): PptxGenJS.TableCell => ({
      text: cell.text,
      options: {
        ...base,
        margin: [...base.margin],
        ...lookOf(cell, part.isFigure[i + 1] === true),
        border: [none, none, line, none],
      },
    })),
  ]);
  slide.addTable([head, ...rows], {
    x,
    y: TOP,
    w: part.widths.reduce((sum, w) => sum + w, 0) / POINTS,
    colW: part.widths.map((w) => w / POINTS),
  });
}

function lookOf(cell: OfficeCell, isFigure: boolean): PptxGenJS.TableCellProps {
  const { fill, ink: colour, bold } = cell.look;
  return {
    align: isFigure ? 'right' : 'left',
    color: colour === undefined ? ink.ink : hex(colour),
    ...(fill === undefined ? {} : { fill: { color: hex(fill) } }),
    ...(bold ? { bold } : {}),
  };
}
