import { broken } from '../../shared/charts/shapes.ts';
import { formatDate } from '../../shared/format.ts';
import {
  addSlide,
  BODY_END,
  frame,
  INNER,
  ink,
  LEFT,
  newDeck,
  plain,
  POINTS,
  TOP,
  WIDTH,
  type Around,
  type Deck,
  type Slide,
} from '../snapshot/office/deck.ts';
import { writeDeck } from '../snapshot/office/deck-write.ts';
import { FACE } from '../snapshot/office/look.ts';
import { addFindingSlides } from '../snapshot/office/pptx.ts';
import { addSectionSlides } from '../snapshot/office/pptx-sources.ts';
import { addTableSlides } from '../snapshot/office/pptx-table.ts';
import { appendixOf, changedTable } from './appendix.ts';
import { entriesOf, entryPages, type Entry } from './contents.ts';
import { footOf, propertiesOf, type Message, type Page, type Whole } from './pages.ts';
import { textPages, underOf, type Under } from './under.ts';
import { say } from './words.ts';

/** A briefing as slides: a cover, its contents, one message a slide with charts that can be edited, an appendix. */

const COVER = 'HangbiaoCover';
/** Entries of the contents on a slide. */
const ENTRIES = 17;

/** The bytes of the .pptx file. The same seals give the same bytes. */
export async function briefingDeck(whole: Whole): Promise<Uint8Array> {
  // Laid down twice: how many slides each message takes is known when they lie there, and the contents come before.
  const places = new Map<Entry['of'], number>();
  layDown(whole, places);
  return writeDeck(layDown(whole, places));
}

function layDown(whole: Whole, places: Map<Entry['of'], number>): Deck {
  const deck = newDeck(propertiesOf(whole));
  defineCover(deck);
  let count = 0;
  const place = (of: Entry['of'], lay: () => number): void => {
    places.set(of, count + 1);
    count += lay();
  };
  place('cover', () => (addCover(deck, whole), 1));
  place('contents', () => addContents(deck, whole, places));
  for (const page of whole.pages) place(page, () => addPage(deck, whole, page));
  place('changes', () => addChanges(deck, whole));
  place('sources', () => {
    const around = { ...aroundOf(whole), headline: say('sources', whole.seal.lang) };
    return addSectionSlides(deck, appendixOf(whole), { around, lang: whole.seal.lang, code: null }).length;
  });
  return deck;
}

const aroundOf = (whole: Whole): Around => ({
  headline: '',
  over: whole.seal.title,
  foot: footOf(whole),
  demo: whole.seal.demo ? say('demo', whole.seal.lang) : null,
  notes: '',
});

/** The ground of the cover and of the slides that begin a part. */
function defineCover({ show }: Deck): void {
  show.defineSlideMaster({
    title: COVER,
    background: { color: ink.card },
    objects: [
      { rect: { x: 0, y: 0, w: 0.22, h: 7.5, fill: { color: ink.red } } },
      {
        placeholder: {
          options: {
            name: 'headline',
            type: 'title',
            x: 1.1,
            y: 2.1,
            w: WIDTH - 2.2,
            h: 1.7,
            margin: 0,
            fontFace: FACE,
            fontSize: 36,
            bold: true,
            color: ink.ink,
            align: 'left',
            valign: 'bottom',
          },
          text: '',
        },
      },
    ],
  });
}

const COVER_SIZES = [40, 34, 28, 24, 20, 16] as const;
function coverSlide({ show }: Deck, headline: string): Slide {
  const slide = show.addSlide({ masterName: COVER });
  const fontSize =
    COVER_SIZES.find(
      (size) => broken(headline, (WIDTH - 2.4) * POINTS, Infinity, size).length * size * 1.25 < 1.7 * POINTS,
    ) ?? 14;
  slide.addText([{ text: headline, options: { fontSize } }], { placeholder: 'headline' });
  return slide;
}

function addCover(deck: Deck, { seal, sha256 }: Whole): void {
  const { lang, title, occasion, centre, day, maker } = seal;
  const slide = coverSlide(deck, title);
  const at = (y: number, h: number) => frame(1.1, y, WIDTH - 2.2, h);
  slide.addText(centre, { ...at(1.2, 0.4), ...plain, fontSize: 18, color: ink.soft });
  if (occasion !== null)
    slide.addText(occasion, { ...at(4, 0.9), ...plain, fontSize: 20, color: ink.soft, fit: 'shrink' });
  slide.addText(`${formatDate(day, lang)}    ${say('maker', lang)} ${maker}`, {
    ...at(5.1, 0.4),
    ...plain,
    fontSize: 16,
    color: ink.ink,
  });
  if (seal.demo)
    slide.addText(say('demoLong', lang), {
      ...frame(1.1, 5.62, 6, 0.36),
      shape: 'roundRect',
      rectRadius: 0.18,
      fill: { color: ink.warnWash },
      color: ink.warn,
      fontFace: FACE,
      fontSize: 13,
      align: 'center',
      valign: 'middle',
      margin: 0,
    });
  slide.addText(`${say('briefing', lang)} ${seal.id} · SHA-256 ${sha256}`, {
    ...at(6.75, 0.3),
    ...plain,
    fontSize: 10,
    color: ink.faint,
  });
  slide.addNotes([title, occasion ?? '', `SHA-256 ${sha256}`].join('\n'));
}

