import { SaxesParser } from 'saxes';

/** An SVG of ours as a tree: elements with their attributes, and the words in them. */
export type Node = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
  /** The words of a text element. */
  text: string;
};

/** @throws where it is not well-formed, or has no element */
export function svgTree(svg: string): Node {
  const parser = new SaxesParser();
  const open: Node[] = [];
  let root: Node | null = null;
  parser.on('opentag', ({ name, attributes }) => {
    const node: Node = { name, attributes, children: [], text: '' };
    open.at(-1)?.children.push(node);
    root ??= node;
    open.push(node);
  });
  parser.on('text', (text) => {
    const at = open.at(-1);
    if (at?.name === 'text') at.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(svg).close();
  if (root === null) throw new Error('there is no element in the picture');
  return root;
}

/** An attribute, or the same given in `style`; undefined where there is neither. */
export function attributeOf({ attributes }: Node, name: string): string | undefined {
  const own = attributes[name];
  if (own !== undefined) return own;
  const style = attributes.style ?? '';
  const found = style.split(';').find((part) => part.trim().startsWith(`${name}:`));
  return found?.slice(found.indexOf(':') + 1).trim();
}

/** An attribute as a number of pixels; `otherwise` where there is none. */
export const numberOf = (node: Node, name: string, otherwise = 0): number => {
  const text = attributeOf(node, name);
  const value = text === undefined ? otherwise : Number.parseFloat(text);
  if (!Number.isFinite(value)) throw new Error(`<${node.name}> ${name}="${text}" is not a number`);
  return value;
};
