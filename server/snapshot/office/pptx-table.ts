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
/** Nobody leafs through more; the rest is in the charts' own workbooks and in the .xlsx, and the last slide says so. */
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
    const isLast = i === shown.length - 1 && pages.length > shown.length;
    const said = isLast ? sayRest(sealed, shown, table.rows.length) : sayPart(sealed, parts, table);
    slide.addText([...(key === undefined ? [] : [key]), said].filter((one) => one !== '').join(' · '), {
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

function sayRest({ lang }: Sealed, shown: readonly (readonly Part[])[], rows: number): string {
  const last = shown.at(-1)?.at(-1);
  const to = last === undefined ? 0 : last.rowsFrom + last.rows.length - 1;
  return lang === 'zh'
    ? `到第 ${to} 行为止，共 ${rows} 行；其余在各图的数据表里，也在同一快照的 XLSX 里。`
    : `Up to row ${to} of ${rows}; the rest is in the charts’ own figures and in the XLSX of this snapshot.`;
}

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
