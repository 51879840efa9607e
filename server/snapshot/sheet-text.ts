import { broken, shortened } from '../../shared/charts/shapes.ts';
import { drawable } from './fonts.ts';

/** Words as SVG: in lines, and with nothing in them that would be markup. */

// Characters that XML has no way to write, and those that turn the reading direction of what follows.
const unprintable =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
export const printable = (text: string): string => text.replace(unprintable, '');
export const escaped = (text: string): string =>
  printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** Breaks paragraphs into lines of a width; what is past the last line is cut, and shows it. */
export const wrapped = (text: string, width: number, size: number, most = Infinity): string[] =>
  shortened(
    printable(text)
      .split(/\r?\n/)
      .flatMap((paragraph) => broken(paragraph, width, Infinity, size)),
    most,
  );

export type Block = {
  readonly lines: readonly string[];
  readonly size: number;
  readonly lineHeight: number;
  readonly fill: string;
  readonly bold?: boolean;
  /** Pixels to the next block. */
  readonly after: number;
};

export function blockSvg(block: Block, left: number, top: number): string {
  return block.lines
    .map((text, i) => {
      const y = top + block.lineHeight * i + block.size;
      const weight = block.bold === true ? ' font-weight="600"' : '';
      return `<text x="${left}" y="${y}" font-size="${block.size}"${weight} fill="${block.fill}" xml:space="preserve">${escaped(drawable(text))}</text>`;
    })
    .join('\n');
}

export const heightOf = (block: Block): number =>
  block.lines.length === 0 ? 0 : block.lines.length * block.lineHeight + block.after;