/** @returns how many slides */
function addContents(deck: Deck, whole: Whole, places: ReadonlyMap<Entry['of'], number>): number {
  const { lang } = whole.seal;
  const pages = entryPages(entriesOf(whole), ENTRIES);
  pages.forEach((entries, i) => {
    const counted = pages.length > 1 ? ` ${i + 1}/${pages.length}` : '';
    const slide = addSlide(deck, { ...aroundOf(whole), headline: `${say('contents', lang)}${counted}` });
    const none = { type: 'none' } as const;
    const base = {
      fontFace: FACE,
      fontSize: 13,
      margin: [0.04, 0.08, 0.04, 0] as [number, number, number, number],
      border: [none, none, none, none] as [typeof none, typeof none, typeof none, typeof none],
      valign: 'top',
    } as const;
    const rows = entries.map(({ of, label, text, isHead }) => {
      const slideNumber = places.get(of) ?? 1;
      const look = isHead ? { bold: true, color: ink.ink } : { color: ink.ink };
      return [
        { text: label, options: { ...base, color: ink.faint, align: 'right' as const } },
        {
          text: [{ text, options: { ...look, hyperlink: { slide: slideNumber } } }],
          options: { ...base, ...look },
        },
        { text: String(slideNumber), options: { ...base, color: ink.soft, align: 'right' as const } },
      ];
    });
    slide.addTable(rows, { x: LEFT, y: TOP - 0.2, w: INNER, colW: [0.6, INNER - 1.4, 0.8] });
  });
  return pages.length;
}

/** @returns how many slides */
function addPage(deck: Deck, whole: Whole, page: Page): number {
  const { lang } = whole.seal;
  switch (page.is) {
    case 'section':
      addSection(deck, whole, page.text);
      return 1;
    case 'text':
      return addText(deck, whole, { headline: page.headline ?? say('text', lang), text: page.text });
    case 'message':
      return addMessage(deck, whole, page);
  }
}

function addSection(deck: Deck, whole: Whole, text: string): void {
  const slide = coverSlide(deck, text);
  slide.addText(footOf(whole), {
    ...frame(1.1, 6.75, WIDTH - 2.2, 0.3),
    ...plain,
    fontSize: 10,
    color: ink.faint,
  });
  if (whole.seal.demo)
    slide.addText(say('demo', whole.seal.lang), {
      ...frame(1.1, 4, 4, 0.3),
      ...plain,
      fontSize: 12,
      color: ink.warn,
    });
  slide.addNotes(text);
}

const TEXT = { width: (INNER - 1.5) * POINTS, height: (BODY_END + 0.5 - TOP) * POINTS };

function addText(deck: Deck, whole: Whole, { headline, text }: { headline: string; text: string }): number {
  const { paragraphs: pages, size } = textPages(text, TEXT);
  pages.forEach((paragraphs, i) => {
    const counted = pages.length > 1 ? ` ${i + 1}/${pages.length}` : '';
    const slide = addSlide(deck, {
      ...aroundOf(whole),
      headline: `${headline}${counted}`,
      notes: i === 0 ? text : '',
    });
    slide.addText(
      paragraphs.map((one) => ({ text: one, options: { breakLine: true } })),
      {
        ...frame(LEFT, TOP, INNER - 1.2, BODY_END + 0.5 - TOP),
        ...plain,
        fontSize: size,
        color: ink.ink,
        lineSpacingMultiple: 1.15,
      },
    );
  });
  return pages.length;
}

function addMessage(deck: Deck, whole: Whole, message: Message): number {
  const { lang } = whole.seal;
  const { sealed, proof, n, comment } = message;
  const under = underOf(message, { width: INNER * POINTS - 20, size: 12, lang, most: 5 });
  const slides = addFindingSlides(deck, sealed, {
    proof,
    over: `${n} · ${sealed.title}`,
    foot: footOf(whole),
    under: under === null ? 0 : under.height / POINTS + 0.08,
  });
  const [first] = slides;
  if (under !== null && first) addUnder(first, under, { isTable: sealed.view === 'heatmap', lang });
  if (comment === null || !under?.isCut) return slides.length;
  const headline = `${say('remark', lang)}${lang === 'zh' ? '：' : ': '}${sealed.title}`;
  return slides.length + addText(deck, whole, { headline, text: comment });
}

/** What has changed and the author's words, in a band under the chart. */
function addUnder(
  slide: Slide,
  under: Under,
  { isTable, lang }: { isTable: boolean; lang: 'zh' | 'en' },
): void {
  const h = under.height / POINTS;
  const y = (isTable ? BODY_END + 0.66 : BODY_END) - h;
  slide.addText(
    under.paragraphs.map(({ text, is }) => ({
      text,
      options: { breakLine: true, color: is === 'changes' ? ink.warn : ink.ink },
    })),
    {
      ...frame(LEFT, y, INNER, h),
      shape: 'rect',
      fill: { color: ink.band },
      fontFace: FACE,
      fontSize: 12,
      align: 'left',
      valign: 'middle',
      // Left, right, bottom, top: the library's own order.
      margin: [12, 8, 4, 4],
      objectName: say('remark', lang),
    },
  );
  slide.addShape('rect', { ...frame(LEFT, y, 0.06, h), fill: { color: ink.red } });
}

/** @returns how many slides */
function addChanges(deck: Deck, whole: Whole): number {
  const { lang } = whole.seal;
  return whole.messages.reduce((sum, message) => {
    const table = changedTable(message);
    if (table === null || message.changes === null) return sum;
    const around = {
      ...aroundOf(whole),
      headline: message.changes.says,
      demo: message.sealed.demo ? say('demo', lang) : null,
    };
    const over = `${say('changes', lang)} · ${message.n} · ${message.sealed.title}`;
    const of = { table, over, key: say('marks', lang), whole: say('otherFiles', lang) };
    return sum + addTableSlides(deck, message.sealed, around, of).length;
  }, 0);
}
