import { collected, openPdf } from '../snapshot/pdf.ts';
import { paint, type Doc } from '../snapshot/paint.ts';
import { svgTree } from '../snapshot/svg-tree.ts';
import { appendixOf, changedTable } from './appendix.ts';
import { entriesOf, entryPages, hasChanges, type Entry } from './contents.ts';
import {
  END,
  foot,
  head,
  ink,
  INNER,
  LEAF,
  leaf,
  lines,
  word,
  type Leaf,
  badge,
  box,
  headlineLines,
} from './leaf.ts';
import { chartLeaves } from './leaf-chart.ts';
import { sectionLeaves, tableLeaves } from './leaf-table.ts';
import { formatDate } from '../../shared/format.ts';
import { footOf, propertiesOf, type Message, type Page, type Whole } from './pages.ts';
import { linesOf, textPages } from './under.ts';
import { say } from './words.ts';

/** A briefing on paper: A4 lying, lines and words, no picture of them. */

/** Entries of the contents on a leaf. */
const ENTRIES = 19;

/** The bytes of the .pdf file. The same seals give the same bytes. */
export async function briefingPaper(whole: Whole): Promise<Uint8Array> {
  const { seal } = whole;
  const pages = entryPages(entriesOf(whole), ENTRIES);
  const places = new Map<Entry['of'], number>();
  const leaves: Leaf[] = [coverLeaf(whole), ...pages.map((): Leaf => ({ drawn: [] }))];
  const place = (of: Entry['of'], own: readonly Leaf[]): void => {
    places.set(of, leaves.length + 1);
    leaves.push(...own);
  };
  for (const page of whole.pages) place(page, pageLeaves(whole, page));
  if (hasChanges(whole))
    place(
      'changes',
      whole.messages.flatMap((m) => changeLeaves(whole, m)),
    );
  place('sources', sectionLeaves(appendixOf(whole), around(whole, say('sources', seal.lang))));
  pages.forEach((entries, i) => {
    const counted = pages.length > 1 ? ` ${i + 1}/${pages.length}` : '';
    leaves[i + 1] = contentsLeaf(whole, { entries, places, headline: say('contents', seal.lang) + counted });
  });
  const { title, subject = '', creator, createdAt, lang } = propertiesOf(whole);
  const doc = openPdf({ title, subject, maker: creator, createdAt, lang });
  const bytes = collected(doc);
  leaves.forEach((one, i) =>
    paintLeaf(doc, one, { foot: footOf(whole), page: `${i + 1} / ${leaves.length}` }),
  );
  doc.end();
  return bytes;
}

function paintLeaf(doc: Doc, { drawn, chart, isBare }: Leaf, said: { foot: string; page: string }): void {
  doc.addPage({ size: [LEAF.width, LEAF.height], margin: 0 });
  const picture = svgTree(leaf(...drawn, isBare ? '' : foot(said.foot, said.page)));
  paint(doc, picture, { from: 0, to: LEAF.height });
  if (!chart) return;
  const { span, scale, left, top, width } = chart;
  doc.save();
  doc.transform(scale, 0, 0, scale, left, top - span.from * scale);
  doc.rect(0, span.from, width, span.to - span.from).clip();
  paint(doc, chart.picture, span);
  doc.restore();
}

const around = ({ seal }: Whole, headline: string, over = seal.title) => ({
  over,
  headline,
  demo: seal.demo ? say('demo', seal.lang) : null,
});

const RIM = box(0, 0, 14, LEAF.height, ink.red);
const AT = 72;

