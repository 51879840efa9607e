import { FONT_SIZE, fontFamily } from '../shared/charts/theme.ts';

/**
 * A drawing as a part of a page: the same to look at and to press, with less to read. A browser reads a page in slices and
 * shows what it has after each: a longer one is cut into more, and each costs a layout and a painting.
 */
export function inPage(svg: string): string {
  const said: Attributes = new Map(OF_ALL_TEXTS);
  for (const [key, usual] of USUAL) said.set(key, commonest(svg, key) ?? usual);
  return svg
    .replaceAll('>\n<', '><')
    .replace(ELEMENT, (_, name: string, text: string, end = '') => element(name, read(text), end, said))
    .replace(/ (?:xmlns|xmlns:xlink|version|baseProfile)="[^"]*"/g, '')
    .replace('<svg', `<svg${written(said)}`);
}

/** An element as it is to be written: nothing of one that is neither seen nor heard. */
function element(name: string, attributes: Attributes, end: string, said: Attributes): string {
  // Where an element says nothing, what the drawing says is not for it.
  for (const [key, usual] of USUAL) if (!attributes.has(key)) attributes.set(key, usual);
  if (!isHeard(attributes)) {
    if (isUnseen(attributes) && end) return '';
    for (const key of OF_HEARD) attributes.delete(key);
  } else if (isUnseen(attributes)) {
    for (const key of OF_SEEN) attributes.delete(key);
    attributes.set('fill', 'none').set('pointer-events', 'all');
  }
  if (name === 'text') place(attributes);
  else attributes.delete('text-anchor');
  for (const [key, value] of said) if (attributes.get(key) === value) attributes.delete(key);
  if (name === 'path' && end) {
    const rectangle = rectangleOf(attributes);
    if (rectangle) return `<rect${written(rectangle)}></rect>`;
    const circle = circleOf(attributes);
    if (circle) return `<circle${written(circle)}></circle>`;
  }
  return `<${name}${written(attributes)}>${end}`;
}

type Attributes = Map<string, string>;

/** What holds where nothing is said. */
const USUAL = [
  ['fill', '#000'],
  ['text-anchor', 'start'],
] as const;

/** An element of a drawing, as ECharts writes it; with its end where it holds nothing. */
const ELEMENT = /<(path|rect|text)((?: [\w:-]+="[^"]*")*)>(<\/\1>)?/g;

/** The style of a text: size, weight and face can be said by attributes too. */
const FONT_STYLE = / style="((?:font-[a-z]+:[^;"]*;)+)"/;
const asAttributes = (_: string, styles: string): string =>
  styles.replace(
    /([^:]+):([^;]*);/g,
    (__, key: string, value: string) => ` ${key}="${value.replace(/px$/, '')}"`,
  );

const read = (text: string): Attributes =>
  new Map(
    [...text.replace(FONT_STYLE, asAttributes).matchAll(/ ([\w:-]+)="([^"]*)"/g)].map(
      ([, key = '', value = '']) => [key, value],
    ),
  );
const written = (attributes: Attributes): string =>
  [...attributes].map(([key, value]) => ` ${key}="${value}"`).join('');

/** ECharts says on each text what holds for nearly all of them. Quotes are told from those of the attribute. */
const OF_ALL_TEXTS = [
  ['font-family', fontFamily],
  ['font-size', `${FONT_SIZE}`],
  ['font-weight', '400'],
  ['dominant-baseline', 'central'],
] as const;

/** What tells a press which datum it is of, and has an area pressed that is not painted. */
const OF_HEARD = [
  'ecmeta_series_index',
  'ecmeta_data_index',
  'ecmeta_ssr_type',
  'ecmeta_silent',
  'pointer-events',
];
const isHeard = (attributes: Attributes): boolean =>
  attributes.has('ecmeta_data_index') && attributes.get('ecmeta_silent') !== 'true';

