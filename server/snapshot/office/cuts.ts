/** Where a tall drawing may be cut: the heights that its shapes take, and between them the places that the fewest cross. */

type Extent = { readonly top: number; readonly bottom: number };

/** Half the height of a line of words. */
const HALF = 8;
const element = /<(text|circle|polyline|polygon|path)\b[^>]*>(?:[\s\S]*?<\/\1>)?/g;
const numberIn = (tag: string, name: string): number =>
  Number(new RegExp(` ${name}="(-?[\\d.]+)"`).exec(tag)?.[1] ?? 0);

/** The height that a shape of a chart's SVG takes; null for one without a place. */
function extentOf(shape: string): Extent | null {
  const tag = shape.slice(0, shape.indexOf('>'));
  const moved = Number(/ transform="translate\(-?[\d.]+[ ,](-?[\d.]+)\)"/.exec(tag)?.[1] ?? 0);
  const around = (middle: number, half: number): Extent => ({ top: middle - half, bottom: middle + half });
  if (tag.startsWith('<text')) return around(moved + numberIn(tag, 'y'), HALF);
  if (tag.startsWith('<circle')) return around(moved + numberIn(tag, 'cy'), numberIn(tag, 'r'));
  const ys = tag.startsWith('<path') ? heightsIn(tag) : pointsIn(tag);
  return ys.length === 0 ? null : { top: Math.min(...ys) + moved, bottom: Math.max(...ys) + moved };
}

/** All shapes' heights. The chart's renderer writes shapes one after the other, not into each other. */
const extentsOf = (svg: string): Extent[] =>
  [...svg.matchAll(element)].flatMap(([shape]) => extentOf(shape) ?? []);

/** The same drawing, seen through a window of its whole width; shapes outside of it would only take time. */
export const windowOf = (
  { svg, width }: { readonly svg: string; readonly width: number },
  { top, bottom }: Extent,
): string =>
  svg
    .replace(element, (shape) => {
      const extent = extentOf(shape);
      return extent !== null && (extent.bottom < top - HALF || extent.top > bottom + HALF) ? '' : shape;
    })
    .replace(
      /^<svg width="[^"]*" height="[^"]*"(.*?) viewBox="[^"]*">/,
      `<svg width="${width}" height="${bottom - top}"$1 viewBox="0 ${top} ${width} ${bottom - top}"><rect width="${width}" height="${bottom}" fill="#fff"/>`,
    );

function pointsIn(tag: string): number[] {
  const numbers = / points="([^"]*)"/.exec(tag)?.[1]?.match(/-?[\d.]+/g) ?? [];
  return numbers.filter((_, i) => i % 2 === 1).map(Number);
}

/** The heights of a path's points: each command's last two numbers are where it goes. */
function heightsIn(tag: string): number[] {
  const steps = / d="([^"]*)"/.exec(tag)?.[1]?.match(/[A-Za-z][^A-Za-z]*/g) ?? [];
  let y = 0;
  return steps.flatMap((step) => {
    const command = step.charAt(0);
    const numbers = step.match(/-?\d*\.?\d+(?:e-?\d+)?/g)?.map(Number) ?? [];
    if (numbers.length === 0 || /[hH]/.test(command)) return [];
    const last = numbers.at(-1) ?? 0;
    y = command === command.toLowerCase() ? y + last : last;
    return [y];
  });
}

/** How high the parts may be: the first, under a heading, and the others. */
export type Heights = { readonly first: number; readonly most: number };

/** Tops of the parts, each cut in the lowest place, in the last third of a part, that the fewest shapes cross. */
export function cutsOf(svg: string, height: number, { first, most }: Heights): number[] {
  if (height <= most) return [0];
  const extents = extentsOf(svg);
  const cuts = [0];
  let top = 0;
  let room = first;
  while (height - top > room) {
    top = calmest(extents, Math.ceil(top + room * 0.67), Math.floor(top + room));
    room = most;
    cuts.push(top);
  }
  return cuts;
}

function calmest(extents: readonly Extent[], from: number, to: number): number {
  const near = extents.filter((e) => e.bottom >= from && e.top <= to);
  let best = { at: to, crossed: Infinity };
  for (let y = from; y <= to; y++) {
    const crossed = near.filter((e) => e.top < y && e.bottom > y).length;
    if (crossed <= best.crossed) best = { at: y, crossed };
  }
  return best.at;
}
