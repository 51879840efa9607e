import { formatDate, formatDay } from '../../shared/format.ts';
import type { ReviewEvent, ReviewList } from '../../shared/review.ts';
import { kindName } from './notes.ts';
import { label, line, lineTo, plain, type Block, type Writing } from './paper.ts';

/** The events behind a theme's figures. What is not listed is counted, with where it is. */
export function eventList(
  { total, listed, address }: ReviewList<ReviewEvent>,
  { review, lang, w }: Writing,
  isReported: boolean,
): Block[] {
  const hasKinds = listed.some((e) => e.kinds.length > 0);
  // A year that begins in January is named at the head.
  const day = (date: string): string => (review.yearStart === 1 ? formatDay : formatDate)(date, lang);
  if (total === 0) return isReported ? [line(w.noEvents)] : [];
  return [
    label(w.events(listed.length, total)),
    {
      is: 'table',
      columns: [
        { head: w.columns.date, width: 14 },
        ...(hasKinds ? [{ head: w.columns.kind, width: 26 }] : []),
        { head: w.columns.title, width: hasKinds ? 60 : 86 },
      ],
      rows: listed.map((e) => [
        plain(day(e.date)),
        ...(hasKinds ? [plain(e.kinds.map((k) => kindName(k, lang)).join(w.comma))] : []),
        plain(`${e.unit === null ? '' : `${e.unit}${w.colon}`}${e.title ?? w.untitled}`),
      ]),
    },
    ...(listed.length === total
      ? []
      : [lineTo(w.rest(total - listed.length), { text: w.pages.records, address })]),
  ];
}