const OF_SEEN = ['fill-opacity', 'stroke', 'stroke-opacity', 'stroke-width'];
const isUnseen = (attributes: Attributes): boolean =>
  (attributes.get('fill') === 'none' || attributes.get('fill-opacity') === '0') &&
  (!attributes.has('stroke') || attributes.get('stroke-opacity') === '0');

/** Where it stands, without a space of its own: of each of those a browser keeps a record. */
function place(attributes: Attributes): void {
  const [, x, y] = /^translate\((\S+) (\S+)\)$/.exec(attributes.get('transform') ?? '') ?? [];
  if (x === undefined || y === undefined) return;
  attributes.delete('transform');
  for (const [key, by] of [
    ['x', x],
    ['y', y],
  ] as const) {
    const to = Number(attributes.get(key) ?? 0) + Number(by);
    attributes.set(key, rounded(to));
  }
}

const NUMBER = '(-?[\\d.]+)';
/** A rectangle as ECharts writes it, and one with four like corners. */
const RECTANGLE = new RegExp(`^M${NUMBER} ${NUMBER}l${NUMBER} 0l0 ${NUMBER}l-\\3 0Z$`);
const CORNER = 'A\\4 \\4 0 0 1';
const ROUNDED = new RegExp(
  `^M${NUMBER} ${NUMBER}L${NUMBER} \\2A${NUMBER} \\4 0 0 1 ${NUMBER} ${NUMBER}L\\5 ${NUMBER}${CORNER} \\3 ${NUMBER}` +
    `L\\1 \\8${CORNER} ${NUMBER} \\7L\\9 \\6${CORNER} \\1 \\2Z$`,
);

/** A path that is a rectangle, as one. */
function rectangleOf(attributes: Attributes): Attributes | null {
  const d = attributes.get('d') ?? '';
  const numbers = (RECTANGLE.exec(d) ?? ROUNDED.exec(d))?.slice(1).map(Number);
  if (!numbers) return null;
  const [x0 = 0, top = 0, x1 = 0, r = 0, right, , , bottom = 0, left = 0] = numbers;
  return inPlaceOf(
    ['d'],
    attributes,
    right === undefined
      ? { x: x0, y: top, width: x1, height: r }
      : { x: left, y: top, width: right - left, height: bottom - top, rx: r },
  );
}

/** A circle as ECharts writes it: that of 1, made larger. */
const UNIT_CIRCLE = 'M1 0A1 1 0 1 1 1 -0.1A1 1 0 0 1 1 0';
const LARGER = new RegExp(`^matrix\\(${NUMBER},0,0,\\1,${NUMBER},${NUMBER}\\)$`);

/** A path that is a circle, as one, without a space of its own. ECharts' own is a little flat: only where it is not seen. */
function circleOf(attributes: Attributes): Attributes | null {
  const place = LARGER.exec(attributes.get('transform') ?? '')
    ?.slice(1)
    .map(Number);
  if (attributes.get('d') !== UNIT_CIRCLE || !place || !isUnseen(attributes)) return null;
  const [r = 0, cx = 0, cy = 0] = place;
  return inPlaceOf(['d', 'transform'], attributes, { cx, cy, r });
}

const inPlaceOf = (
  names: readonly string[],
  attributes: Attributes,
  now: Readonly<Record<string, number>>,
): Attributes =>
  new Map([
    ...Object.entries(now).map(([key, value]) => [key, rounded(value)] as const),
    ...[...attributes].filter(([key]) => !names.includes(key)),
  ]);

/** Ten-thousandths of a pixel, as ECharts has them: sums of fractions have longer tails. */
const rounded = (value: number): string => `${Number(value.toFixed(4))}`;

/** What most elements say: each that is not `none` says something. */
function commonest(svg: string, key: string): string | undefined {
  const counts = new Map<string, number>();
  for (const [, value = ''] of svg.matchAll(new RegExp(` ${key}="((?!none)[^"]*)"`, 'g')))
    counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}
