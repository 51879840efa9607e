import { views } from '../../shared/charts/views.ts';
import { drawable } from '../snapshot/fonts.ts';
import { factsOf } from '../snapshot/facts.ts';
import { inputOf } from '../snapshot/office/native.ts';
import { pagesOf } from '../snapshot/pages.ts';
import { renderChart } from '../snapshot/render.ts';
import { factLine } from '../snapshot/sheet.ts';
import { svgTree } from '../snapshot/svg-tree.ts';
import { printable } from '../snapshot/sheet-text.ts';
import { box, END, head, ink, INNER, LEAF, lines, type Leaf, type LeafAround } from './leaf.ts';
import type { Message } from './pages.ts';
import { linesOf, underOf } from './under.ts';

/** A chart on as many leaves as it takes, with the author's words under it on the first. */

/** Pixels for which it is drawn: at the width of a leaf its words are of nine points. */
const WIDTH = 960;
/** The smallest scale at which its words are read. */
const LEAST = 0.52;
const SMALL = 8.5;
const UNDER = 11;
const beneath: ReadonlySet<string> = new Set([
  'scope',
  'shown',
  'measure',
  'years',
  'asOf',
  'structure',
  'basis',
  'coverage',
  'norm',
]);

export function chartLeaves(
  message: Message,
  around: LeafAround,
): { readonly leaves: Leaf[]; readonly isCut: boolean } {
  const { sealed, comment, changes } = message;
  const { lang } = sealed;
  const drawing = renderChart(views[sealed.view], inputOf(sealed), { lang, theme: 'light', width: WIDTH });
  const picture = svgTree(
    printable(drawing.svg).replace(/>([^<]+)<\/text>/g, (_, text: string) => `>${drawable(text)}</text>`),
  );
  const said = factsOf(sealed).filter(({ key }) => beneath.has(key));
  const facts = linesOf(said.map((fact) => factLine(fact, lang)).join(' · '), INNER, SMALL);
  const factsHeight = facts.length * SMALL * 1.45;
  const under = underOf({ comment, changes }, { width: INNER - 24, size: UNDER, lang, most: 5 });
  const top = head(around);
  const bottom = END - 6 - factsHeight;
  const room = bottom - top.bottom - (under === null ? 0 : under.height + 8);
  const across = INNER / WIDTH;
  const whole = Math.min(across, room / drawing.height);
  const scale = whole >= LEAST ? whole : Math.min(across, 0.8);
  const left = LEAF.left + (INNER - WIDTH * scale) / 2;
  const spans =
    whole >= LEAST
      ? [{ from: 0, to: drawing.height }]
      : pagesOf(picture, { height: drawing.height, most: room / scale });
  const leaves = spans.map((span, i): Leaf => {
    const counted = spans.length > 1 ? ` (${i + 1}/${spans.length})` : '';
    const own = head({ ...around, over: around.over + counted });
    const drawn = [own.svg, lines(facts, { x: LEAF.left, y: bottom + 2, size: SMALL, fill: ink.soft }).svg];
    if (i === 0 && under !== null) {
      const y = bottom - under.height - 4;
      drawn.push(
        box(LEAF.left, y, INNER, under.height, ink.band),
        box(LEAF.left, y, 3.5, under.height, ink.red),
      );
      under.lines.forEach(({ text, is }, k) => {
        const at = { x: LEAF.left + 14, y: y + 6 + k * UNDER * 1.4, size: UNDER };
        drawn.push(lines([text], { ...at, fill: is === 'changes' ? ink.warn : ink.ink }).svg);
      });
    }
    return { drawn, chart: { picture, span, width: WIDTH, scale, left, top: top.bottom } };
  });
  return { leaves, isCut: under?.isCut ?? false };
}
