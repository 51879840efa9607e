import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { escaped, xmlHead } from '../workbooks/xml.ts';
import { faces } from './look.ts';
import type { Paper } from './paper.ts';

// The first day that a zip can name: no clock of any machine is in a file.
const mtime = new Date(1980, 0, 1);

type About = Pick<Paper, 'title' | 'made'>;

/**
 * A document that the library has written, with what it takes from clock and chance put right: links are
 * named by their number, the day is the report's, and the fonts are named with what may stand for them.
 */
export function steady(bytes: Uint8Array, about: About): Uint8Array {
  const parts = Object.entries(unzipSync(bytes)).filter(([name]) => !name.endsWith('/'));
  const ids = new Map<string, string>();
  const named = (xml: string): string =>
    xml.replace(/"(rId[a-z\d_-]{15,})"/g, (_, id: string) => {
      const name = ids.get(id) ?? `rIdLink${ids.size + 1}`;
      ids.set(id, name);
      return `"${name}"`;
    });
  // Before their relationships: links are numbered as they are read.
  const isRels = (name: string): number => Number(name.endsWith('.rels'));
  const order = parts.map(([name]) => name).toSorted((a, b) => isRels(a) - isRels(b) || (a < b ? -1 : 1));
  const texts = new Map(parts);
  const written = new Map(
    order.map((name) => {
      const part = texts.get(name) ?? new Uint8Array();
      return [name, /\.(xml|rels)$/.test(name) ? strToU8(named(strFromU8(part))) : part] as const;
    }),
  );
  written.set('docProps/core.xml', strToU8(coreXml(about)));
  written.set('word/fontTable.xml', strToU8(fontsXml));
  const sorted = [...written].toSorted(([a], [b]) => (placeOf(a) + a < placeOf(b) + b ? -1 : 1));
  return zipSync(Object.fromEntries(sorted), { level: 6, mtime });
}

/** The list of contents comes first, as readers expect it. */
const placeOf = (name: string): number =>
  name === '[Content_Types].xml' ? 0 : name === '_rels/.rels' ? 1 : 2;

function coreXml({ title, made }: About): string {
  const moment = `${made.at.slice(0, 19)}Z`;
  const maker = escaped(made.by);
  return [
    xmlHead,
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    `<dc:title>${escaped(title)}</dc:title><dc:creator>${maker}</dc:creator><cp:lastModifiedBy>${maker}</cp:lastModifiedBy>`,
    `<dcterms:created xsi:type="dcterms:W3CDTF">${moment}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${moment}</dcterms:modified>`,
    '</cp:coreProperties>',
  ].join('');
}

/** Whoever lacks a face takes the next of its other names. 134: the characters of GB 2312. */
const fontsXml = [
  xmlHead,
  '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">',
  ...Object.values(faces).map(
    ({ name, fallbacks }) =>
      `<w:font w:name="${name}"><w:altName w:val="${fallbacks.join(',')}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>`,
  ),
  '<w:font w:name="Times New Roman"><w:altName w:val="Liberation Serif"/><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>',
  '</w:fonts>',
].join('');
