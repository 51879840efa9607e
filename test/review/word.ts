import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';

/** A Word document read back, with code of the tests' own: its paragraphs, and its notes by their numbers. */
export type Read = {
  readonly parts: ReadonlyMap<string, string>;
  readonly paragraphs: readonly { readonly text: string; readonly notes: readonly number[] }[];
  readonly notes: ReadonlyMap<number, string>;
  /** Where the notes' links lead, by the notes' numbers. */
  readonly links: ReadonlyMap<number, string>;
  /** Where the links of the paragraphs lead, in their order. */
  readonly bodyLinks: readonly string[];
};

type Open = { text: string; notes: number[] };

/** @throws where a part is not well-formed */
export function readWord(bytes: Uint8Array): Read {
  const parts = new Map(
    Object.entries(unzipSync(bytes))
      .filter(([name]) => /\.(xml|rels)$/.test(name))
      .map(([name, part]) => [name, strFromU8(part)]),
  );
  for (const [name, xml] of parts)
    walk(xml, {}, (fault) => {
      throw new Error(`${name}: ${fault.message}`);
    });
  const notes = new Map<number, string>();
  const links = new Map<number, string>();
  const bodyLinks: string[] = [];
  const [toNotes, toBody] = ['footnotes', 'document'].map((of) =>
    targetsIn(parts.get(`word/_rels/${of}.xml.rels`) ?? '<none/>'),
  );
  let note = 0;
  walk(parts.get('word/footnotes.xml') ?? '', {
    open: (tag, at) => {
      if (tag === 'w:footnote') note = Number(at('w:id'));
      if (tag === 'w:hyperlink') links.set(note, toNotes?.get(at('r:id') ?? '') ?? '');
    },
    text: (said) => void notes.set(note, (notes.get(note) ?? '') + said),
  });
  const paragraphs: Open[] = [];
  // A paragraph stands in no other here.
  walk(parts.get('word/document.xml') ?? '', {
    open: (tag, at) => {
      if (tag === 'w:p') paragraphs.push({ text: '', notes: [] });
      if (tag === 'w:hyperlink') bodyLinks.push(toBody?.get(at('r:id') ?? '') ?? '');
      if (tag === 'w:footnoteReference') paragraphs.at(-1)?.notes.push(Number(at('w:id')));
    },
    text: (said) => {
      const last = paragraphs.at(-1);
      if (last) last.text += said;
    },
  });
  return { parts, paragraphs, notes: new Map([...notes].filter(([id]) => id > 0)), links, bodyLinks };
}

/** The targets of a part's relationships, by their ids. */
function targetsIn(rels: string): Map<string, string> {
  const found = new Map<string, string>();
  walk(rels, {
    open: (tag, at) => {
      if (tag === 'Relationship') found.set(at('Id') ?? '', at('Target') ?? '');
    },
  });
  return found;
}

type Heard = {
  readonly open?: (tag: string, at: (name: string) => string | undefined) => void;
  readonly text?: (said: string) => void;
};

function walk(xml: string, heard: Heard, fault?: (error: Error) => void): void {
  const parser = new SaxesParser();
  let inText = false;
  if (fault) parser.on('error', fault);
  parser.on('opentag', ({ name, attributes }) => {
    inText = name === 'w:t';
    heard.open?.(name, (of) => attributes[of]);
  });
  parser.on('text', (said) => {
    if (inText) heard.text?.(said);
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'w:t') inText = false;
  });
  parser.write(xml).close();
}
