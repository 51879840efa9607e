import { xmlHead } from '../workbooks/xml.ts';
import { coreXml, packed, unpacked, type Properties } from './package.ts';

/**
 * A document that the library has written, with what it takes from clock and chance put right: links are named
 * and pictures by their number, and the day is that of the properties. The same document gives the same bytes.
 * @param own parts that stand for the library's
 */
export function writtenSteadily(
  bytes: Uint8Array,
  properties: Properties,
  own: Readonly<Record<string, string>> = {},
): Uint8Array {
  const parts = unpacked(bytes);
  const names = new Map<string, string>();
  const steady = (xml: string): string =>
    xml.replace(/"(rId[a-z\d_-]{15,})"/g, (_, id: string) => {
      const known = names.get(id) ?? `rIdLink${names.size + 1}`;
      names.set(id, known);
      return `"${known}"`;
    });
  // The document before its relationships: links are numbered as they are read.
  for (const name of [...parts.keys()].toSorted(
    (a, b) => Number(a.endsWith('.rels')) - Number(b.endsWith('.rels')) || (a < b ? -1 : 1),
  )) {
    const part = parts.get(name);
    if (typeof part === 'string') parts.set(name, steady(part));
  }
  // The library counts pictures and bookmarks over all documents of a process.
  let pictures = 0;
  const marks = new Map<string, number>();
  const markOf = (id: string): number => {
    const known = marks.get(id) ?? marks.size + 1;
    marks.set(id, known);
    return known;
  };
  const body = parts.get('word/document.xml');
  if (typeof body === 'string')
    parts.set(
      'word/document.xml',
      body
        .replace(/<wp:docPr id="\d+"/g, () => `<wp:docPr id="${++pictures}"`)
        .replace(
          /(<w:bookmark(?:Start|End)\b[^>]*? w:id=")(\d+)"/g,
          (_, before: string, id: string) => `${before}${markOf(id)}"`,
        ),
    );
  parts.set('docProps/core.xml', coreXml(properties));
  parts.set('docProps/app.xml', appXml);
  for (const [name, part] of Object.entries(own)) parts.set(name, part);
  return packed(new Map([...parts].sort(([a], [b]) => (a < b ? -1 : 1))));
}

const appXml = `${xmlHead}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Hangbiao</Application></Properties>`;
