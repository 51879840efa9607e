import { readdirSync, readFileSync } from 'node:fs';
import { unzipSync, zipSync } from 'fflate';
import { Random } from '../db/demo/random.ts';

/** A ledger as it was sent, to be damaged. */
export type Sample = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly is: 'text' | 'xlsx' | 'xls';
  /** The parts of an xlsx, unpacked. */
  readonly parts: Readonly<Record<string, Uint8Array>>;
};

const folder = new URL('./ledgers/', import.meta.url);

/** Every ledger of `test/ledgers`, in the order of their names. */
export const samples: readonly Sample[] = readdirSync(folder)
  .sort()
  .flatMap((at) =>
    readdirSync(new URL(`${at}/`, folder))
      .filter((name) => name !== 'expected.json' && name !== 'units.csv')
      .sort()
      .map((name) => sampleOf(name, readFileSync(new URL(`${at}/${encodeURIComponent(name)}`, folder)))),
  );

function sampleOf(name: string, bytes: Uint8Array): Sample {
  if (!name.endsWith('.xlsx')) return { name, bytes, is: name.endsWith('.xls') ? 'xls' : 'text', parts: {} };
  // Colours and authors, which no reader opens, are half of such a file: what is damaged there proves nothing.
  const parts = unzipSync(bytes, { filter: (part) => !/theme|docProps/.test(part.name) });
  return { name, bytes: zipSync(parts), is: 'xlsx', parts };
}

// What readers trip over: ends of cells, rows and texts, quotes, marks of XML and zip, words that say what a row is.
const scraps =
  '\n|\r|,|\t|;|"|\0|\u202e|<|-|/|(|*|&#0;|&lt;|99999999999|年|50余|合计|时间|类型|实到|无|2022年|PK\u0003\u0004|__proto__'.split(
    '|',
  );

type Change = (text: string, random: Random) => string;

/** Two places in their order: near each other, or anywhere. */
function span({ length }: { readonly length: number }, random: Random): readonly [number, number] {
  const from = random.int(0, length);
  return [from, random.chance(0.8) ? Math.min(length, from + random.int(1, 12)) : random.int(from, length)];
}

// On a text, and on bytes as a text of Latin-1.
const changes: readonly [Change, ...Change[]] = [
  function flipped(text, random) {
    if (text === '') return text;
    const at = random.int(0, text.length - 1);
    const other = String.fromCharCode(text.charCodeAt(at) ^ (1 << random.int(0, 7)));
    return text.slice(0, at) + other + text.slice(at + 1);
  },
  function cut(text, random) {
    const [from, to] = span(text, random);
    return text.slice(0, from) + text.slice(to);
  },
  function doubled(text, random) {
    const [from, to] = span(text, random);
    return text.slice(0, to) + text.slice(from);
  },
  function swapped(text, random) {
    const [from, to] = span(text, random);
    const middle = random.int(from, to);
    return text.slice(0, from) + text.slice(middle, to) + text.slice(from, middle) + text.slice(to);
  },
  function strewn(text, random) {
    const at = random.int(0, text.length);
    return text.slice(0, at) + (scraps[random.int(0, scraps.length - 1)] ?? '') + text.slice(at);
  },
];

function changed(text: string, random: Random): string {
  let out = text;
  for (let n = random.int(1, 4); n > 0; n--) out = random.pick(changes)(out, random);
  // A copy that broke off.
  return random.chance(0.05) ? out.slice(0, random.int(0, out.length)) : out;
}

const changedBytes = (bytes: Uint8Array, random: Random): Uint8Array =>
  Buffer.from(changed(Buffer.from(bytes).toString('latin1'), random), 'latin1');

function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

const element = /<(c|row|si|mergeCell|sheet|xf|numFmt)\b[^>]*?(?:\/>|>[^]*?<\/\1>)/g;

/** XML that is still well-formed: an element is gone, stands twice or stands elsewhere; a value is another. */
function changedXml(xml: string, random: Random): string {
  const found = [...xml.matchAll(element)];
  const [first, ...others] = found;
  if (!first || random.chance(0.4)) return changedValue(xml, random);
  const { 0: one, index } = random.pick([first, ...others]);
  const { 0: other, index: place } = random.pick([first, ...others]);
  const instead = random.pick(['', one + one, other, other + one]);
  const out = xml.slice(0, index) + instead + xml.slice(index + one.length);
  return place > index + one.length && random.chance(0.3) ? out.replace(other, one) : out;
}

function changedValue(xml: string, random: Random): string {
  const values = [...xml.matchAll(/(?<==")[^"<]*(?=")|(?<=>)[^<>]+(?=<)/g)];
  const [first, ...others] = values;
  if (!first) return xml;
  const { 0: value, index } = random.pick([first, ...others]);
  const written = changed(value, random).replace(/[&<>"\p{Cc}]/gu, (c) => (c === '<' ? '&lt;' : ' '));
  return xml.slice(0, index) + written + xml.slice(index + value.length);
}

/** Of the parts those that the reader opens, and a sheet most often. */
function partOf(parts: Sample['parts'], random: Random): string {
  const wanted = random.pick([
    /worksheets\/sheet/,
    /worksheets\/sheet/,
    /sharedStrings|workbook\.xml|styles/,
  ]);
  const [first = '', ...others] = Object.keys(parts).filter((path) => wanted.test(path));
  return random.pick([first, ...others]);
}

function mutantXlsx({ bytes, parts }: Sample, random: Random): Uint8Array {
  if (random.chance(0.5)) return changedBytes(bytes, random);
  const path = partOf(parts, random);
  const part = parts[path] ?? new Uint8Array();
  const other = random.chance(0.25)
    ? changedBytes(part, random)
    : Buffer.from(changedXml(Buffer.from(part).toString(), random));
  return zipSync({ ...parts, [path]: other }, { level: random.chance(0.1) ? 1 : 0 });
}

/** The sample with something in it changed: its bytes, its characters, or what an xlsx has packed into it. */
export function mutant(sample: Sample, random: Random): Uint8Array {
  if (sample.is === 'xlsx') return mutantXlsx(sample, random);
  if (sample.is === 'xls' || random.chance(0.4)) return changedBytes(sample.bytes, random);
  return Buffer.from(changed(decoded(sample.bytes), random));
}
