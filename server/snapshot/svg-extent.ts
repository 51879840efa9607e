import { numberOf, type Node } from './svg-tree.ts';

/** How far an element of ours reaches, and how an element's space lies in that around it. */

/** As PDF and SVG write it: [a b c d e f]. */
export type Matrix = readonly [number, number, number, number, number, number];
export const identity: Matrix = [1, 0, 0, 1, 0, 0];

export const times = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
];

/** @throws for a way of transforming that our drawings do not use */
export function matrixOf({ attributes, name }: Node): Matrix {
  const text = attributes.transform;
  if (text === undefined) return identity;
  const [, how = '', within = ''] = /^\s*(translate|matrix)\(([^()]*)\)\s*$/.exec(text) ?? [];
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = within
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  if (how === 'translate') return [1, 0, 0, 1, a, b];
  if (how === 'matrix') return [a, b, c, d, e, f];
  throw new Error(`<${name} transform="${text}"> is not drawn`);
}

export type Span = { readonly from: number; readonly to: number };
type Point = readonly [number, number];

/** The points that a path goes through, and those that bend it. */
function pathPoints(d: string): Point[] {
  const points: Point[] = [];
  let [x, y] = [0, 0];
  for (const [, letter = '', rest = ''] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const n = (rest.match(/-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?/g) ?? []).map(Number);
    const isRelative = letter === letter.toLowerCase();
    const go = (dx: number, dy: number): void => {
      points.push([isRelative ? x + dx : dx, isRelative ? y + dy : dy]);
    };
    const size = { M: 2, L: 2, H: 1, V: 1, C: 6, Q: 4, A: 7, Z: 0 }[letter.toUpperCase()];
    if (size === undefined) throw new Error(`a path's "${letter}" is not drawn`);
    for (let i = 0; i + size <= n.length && size > 0; i += size) {
      const at = n.slice(i, i + size);
      const [p = 0, q = 0] = at;
      if (size === 1) {
        const isAcross = letter.toUpperCase() === 'H';
        const still = isRelative ? 0 : isAcross ? y : x;
        go(isAcross ? p : still, isAcross ? still : p);
      } else if (size === 7) go(at[5] ?? 0, at[6] ?? 0);
      else {
        for (let k = 2; k < size; k += 2) go(at[k - 2] ?? 0, at[k - 1] ?? 0);
        go(size === 2 ? p : (at[size - 2] ?? 0), size === 2 ? q : (at[size - 1] ?? 0));
      }
      [x, y] = points.at(-1) ?? [x, y];
    }
  }
  return points;
}

function pointsOf(node: Node): Point[] {
  const n = (name: string): number => numberOf(node, name);
  switch (node.name) {
    case 'path':
      return pathPoints(node.attributes.d ?? '');
    case 'rect':
      return [
        [n('x'), n('y')],
        [n('x') + n('width'), n('y') + n('height')],
      ];
    case 'circle':
      return [
        [n('cx') - n('r'), n('cy') - n('r')],
        [n('cx') + n('r'), n('cy') + n('r')],
      ];
    case 'polyline':
    case 'polygon': {
      const all = (node.attributes.points ?? '')
        .trim()
        .split(/[\s,]+/)
        .map(Number);
      return all.flatMap((x, i): Point[] => (i % 2 === 0 ? [[x, all[i + 1] ?? 0]] : []));
    }
    case 'text': {
      const size = numberOf(node, 'font-size', 12);
      const central = node.attributes['dominant-baseline'] === 'central';
      const top = n('y') - (central ? size / 2 : size);
      return [
        [n('x'), top],
        [n('x'), top + size * 1.15],
      ];
    }
    default:
      return [];
  }
}

/** Where a pointer would be met: not drawn. */
const isUnseen = ({ attributes }: Node): boolean =>
  ['none', 'transparent'].includes(attributes.fill ?? '') &&
  ['none', 'transparent'].includes(attributes.stroke ?? 'none');

/** What is drawn by itself, with its reach from top to bottom in the picture's space. */
export function reaches(
  node: Node,
  around: Matrix = identity,
): { readonly node: Node; readonly span: Span }[] {
  if (node.name === 'defs') return [];
  const matrix = times(around, matrixOf(node));
  const ys = (isUnseen(node) ? [] : pointsOf(node)).map(
    ([x, y]) => matrix[1] * x + matrix[3] * y + matrix[5],
  );
  const own = ys.length === 0 ? [] : [{ node, span: { from: Math.min(...ys), to: Math.max(...ys) } }];
  return [...own, ...node.children.flatMap((child) => reaches(child, matrix))];
}
