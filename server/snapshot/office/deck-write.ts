import { xmlHead } from '../../workbooks/xml.ts';
import { writeBook } from './book-write.ts';
import type { NativeChart } from './chart.ts';
import { blockOf } from './chart-block.ts';
import { chartXml } from './chart-xml.ts';
import type { Deck } from './deck.ts';
import { coreXml, packed, unpacked, type Parts, type Properties } from '../../office/package.ts';

/**
 * A deck as the bytes of a .pptx file. The library lays slides out; its charts, with their workbooks, are put
 * in here, and what it takes from clock, chance and its own count of charts is put right: the same slides
 * give the same bytes.
 */
export async function writeDeck({ show, charts, properties }: Deck): Promise<Uint8Array> {
  const written = (await show.write({ outputType: 'uint8array' })) as Uint8Array;
  const parts = renumbered(unpacked(written));
  charts.forEach(({ chart, size, width, title, hasKey }, i) => {
    const book = `ppt/embeddings/Microsoft_Excel_Worksheet${i + 1}.xlsx`;
    parts.set(book, figuresOf(chart, properties));
    const source = { sheet: SHEET, row: 0, column: 0 };
    const options = { lang: properties.lang, size, width, source, workbook: 'rId1', title, hasKey };
    parts.set(`ppt/charts/chart${i + 1}.xml`, chartXml(chart, options));
  });
  parts.set('docProps/core.xml', coreXml(properties));
  for (const [name, part] of parts)
    if (typeof part === 'string') parts.set(name, mended(name, part, parts, properties));
  return packed(new Map([...parts].sort(([a], [b]) => (a < b ? -1 : 1))));
}

const SHEET = 'Figures';

/** The workbook within a chart, which opens when its figures are edited. */
function figuresOf(chart: NativeChart, properties: Properties): Uint8Array {
  return writeBook({
    properties,
    foot: '',
    sheets: [
      {
        name: SHEET,
        rows: blockOf(chart),
        widths: [28, ...chart.series.map(() => 18)],
        frozen: { rows: 1, columns: 1 },
        repeated: null,
        filtered: null,
        charts: [],
        pictures: [],
      },
    ],
  });
}

/** The library counts charts over all decks of a process: here they begin at 1. */
function renumbered(parts: Parts): Parts {
  const numbers = [...parts.keys()].flatMap((name) => {
    const n = /^ppt\/charts\/chart(\d+)\.xml$/.exec(name)?.[1];
    return n === undefined ? [] : [Number(n)];
  });
  const places = new Map(numbers.sort((a, b) => a - b).map((n, i) => [String(n), String(i + 1)]));
  const put = (text: string): string =>
    text.replace(
      /(charts\/(?:_rels\/)?chart|Microsoft_Excel_Worksheet)(\d+)(\.x)/g,
      (whole, before: string, n: string, after: string) =>
        places.has(n) ? `${before}${places.get(n)}${after}` : whole,
    );
  const refers = (name: string): boolean => name.endsWith('.rels') || name === '[Content_Types].xml';
  return new Map(
    [...parts].map(([name, part]) => [
      put(name),
      typeof part === 'string' && refers(name) ? put(part) : part,
    ]),
  );
}

function mended(name: string, xml: string, parts: Parts, { lang }: Properties): string {
  if (name === '[Content_Types].xml')
    // The library names a master for every slide; there is one.
    return xml.replace(/<Override PartName="\/([^"]+)"[^>]*\/>/g, (whole, part: string) =>
      parts.has(part) ? whole : '',
    );
  if (name === 'ppt/presentation.xml') return notesMasterInPlace(xml);
  if (name === 'docProps/app.xml') return appXml;
  const said =
    lang === 'zh' && /^ppt\/(slides|notesSlides)\//.test(name)
      ? xml.replaceAll('lang="en-US"', 'lang="zh-CN"')
      : xml;
  return name.startsWith('ppt/notesSlides/') ? paragraphs(said) : said;
}

/** The list of masters of notes stands behind that of slides' masters (ECMA-376 part 1, 19.2.1.26). */
function notesMasterInPlace(xml: string): string {
  const list = /<p:notesMasterIdLst>.*?<\/p:notesMasterIdLst>/s.exec(xml)?.[0];
  if (list === undefined) return xml;
  return xml.replace(list, '').replace('</p:sldMasterIdLst>', `</p:sldMasterIdLst>${list}`);
}

/** Lines of notes are paragraphs. */
const paragraphs = (xml: string): string =>
  xml.replace(
    /<a:p><a:r>(<a:rPr[^>]*\/>)<a:t>([^<]*)<\/a:t><\/a:r>(<a:endParaRPr[^>]*\/>)<\/a:p>/g,
    (_, run: string, text: string, end: string) =>
      text
        .split(/\r?\n/)
        .map((line) => (line === '' ? `<a:p>${end}</a:p>` : `<a:p><a:r>${run}<a:t>${line}</a:t></a:r></a:p>`))
        .join(''),
  );

const appXml = `${xmlHead}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Hangbiao</Application></Properties>`;
