import { reaches, type Span } from './svg-extent.ts';
import type { Node } from './svg-tree.ts';

/** Where a picture that is higher than a page is divided. */

/** What is higher than this is a ground (a band, an axis), and may go on from page to page. */
const GROUND = 170;
/** A page is filled at least so far, where there is anything to fill it with. */
const LEAST_FILL = 0.6;

/**
 * Divides a picture into pages between its rows: no word and no mark is cut, as long as there is a gap
 * within the last two fifths of a page.
 * @param most height of a page in the picture's pixels
 * @param head what of it each page after the first gives to headings that are repeated
 */
export function pagesOf(
  picture: Node,
  { height, most, head = 0 }: { readonly height: number; readonly most: number; readonly head?: number },
): Span[] {
  if (height <= most) return [{ from: 0, to: height }];
  const blocks = merged(
    reaches(picture)
      .map(({ span }) => span)
      .filter(({ from, to }) => to - from <= GROUND),
  );
  const pages: Span[] = [];
  let from = 0;
  for (let room = most; height - from > room; room = most - head) {
    const to = cut(blocks, from + room * LEAST_FILL, from + room);
    pages.push({ from, to });
    from = to;
  }
  return [...pages, { from, to: height }];
}

/** Spans that touch or overlap, as one. */
function merged(spans: readonly Span[]): Span[] {
  const blocks: { from: number; to: number }[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = blocks.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else blocks.push({ from, to });
  }
  return blocks;
}

/** The middle of the last gap before `limit`; `limit` itself where there is none after `least`. */
function cut(blocks: readonly Span[], least: number, limit: number): number {
  for (let i = blocks.length - 1; i > 0; i--) {
    const [before, after] = [blocks[i - 1], blocks[i]];
    if (!before || !after) continue;
    const middle = (before.to + after.from) / 2;
    if (middle <= limit && middle >= least) return Math.round(middle * 2) / 2;
  }
  return limit;
}
