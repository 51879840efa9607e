import { formatDate } from '../../shared/format.ts';
import type { ReviewEvent, ReviewList } from '../../shared/review.ts';
import { kindName } from './notes.ts';
import { label, line, plain, type Block, type Writing } from './paper.ts';

/** The events behind a theme's figures. What is not listed is counted, with where it is. */
export function eventList(
  { total, listed, address }: ReviewList<ReviewEvent>,
  { review, lang, w }: Writing,
  isReported: boolean,
): Block[] {
  if (total === 0) return isReported ? [line(w.noEvents)] : [];
  return [
    label(w.events(listed.length, total)),
    {
      is: 'table',
      columns: [
        { head: w.columns.date, width: 17 },
        { head: w.columns.kind, width: 23 },
        { head: w.columns.title, width: 60 },
      ],
      rows: listed.map((e) => [
        plain(formatDate(e.date, lang)),
        plain(e.kinds.map((k) => kindName(k, lang)).join(w.comma)),
        plain(`${e.unit === null ? '' : `${e.unit}${w.colon}`}${e.title ?? w.untitled}`),
      ]),
    },
    ...(listed.length === total ? [] : [line(w.rest(total - listed.length, `${review.origin}${address}`))]),
  ];
}
