import { broken } from '../../shared/charts/shapes.ts';
import type { Section } from '../snapshot/office/sources.ts';
import type { OfficeTable } from '../snapshot/office/table.ts';
import { GAP, LINE, rowHeight, tablePages, type Part } from '../snapshot/office/table-fit.ts';
import { box, END, head, ink, INNER, LEAF, lines, word, type LeafAround } from './leaf.ts';
import type { Leaf } from './paper.ts';
import { linesOf } from './under.ts';

/** Tables on leaves: figures that are marked, and what is to be looked up. */

const SIZE = 9.5;
const ROOM = END - 140;

/** A table on as many leaves as it takes. @param key what its marks mean */
export function tableLeaves(
  table: OfficeTable,
  { around, key }: { around: LeafAround; key: string },
): Leaf[] {
  const pages = tablePages(table, { width: INNER, height: ROOM, size: SIZE });
  return pages.map((parts, i): Leaf => {
    const counted = pages.length > 1 ? ` (${i + 1}/${pages.length})` : '';
    const top = head({ ...around, over: around.over + counted });
    let x: number = LEAF.left;
    const drawn = parts.map((part) => {
      const svg = partSvg(part, x, top.bottom + 4);
      x += part.widths.reduce((sum, w) => sum + w, 0) + GAP;
      return svg;
    });
    return {
      drawn: [
        top.svg,
        ...drawn,
        lines(linesOf(key, INNER, 9), { x: LEAF.left, y: END - 14, size: 9, fill: ink.soft }).svg,
      ],
    };
  });
}

type Cell = { readonly text: string; readonly fill?: string; readonly ink?: string; readonly bold?: boolean };

function partSvg({ columns, isFigure, widths, rows }: Part, left: number, top: number): string {
  const drawn: string[] = [];
  let y = top;
  const put = (cells: readonly Cell[]): void => {
    const height = rowHeight(
      cells.map((c) => c.text),
      widths,
      SIZE,
    );
    let x = left;
    cells.forEach(({ text, fill, ink: colour = ink.ink, bold = false }, i) => {
      const width = widths[i] ?? 0;
      if (fill !== undefined) drawn.push(box(x, y, width, height, fill));
      const isRight = isFigure[i] === true;
      const set = text.split('\n').flatMap((one) => broken(one, width - 12, Infinity, SIZE));
      drawn.push(
        lines(set, {
          x: isRight ? x + width - 6 : x + 6,
          y: y + 2.5,
          size: SIZE,
          leading: LINE,
          fill: colour,
          bold,
          anchor: isRight ? 'end' : 'start',
        }).svg,
      );
      x += width;
    });
    y += height;
    drawn.push(box(left, y - 0.3, x - left, 0.5, ink.line));
  };
  put(columns.map((text) => ({ text, fill: ink.band, ink: ink.soft, bold: true })));
  for (const row of rows) put([{ text: row.label }, ...row.cells.map((c) => ({ text: c.text, ...c.look }))]);
  return drawn.join('');
}

const LABEL = 130;
const TEXT = 9.5;

/** Sections of labels and words on as many leaves as they take. */
export function sectionLeaves(sections: readonly Section[], around: LeafAround): Leaf[] {
  const top = head(around);
  const pages: string[][] = [[]];
  let y = top.bottom + 2;
  const put = (height: number, needed: number, draw: (at: number) => string): void => {
    if (y + needed > END - 8 && (pages.at(-1)?.length ?? 0) > 0) {
      pages.push([]);
      y = top.bottom + 2;
    }
    pages.at(-1)?.push(draw(y));
    y += height;
  };
  for (const { heading, rows } of sections) {
    put(24, 60, (at) => word(heading, LEAF.left, at + 16, { size: 11.5, bold: true, fill: ink.red }));
    for (const { label, text } of rows) {
      const [labels, words] = [linesOf(label, LABEL - 10, TEXT), linesOf(text, INNER - LABEL, TEXT)];
      const height = Math.max(labels.length, words.length) * TEXT * 1.45 + 3;
      put(
        height,
        height,
        (at) =>
          lines(labels, { x: LEAF.left, y: at, size: TEXT, fill: ink.soft }).svg +
          lines(words, { x: LEAF.left + LABEL, y: at, size: TEXT }).svg,
      );
    }
  }
  return pages.map((drawn, i): Leaf => {
    const counted = pages.length > 1 ? ` ${i + 1}/${pages.length}` : '';
    return { drawn: [head({ ...around, headline: around.headline + counted }).svg, ...drawn] };
  });
}
