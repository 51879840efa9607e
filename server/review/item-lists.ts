import { formatDate, formatPeriod } from '../../shared/format.ts';
import { ITEMS_LISTED, type ReviewItem, type ReviewList } from '../../shared/review.ts';
import { kindName } from './notes.ts';
import { label, line, lineTo, plain, type Block, type Writing } from './paper.ts';

/** Problems that stand open, with how long past their day; those without an end apart. */
export function itemLists(writing: Writing): Block[] {
  const { review, w } = writing;
  const { isReported, open, longTerm } = review.rectification;
  if (!isReported) return [line(w.notReported)];
  return [
    ...(open.total === 0
      ? [line(w.noneOpen)]
      : [label(w.openTitle(open.listed.length, open.total)), ...itemTable(open, writing)]),
    ...(longTerm.total === 0
      ? []
      : [label(w.longTitle(longTerm.listed.length, longTerm.total)), ...itemTable(longTerm, writing)]),
  ];
}

function itemTable({ listed, total, address }: ReviewList<ReviewItem>, writing: Writing): Block[] {
  const { lang, w } = writing;
  const day = (date: string | null): string => (date === null ? w.none : formatDate(date, lang));
  const { items } = w;
  return [
    {
      is: 'table',
      columns: [
        { head: items.raised, width: 15 },
        { head: items.problem, width: 31 },
        { head: items.due, width: 15 },
        { head: items.extended, width: 15 },
        { head: items.state, width: 13 },
        { head: items.age, width: 11 },
      ],
      rows: listed.map((i) => [
        plain(day(i.date)),
        plain(`${i.of === null ? '' : `${i.of}${w.colon}`}${i.title ?? w.untitled}`),
        plain(day(i.dueOn)),
        plain(day(i.extendedTo)),
        plain(w.itemState[i.state]),
        plain(i.age === null ? w.none : w.ageDays(i.age)),
      ]),
    },
    ...(listed.length === total
      ? []
      : [lineTo(w.rest(total - listed.length), { text: w.pages.rectification, address })]),
  ];
}

/** What falls due next, for whoever plans the next year. */
export function nextList({ review, lang, w }: Writing): Block[] {
  const { slots, items, from, days } = review.next;
  const whose = (of: string | null): string => (of === null ? '' : `${of}${w.colon}`);
  const said = [
    ...slots.map(({ of, by, kind, period, met, wanted, state }) => {
      const what = { kind: kindName(kind, lang), period: formatPeriod(period, lang), met, wanted };
      const told = w.nextSlot(formatDate(by, lang), what);
      return whose(of) + told + (state === 'unknown' ? w.nextUnknown : '');
    }),
    ...items.map((i) => whose(i.of) + w.nextItem(formatDate(i.by, lang), i.title ?? w.untitled)),
  ];
  const listed = said.slice(0, ITEMS_LISTED);
  return [
    label(w.nextTitle(formatDate(from, lang), days)),
    ...(said.length === 0 ? [line(w.nextNone)] : listed.map((text): Block => ({ is: 'item', text }))),
    ...(said.length > listed.length ? [line(w.nextMore(said.length - listed.length))] : []),
  ];
}
