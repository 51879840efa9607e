import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import { escaped, xmlHead } from '../workbooks/xml.ts';

/** The packages in which office files are kept (ECMA-376 part 2): parts by name, the same bytes for the same parts. */

export type Parts = Map<string, string | Uint8Array>;

// The first day that a zip can name: no clock of any machine is in a file.
const mtime = new Date(1980, 0, 1);

/** The bytes of a package, its parts in their order; the list of contents comes first, as readers expect it. */
export function packed(parts: Parts): Uint8Array {
  const first = ['[Content_Types].xml', '_rels/.rels'];
  const names = [
    ...first.filter((n) => parts.has(n)),
    ...[...parts.keys()].filter((n) => !first.includes(n)),
  ];
  const zip: Zippable = {};
  for (const name of names) {
    const part = parts.get(name) ?? '';
    zip[name] = typeof part === 'string' ? strToU8(part) : part;
  }
  return zipSync(zip, { level: 6, mtime });
}

const isXml = (name: string): boolean => /\.(xml|rels|vml)$/.test(name);

/** The parts of a package that a library has written; XML as text. */
export function unpacked(bytes: Uint8Array): Parts {
  const files = Object.entries(unzipSync(bytes)).filter(([name]) => !name.endsWith('/'));
  return new Map(files.map(([name, part]) => [name, isXml(name) ? strFromU8(part) : part]));
}

export type Properties = {
  readonly title: string;
  readonly subject?: string;
  readonly creator: string;
  /** The seal by which the file can be checked. */
  readonly identifier?: string;
  readonly lang: 'zh' | 'en';
  /** ISO 8601, UTC. */
  readonly createdAt: string;
};

/** The part `docProps/core.xml`. */
export function coreXml({ title, subject, creator, identifier, lang, createdAt }: Properties): string {
  const said = (name: string, text: string | undefined): string =>
    text === undefined ? '' : `<dc:${name}>${escaped(text)}</dc:${name}>`;
  const moment = `${createdAt.slice(0, 19)}Z`;
  return [
    xmlHead,
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    said('title', title) + said('subject', subject) + said('creator', creator),
    `<cp:lastModifiedBy>${escaped(creator)}</cp:lastModifiedBy>`,
    `${said('identifier', identifier)}<dc:language>${lang === 'zh' ? 'zh-CN' : 'en-GB'}</dc:language>`,
    `<dcterms:created xsi:type="dcterms:W3CDTF">${moment}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${moment}</dcterms:modified>`,
    '</cp:coreProperties>',
  ].join('');
}

const relationships = 'http://schemas.openxmlformats.org/package/2006/relationships';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
export const types = {
  office,
  core: 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties',
  app: `${office}/extended-properties`,
} as const;

export type Relation = { readonly type: string; readonly target: string; readonly isOutside?: boolean };

/** A part of relationships, named `rId1` and on in their order. */
export const relsXml = (relations: readonly Relation[]): string =>
  `${xmlHead}<Relationships xmlns="${relationships}">${relations
    .map(
      ({ type, target, isOutside }, i) =>
        `<Relationship Id="rId${i + 1}" Type="${type.startsWith('http') ? type : `${office}/${type}`}" Target="${escaped(target)}"${isOutside ? ' TargetMode="External"' : ''}/>`,
    )
    .join('')}</Relationships>`;
