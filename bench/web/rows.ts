import { quantile } from '../table.ts';
import type { Score } from './lighthouse.ts';
import type { Subject } from './pages.ts';
import type { Painted } from './unwatched.ts';
import type { Visit } from './visit.ts';

export type Slowdown = 1 | 4;
export type Runs = Readonly<Record<Subject['name'], Record<Slowdown, Visit[]>>>;
export type UnwatchedRuns = Readonly<Record<Subject['name'], Record<Slowdown, Painted[]>>>;

/** One line of the table: what is measured, and how it must stand. */
export type Goal = {
  readonly of: keyof Visit;
  readonly name: string;
  readonly unit: 'KB' | 'MB' | 'ms' | '';
  /** Ours is at most so much of the peer's; or, without a peer, at most so much. */
  readonly most?: number;
  readonly against?: 'common' | 'lean';
};

export const goals: readonly Goal[] = [
  { of: 'bytes', name: 'transfer', unit: 'KB', most: 0.35, against: 'common' },
  { of: 'scriptBytes', name: 'of it JavaScript', unit: 'KB' },
  {
    of: 'scriptBytesBeforePaint',
    name: 'JavaScript before first paint',
    unit: 'KB',
    most: 0.12,
    against: 'common',
  },
  { of: 'requests', name: 'requests', unit: '', most: 8 },
  { of: 'fcp', name: 'first contentful paint', unit: 'ms', most: 0.4, against: 'common' },
  { of: 'painted', name: 'charts painted, first frame', unit: 'ms', most: 0.25, against: 'common' },
  { of: 'finished', name: 'charts painted, last frame', unit: 'ms' },
  { of: 'blocking', name: 'total blocking', unit: 'ms', most: 0.25, against: 'common' },
  { of: 'blockingInAll', name: 'blocking before first paint too', unit: 'ms' },
  { of: 'heap', name: 'JS heap', unit: 'MB', most: 0.65, against: 'common' },
  { of: 'shift', name: 'layout shift', unit: '', most: 0.01 },
  { of: 'firstChange', name: 'change to repaint, first', unit: 'ms', most: 0.8, against: 'lean' },
  { of: 'nextChange', name: 'change to repaint, next', unit: 'ms', most: 0.8, against: 'lean' },
  { of: 'scriptBytesLater', name: 'JavaScript fetched for the changes', unit: 'KB' },
];

const scales = { KB: 1_000, MB: 1_000_000, ms: 1, '': 1 } as const;

const figure = (value: number, { unit, of }: Goal): string =>
  (value / scales[unit]).toFixed(of === 'shift' ? 3 : unit === 'MB' ? 1 : 0);

export function rowOf(goal: Goal, runs: Runs, slowdown: Slowdown): string[] {
  const { of, name, unit, most, against } = goal;
  const median = (subject: Subject['name']): number =>
    quantile(
      runs[subject][slowdown].map((v) => v[of]),
      0.5,
    );
  const ours = median('ours');
  const ratio = ours / median(against ?? 'common');
  const isMet = most !== undefined && (against === undefined ? ours <= most : !(ratio > most));
  return [
    `${slowdown === 1 ? '' : `processor / ${slowdown}: `}${name}${unit === '' ? '' : `, ${unit}`}`,
    ...(['ours', 'common', 'lean'] as const).map((subject) => figure(median(subject), goal)),
    Number.isFinite(ratio) ? `${ratio.toFixed(2)}${against === 'lean' ? ' of lean' : ''}` : '–',
    most === undefined ? '' : `≤ ${most}`,
    most === undefined ? '' : isMet ? 'yes' : 'no',
  ];
}

const unwatchedNames = { fcp: 'first contentful paint', painted: 'charts painted, first frame' } as const;

/** Beside the goals' rows: the same two moments with nobody listening to the page. */
export const unwatchedRow = (
  of: keyof typeof unwatchedNames,
  runs: UnwatchedRuns,
  slowdown: Slowdown,
): string[] => {
  const [ours = NaN, common = NaN, lean = NaN] = (['ours', 'common', 'lean'] as const).map((subject) =>
    quantile(
      runs[subject][slowdown].map((v) => v[of]),
      0.5,
    ),
  );
  return [
    `${slowdown === 1 ? '' : `processor / ${slowdown}, `}unwatched: ${unwatchedNames[of]}, ms`,
    ...[ours, common, lean].map((value) => value.toFixed(0)),
    (ours / common).toFixed(2),
    '',
    '',
  ];
};

const least = [95, 100, 100] as const;

export const scoreRow = ({ page, form, of }: Score): string[] => [
  `Lighthouse ${page} ${form}: performance · accessibility · best practices`,
  of.join(' · '),
  '',
  '',
  '',
  `≥ ${least.join(' · ')}`,
  of.every((score, i) => score >= (least[i] ?? 0)) ? 'yes' : 'no',
];

/** What the names of the rows mean exactly. */
export const definitions: readonly string[] = [
  'Ours is the overview of the demo centre, signed in; common is Vue with the whole of ECharts (canvas) and of Element Plus; lean is Vue with ECharts’ core and SVG, nothing animated. Both show five cards with traces, the line chart, the heat map and two lists, from the same routes through a proxy on loopback, compressed by the same means (bench/web/peers). Each visit has a fresh context and an empty cache, 1440 × 900, and begins after a second of rest; until it has settled it is asked by the bare protocol, since the scripts that Playwright brings are parsed by the page’s own thread. Ratios are to common where not said otherwise.',
  'Transfer: encoded bytes with headers of all that is fetched until the page has settled (nothing under way and no task over 50 ms for a second). JavaScript before first paint: encoded bytes of the scripts whose response had ended by the first contentful paint.',
  'Charts painted: after the first frame in which both charts’ marks stand in the document (ours) or ECharts has said `rendered` for both, which with an animation is long before the last frame. Total blocking: what tasks take beyond 50 ms, after the first contentful paint until settled. Heap: after a collection, settled.',
  'Unwatched: the same first view in a tab that Playwright knows nothing of, with no tool listening to the network, which would have the page’s own thread keep what it fetches and decode it once more. No goal is set for these rows; they are what a reader sees.',
  'Change to repaint: from the click on another KPI’s card to the frame that shows its line chart, the pointer having stood on the card for half a second, in which ours asks for the answer and draws the chart ahead. Ours fetches ECharts only when a reader first moves: its bytes are those fetched for the changes.',
];
