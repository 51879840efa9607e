import { formatDate } from '../format.ts';
import type { Lang } from '../text.ts';
import { broken, dot, drawnSeries, line, words, type Drawn, type Stage } from './shapes.ts';
import type { Palette } from './theme.ts';
import type { ChartNote, ViewInput } from './view.ts';

/** Notes on a chart's points: a small number over each, in the order of the list under the chart. */

/** A note with its number in the list. */
export type Noted = { readonly n: number; readonly note: ChartNote };

const kindsIn = (kind: readonly string[] | undefined): string => [...(kind ?? [])].sort().join();

/** Those on the figure that the whole chart is of. */
export const notedIn = ({ state, notes = [] }: ViewInput): Noted[] =>
  notes.flatMap((note, i) =>
    note.unit === state.unit && note.kpi === state.kpi && kindsIn(note.kind) === kindsIn(state.kind)
      ? [{ n: i + 1, note }]
      : [],
  );

/** `①`; past what Unicode circles, `(51)`. */
export const numeral = (n: number): string =>
  n <= 20
    ? String.fromCodePoint(0x2460 + n - 1)
    : n <= 35
      ? String.fromCodePoint(0x3251 + n - 21)
      : n <= 50
        ? String.fromCodePoint(0x32b1 + n - 36)
        : `(${n})`;

/** `① 台风停航两周（王芳，2025年9月20日）` · `① Typhoon, no sailing (Wang, 20 Sep 2025)`. */
export function sayNote({ n, note: { body, author, day } }: Noted, lang: Lang): string {
  const by =
    lang === 'zh' ? `（${author}，${formatDate(day, lang)}）` : ` (${author}, ${formatDate(day, lang)})`;
  return `${numeral(n)} ${body}${by}`;
}

const TIP_WIDTH = 280;
const TIP_LINES = 8;
/** For a pointer: its words in lines, and under them by whom and when. */
function tipOf({ n, note: { body, author, day } }: Noted, lang: Lang): string {
  return [
    ...broken(`${numeral(n)} ${body}`, TIP_WIDTH, TIP_LINES),
    lang === 'zh' ? `${author}，${formatDate(day, lang)}` : `${author}, ${formatDate(day, lang)}`,
  ].join('\n');
}

/** A note at its point: the column and the value; null where the point has no figure. */
export type NotePlace = { readonly noted: Noted; readonly index: number; readonly value: number | null };

const RADIUS = 7;
const OVER = 18;
/** Pixels over the plot in which the numbers stand, where columns have their figures over them. */
export const noteRoom = (notes: readonly Noted[]): number => (notes.length === 0 ? 0 : 30);

/**
 * The numbers over the points, with a stem down to each. Several on one point stand side by side; at the
 * top of the plot they stand under it.
 * @param lift pixels between a point and its stem, where the point's own figure stands; the room over the plot is then theirs
 */
export function noteSeries(
  places: readonly NotePlace[],
  { lang, palette }: { lang: Lang; palette: Palette },
  lift = 0,
): object[] {
  if (places.length === 0) return [];
  type Item = NotePlace & Drawn & { readonly nth: number };
  const spotOf = (p: NotePlace): string => `${p.index} ${p.value}`;
  const items: Item[] = places.map((place, i) => ({
    ...place,
    nth: places.slice(0, i).filter((p) => spotOf(p) === spotOf(place)).length,
    tip: tipOf(place.noted, lang),
  }));
  return [
    drawnSeries(
      'notes',
      items,
      ({ index, value, nth, noted }, stage) => {
        const [x, point] = pointIn(stage, index, value);
        const y = point - lift;
        const isUnder = lift === 0 && y - OVER - RADIUS < stage.plot.y;
        const middle = y + (isUnder ? OVER : -OVER);
        const rim = middle + (isUnder ? -RADIUS : RADIUS);
        // The last column's second note goes to the left.
        const right = stage.plot.x + stage.plot.width;
        const way = x + nth * (2 * RADIUS + 3) + RADIUS > right ? -1 : 1;
        const at = x + way * nth * (2 * RADIUS + 3);
        return [
          ...(nth === 0 ? [line([x, y], [x, rim], { stroke: palette.soft })] : []),
          dot(at, middle, RADIUS, { fill: palette.card, stroke: palette.soft }),
          words(at, middle, String(noted.n), { fill: palette.ink, align: 'center', size: 10, bold: true }),
        ];
      },
      { z: 8 },
    ),
  ];
}

/** A point without a figure stands on the ground. */
function pointIn({ plot, at }: Stage, index: number, value: number | null): readonly [number, number] {
  return value === null ? [at(index, 0)[0], plot.y + plot.height - 24] : at(index, value);
}
