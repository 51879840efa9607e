import { fontOf } from './fonts.ts';
import { identity, matrixOf, reaches, type Matrix, type Span } from './svg-extent.ts';
import { attributeOf, numberOf, type Node } from './svg-tree.ts';
import { outlineOf, textRun } from './text-run.ts';

/**
 * Paints an SVG of ours into a PDF, as lines and areas and as words that can be selected. It knows what our
 * drawings are made of and nothing else: an element or attribute that it does not know is an error, never a gap.
 */

export type Doc = PDFKit.PDFDocument;

type Style = {
  readonly fill: string;
  readonly stroke: string;
  readonly width: number;
  readonly fillOpacity: number;
  readonly strokeOpacity: number;
  readonly size: number;
  readonly weight: string | undefined;
};
const initial: Style = {
  fill: '#000000',
  stroke: 'none',
  width: 1,
  fillOpacity: 1,
  strokeOpacity: 1,
  size: 12,
  weight: undefined,
};

const drawn = new Set(
  (
    'd x y width height rx ry cx cy r points fill stroke stroke-width fill-opacity stroke-opacity opacity ' +
    'stroke-dasharray stroke-linejoin stroke-linecap stroke-miterlimit paint-order transform clip-path ' +
    'dominant-baseline text-anchor font-size font-weight font-family style id'
  ).split(' '),
);
/** They say nothing of how it looks: names, what a pointer does, what is read aloud. */
const silent =
  /^(xmlns(:.*)?|version|baseProfile|viewBox|lang|pointer-events|xml:space|ecmeta_.*|cursor|role|aria-.*)$/;

type Painting = {
  readonly doc: Doc;
  readonly clips: ReadonlyMap<string, Node>;
  /** What of the picture is on this page. */
  readonly isHere: (node: Node) => boolean;
};

/** @param span the part of the picture, from top to bottom, that is painted; what lies outside is left out */
export function paint(doc: Doc, picture: Node, span: Span): void {
  const outside = new Set(
    reaches(picture)
      .filter(({ span: own }) => own.to < span.from || own.from > span.to)
      .map(({ node }) => node),
  );
  const clips = new Map(
    [...everyNode(picture)]
      .filter((n) => n.name === 'clipPath')
      .map((n) => [`url(#${n.attributes.id ?? ''})`, n]),
  );
  element({ doc, clips, isHere: (node) => !outside.has(node) }, picture, initial);
}

function* everyNode(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children) yield* everyNode(child);
}

function styleOf(node: Node, around: Style): Style {
  const of = (name: string, otherwise: string): string => attributeOf(node, name) ?? otherwise;
  const opacity = numberOf(node, 'opacity', 1);
  return {
    fill: of('fill', around.fill),
    stroke: of('stroke', around.stroke),
    width: numberOf(node, 'stroke-width', around.width),
    fillOpacity: numberOf(node, 'fill-opacity', around.fillOpacity) * opacity,
    strokeOpacity: numberOf(node, 'stroke-opacity', around.strokeOpacity) * opacity,
    size: numberOf(node, 'font-size', around.size),
    weight: attributeOf(node, 'font-weight') ?? around.weight,
  };
}

function element(painting: Painting, node: Node, around: Style): void {
  if (['title', 'desc', 'defs'].includes(node.name) || !painting.isHere(node)) return;
  for (const name of Object.keys(node.attributes))
    if (!drawn.has(name) && !silent.test(name)) throw new Error(`<${node.name} ${name}> is not drawn`);
  const { doc } = painting;
  const style = styleOf(node, around);
  doc.save();
  try {
    const matrix = matrixOf(node);
    if (matrix !== identity) transformBy(doc, matrix);
    clip(painting, node);
    if (node.name === 'svg' || node.name === 'g')
      for (const child of node.children) element(painting, child, style);
    else if (node.name === 'text') words(doc, node, style);
    else shape(doc, node, style);
  } finally {
    doc.restore();
  }
}

const transformBy = (doc: Doc, [a, b, c, d, e, f]: Matrix): void => void doc.transform(a, b, c, d, e, f);

function clip({ doc, clips }: Painting, node: Node): void {
  const name = node.attributes['clip-path'];
  if (name === undefined) return;
  const [first, ...others] = clips.get(name)?.children ?? [];
  if (!first || others.length > 0) throw new Error(`clip-path="${name}" is not one shape`);
  trace(doc, first);
  doc.clip();
}

