import { formatDate, yearName } from '../../shared/format.ts';
import {
  ledgersTheme,
  rectificationTheme,
  themes,
  workThemes,
  type Review,
  type ReviewTheme,
  type ThemeOutline,
} from '../../shared/review.ts';
import type { Lang } from '../../shared/text.ts';
import { eventList } from './event-list.ts';
import { figureTable, kindTable, slotTable } from './figure-tables.ts';
import { known } from './figures.ts';
import {
  label,
  line,
  lineTo,
  writingOf,
  type Block,
  type Paper,
  type TextBlock,
  type Writing,
} from './paper.ts';
import { itemLists, nextList } from './item-lists.ts';
import { remarksOn, unknownOf } from './remarks.ts';

/**
 * The report as paper, in the order that such reports take: 一、年度主要工作 by theme, 二、整改落实,
 * 三、下年安排 left to the author; what the figures rest on stands behind. The same report, the same paper.
 */
export function paperOf(review: Review, lang: Lang): Paper {
  const writing = writingOf(review, lang);
  const { w } = writing;
  const blocks = [
    ...headOf(writing),
    text('part', w.parts.work),
    ...workThemes.flatMap((outline, nth) => [
      text('theme', w.theme(nth, outline.name[lang])),
      ...themeBlocks(outline, writing),
      text('author', w.author),
    ]),
    text('part', w.parts.rectification),
    ...themeBlocks(rectificationTheme, writing),
    ...itemLists(writing),
    text('author', w.author),
    text('part', w.parts.plan),
    text('author', w.author),
    ...nextList(writing),
    text('part', w.annexes.ledgers),
    ...themeBlocks(ledgersTheme, writing),
    ...contradictions(writing),
    text('part', w.annexes.definitions),
    ...definitions(writing),
  ];
  return {
    lang,
    title: titleOf(writing),
    demo: review.demo ? w.demo : null,
    made: review.made,
    origin: review.origin,
    blocks,
    notes: writing.notes,
  };
}

/** `东港引航站党支部2026年度述职材料.docx` */
export function reviewFileName(review: Review, lang: Lang): string {
  const { w } = writingOf(review, lang);
  return w.fileName(review.unit.name, yearOf(review, w));
}

const text = (is: TextBlock, said: string): Block => ({ is, text: said });

const yearOf = ({ year, yearStart }: Review, w: Writing['w']): string => w.yearOf(yearName(year, yearStart));

const titleOf = ({ review, w }: Writing): string => w.title(review.unit.name, yearOf(review, w));

function headOf(writing: Writing): Block[] {
  const { review, lang, w } = writing;
  const { unit, events, asOf, askedDay, isOver, made, dataVersion, demo } = review;
  const day = formatDate(asOf, lang);
  const comma = lang === 'zh' ? '；' : '; ';
  return [
    text('title', titleOf(writing)),
    ...(demo ? [text('demo', w.demo)] : []),
    text('under', `${w.asOf(day)}${isOver ? '' : w.notOver}`),
    ...(askedDay === null ? [] : [text('under', w.capped(formatDate(askedDay, lang), day))]),
    text('under', [w.version(dataVersion), w.made(made.by, made.shown)].join(lang === 'zh' ? '，' : ', ')),
    ...(unit.path.length === 0 ? [] : [text('under', w.belongs(unit.path.join(' › ')))]),
    ...(events.length === 0 ? [] : [text('under', w.happened(events.map((e) => e[lang]).join(comma)))]),
    text('about', w.about),
  ];
}

/** Figures, what must be said of them, events, and what is not known. */
function themeBlocks({ id }: ThemeOutline, writing: Writing): Block[] {
  const { review, w } = writing;
  const theme = review.themes.find((t) => t.id === id);
  if (!theme) throw new RangeError(`the report has no theme "${id}"`);
  return [
    figureTable(theme.figures, writing),
    ...remarksOn(theme, writing),
    ...splitOf(theme, writing, w),
    ...(theme.events === null ? [] : eventList(theme.events, writing, isReported(theme))),
    ...unknownOf(theme, writing),
  ];
}

function splitOf(theme: ReviewTheme, writing: Writing, w: Writing['w']): Block[] {
  if (theme.id === 'life')
    return writing.review.slots.length === 0
      ? []
      : [label(w.slots), slotTable(writing.review.slots, writing)];
  return theme.byKind.length === 0 ? [] : [label(w.byKind), kindTable(theme.byKind, writing)];
}

/** Is anything of the theme handed in? */
const isReported = ({ figures }: ReviewTheme): boolean => figures.some((f) => f.now.status !== 'none');

function contradictions({ review, lang, w }: Writing): Block[] {
  const { counts, address } = review.contradictions;
  // Whatever ledger is handed in is checked.
  const isChecked = review.themes.some(isReported);
  if (counts.length === 0) return [line(isChecked ? w.noContradictions : w.notChecked)];
  const said = counts.map(({ code, count }) => w.contradictions(w.codes[code], count));
  return [
    label(w.contradictionsTitle),
    line(`${said.join(lang === 'zh' ? '，' : ', ')}${w.stop}`),
    lineTo(w.contradictionsAt, { text: w.pages.contradictions, address }),
  ];
}

function definitions({ lang, w }: Writing): Block[] {
  const ids = [...new Set(themes.flatMap((t) => t.figures.map((f) => f.kpi)))];
  return ids.map((id) => {
    const { name, definition } = known(id);
    return line(`${name[lang]}${w.colon}${definition[lang]}`);
  });
}