function coverLeaf({ seal, sha256 }: Whole): Leaf {
  const { lang, title, occasion, centre, day, maker } = seal;
  const { texts, size } = coverTitle(title);
  const set = lines(texts, { x: AT, y: 170, size, bold: true, leading: 1.3 });
  const under =
    occasion === null
      ? { svg: '', height: 0 }
      : lines(linesOf(occasion, INNER - 60, 15), { x: AT, y: 190 + set.height, size: 15, fill: ink.soft });
  const y = Math.max(390, 215 + set.height + under.height);
  return {
    isBare: true,
    drawn: [
      RIM,
      word(centre, AT, 120, { size: 15, fill: ink.soft }),
      set.svg,
      under.svg,
      word(formatDate(day, lang), AT, y, { size: 14 }),
      word(`${say('maker', lang)} ${maker}`, AT, y + 24, { size: 12, fill: ink.soft }),
      seal.demo ? badge(say('demoLong', lang), LEAF.width - LEAF.right, 60, 11) : '',
      word(`${say('briefing', lang)} ${seal.id} · SHA-256 ${sha256}`, AT, 555, { size: 8, fill: ink.faint }),
    ],
  };
}

const COVER_SIZES = [34, 30, 26, 22, 18] as const;
function coverTitle(title: string): { texts: string[]; size: number } {
  const size = COVER_SIZES.find((one) => linesOf(title, INNER - 60, one).length <= 3) ?? 16;
  return { texts: linesOf(title, INNER - 60, size), size };
}

const STEP = 23;
function contentsLeaf(
  whole: Whole,
  of: { entries: readonly Entry[]; places: ReadonlyMap<Entry['of'], number>; headline: string },
): Leaf {
  const top = head(around(whole, of.headline));
  const rows = of.entries.map(({ of: to, label, text, isHead }, i) => {
    const y = top.bottom + 14 + i * STEP;
    const [line = '', ...rest] = linesOf(text, INNER - 90, 12);
    const look = { size: 12, bold: isHead } as const;
    return [
      word(label, LEAF.left + 24, y, { size: 12, fill: ink.faint, anchor: 'end' }),
      word(rest.length === 0 ? line : `${line}…`, LEAF.left + 36, y, look),
      word(String(of.places.get(to) ?? ''), LEAF.width - LEAF.right, y, {
        size: 12,
        fill: ink.soft,
        anchor: 'end',
      }),
    ].join('');
  });
  return { drawn: [top.svg, ...rows] };
}

function pageLeaves(whole: Whole, page: Page): Leaf[] {
  const { lang, demo } = whole.seal;
  switch (page.is) {
    case 'section': {
      const { texts } = headlineLines(page.text, INNER);
      const set = lines(linesOf(page.text, INNER - 60, 28), {
        x: AT,
        y: 230,
        size: 28,
        bold: true,
        leading: 1.35,
      });
      const mark = demo ? badge(say('demo', lang), LEAF.width - LEAF.right, LEAF.top - 4) : '';
      return texts.length === 0 ? [] : [{ drawn: [RIM, set.svg, mark] }];
    }
    case 'text':
      return textLeaves(whole, page.headline ?? say('text', lang), page.text);
    case 'message':
      return messageLeaves(whole, page);
  }
}

function textLeaves(whole: Whole, headline: string, text: string): Leaf[] {
  const { pages, size } = textPages(text, { width: INNER - 60, height: END - 120 });
  return pages.map((own, i) => {
    const counted = pages.length > 1 ? ` ${i + 1}/${pages.length}` : '';
    const top = head(around(whole, headline + counted));
    return { drawn: [top.svg, lines(own, { x: LEAF.left, y: top.bottom + 8, size, leading: 1.54 }).svg] };
  });
}

function messageLeaves(whole: Whole, message: Message): Leaf[] {
  const { lang } = whole.seal;
  const { leaves, isCut } = chartLeaves(message, {
    over: `${message.n} · ${message.sealed.title}`,
    headline: message.sealed.says,
    demo: message.sealed.demo ? say('demo', lang) : null,
  });
  if (message.comment === null || !isCut) return leaves;
  const headline = `${say('remark', lang)}${lang === 'zh' ? '：' : ': '}${message.sealed.title}`;
  return [...leaves, ...textLeaves(whole, headline, message.comment)];
}

function changeLeaves(whole: Whole, message: Message): Leaf[] {
  const table = changedTable(message);
  if (table === null || message.changes === null) return [];
  const { lang } = whole.seal;
  const over = `${say('changes', lang)} · ${message.n} · ${message.sealed.title}`;
  return tableLeaves(table, { around: around(whole, message.changes.says, over), key: say('marks', lang) });
}
