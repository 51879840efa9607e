import { svgTree, attributeOf, numberOf, type Node } from './svg-tree.ts';
import { outlineOf, textRun } from './text-run.ts';

/**
 * An SVG of ours with its words as outlines. A picture made of it needs no font, and is drawn in a
 * fraction of the time: the renderer would open the fonts, of ten megabytes each, for every word.
 */
export const outlined = (svg: string): string => written(svgTree(svg), { size: 12, weight: undefined });

type Inherited = { readonly size: number; readonly weight: string | undefined };

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const tag = (name: string, attributes: Readonly<Record<string, string>>, within: string): string => {
  const own = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return within === '' ? `<${name}${own.join('')}/>` : `<${name}${own.join('')}>${within}</${name}>`;
};

/** What of words is also said of a path. */
const kept = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-miterlimit',
  'stroke-linejoin',
  'paint-order',
  'transform',
  'opacity',
] as const;

function written(node: Node, inherited: Inherited): string {
  if (node.name === 'title' || node.name === 'desc') return '';
  if (node.name === 'text') {
    const own = kept.flatMap((name) => {
      const value = attributeOf(node, name);
      return value === undefined ? [] : [[name, value]];
    });
    return tag('path', { ...Object.fromEntries(own), d: outlineOf(textRun(node, inherited)) || 'M0 0' }, '');
  }
  const around = {
    size: numberOf(node, 'font-size', inherited.size),
    weight: attributeOf(node, 'font-weight') ?? inherited.weight,
  };
  return tag(node.name, node.attributes, node.children.map((child) => written(child, around)).join(''));
}