/** Lays the outline of a shape down, to be filled or followed. */
function trace(doc: Doc, node: Node): void {
  const n = (name: string, otherwise = 0): number => numberOf(node, name, otherwise);
  switch (node.name) {
    case 'path':
      doc.path(node.attributes.d ?? '');
      return;
    case 'rect': {
      const radius = n('rx', n('ry'));
      if (radius > 0) doc.roundedRect(n('x'), n('y'), n('width'), n('height'), radius);
      else doc.rect(n('x'), n('y'), n('width'), n('height'));
      return;
    }
    case 'circle':
      doc.circle(n('cx'), n('cy'), n('r'));
      return;
    case 'polyline':
    case 'polygon': {
      const all = (node.attributes.points ?? '').trim().split(/[\s,]+/);
      const steps = all.flatMap((x, i) =>
        i % 2 === 0 ? [`${i === 0 ? 'M' : 'L'}${x} ${all[i + 1] ?? 0}`] : [],
      );
      doc.path(steps.join('') + (node.name === 'polygon' ? 'Z' : ''));
      return;
    }
    default:
      throw new Error(`<${node.name}> is not drawn`);
  }
}

const isPainted = (colour: string): boolean => colour !== 'none' && colour !== 'transparent';

/** @throws for a way to write a colour that our drawings do not use */
function colourOf(colour: string): string {
  if (/^#[0-9a-f]{6}$/i.test(colour)) return colour;
  if (/^#[0-9a-f]{3}$/i.test(colour)) return colour.replace(/[^#]/g, '$&$&');
  const rgb = /^rgb\((\d+), ?(\d+), ?(\d+)\)$/.exec(colour);
  if (!rgb) throw new Error(`the colour "${colour}" is not drawn`);
  return `#${rgb
    .slice(1)
    .map((c) => Number(c).toString(16).padStart(2, '0'))
    .join('')}`;
}

function strokeAs(doc: Doc, node: Node, { width, stroke, strokeOpacity }: Style): void {
  const join = attributeOf(node, 'stroke-linejoin') ?? 'miter';
  const cap = attributeOf(node, 'stroke-linecap') ?? 'butt';
  if (!isJoin(join) || !isCap(cap)) throw new Error(`lines are not drawn as ${join}, ${cap}`);
  doc
    .lineWidth(width)
    .lineJoin(join)
    .lineCap(cap)
    .miterLimit(numberOf(node, 'stroke-miterlimit', 4));
  const dash = attributeOf(node, 'stroke-dasharray');
  if (dash !== undefined && dash !== 'none') doc.dash(dash.split(/[\s,]+/).map(Number) as never, {});
  doc.strokeColor(colourOf(stroke)).strokeOpacity(strokeOpacity);
}
const isJoin = (join: string): join is 'miter' | 'round' | 'bevel' => /^(miter|round|bevel)$/.test(join);
const isCap = (cap: string): cap is 'butt' | 'round' | 'square' => /^(butt|round|square)$/.test(cap);

function shape(doc: Doc, node: Node, style: Style): void {
  const [fills, strokes] = [isPainted(style.fill), isPainted(style.stroke) && style.width > 0];
  if (!fills && !strokes) {
    // What is not seen must be known all the same.
    if (!['path', 'rect', 'circle', 'polyline', 'polygon'].includes(node.name)) trace(doc, node);
    return;
  }
  if (fills) doc.fillColor(colourOf(style.fill)).fillOpacity(style.fillOpacity);
  if (strokes) strokeAs(doc, node, style);
  trace(doc, node);
  if (fills && strokes) doc.fillAndStroke();
  else if (fills) doc.fill();
  else doc.stroke();
}

function words(doc: Doc, node: Node, style: Style): void {
  const run = textRun(node, style);
  if (run.text.trim() === '') return;
  if (isPainted(style.stroke) && style.width > 0) {
    // The rim around words is their outline: as words it would be found twice by a search.
    strokeAs(doc, node, style);
    doc.path(outlineOf(run) || 'M0 0').stroke();
  }
  if (!isPainted(style.fill)) return;
  doc.fillColor(colourOf(style.fill)).fillOpacity(style.fillOpacity);
  doc.font(fontOf(run.weight) as never).fontSize(run.size);
  doc.text(run.text, run.x, run.y, { lineBreak: false, baseline: 'alphabetic' });
}
