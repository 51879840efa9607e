import type { Look } from './view.ts';

/** Colours by meaning. The page's style sheet holds the same values as custom properties: test/contrast.test.ts. */
export type Palette = {
  readonly paper: string;
  readonly card: string;
  readonly ink: string;
  readonly soft: string;
  readonly faint: string;
  readonly line: string;
  readonly grid: string;
  /** Now: the current period, and what is overdue. Nothing else is red. */
  readonly red: string;
  readonly redWash: string;
  /** Earlier years, the nearest first. */
  readonly past: readonly [string, string, string];
  /** Lines of earlier years, the nearest first: as far apart as 3:1 against the card leaves room for. */
  readonly years: readonly [string, string, string, string];
  readonly good: string;
  readonly goodWash: string;
  readonly warn: string;
  readonly warnWash: string;
  readonly band: string;
  readonly gap: string;
  /** Times the usual width of a line: more where thin lines are hard to see. */
  readonly weight: number;
  /** Without colour: what a colour tells elsewhere is told by a dash, a shape or an outline. */
  readonly plain?: true;
};

const light: Palette = {
  paper: '#f6f5f2',
  card: '#ffffff',
  ink: '#1d1c1a',
  soft: '#5d5a55',
  faint: '#6b6762',
  line: '#e4e1db',
  grid: '#eceae5',
  red: '#b4261c',
  redWash: '#f8e9e6',
  past: ['#5f5a54', '#7b756e', '#938d85'],
  years: ['#4a4641', '#67625c', '#7f7972', '#938d85'],
  good: '#23705a',
  goodWash: '#dcebe4',
  warn: '#8c5200',
  warnWash: '#f6e8d2',
  band: '#e9e6e0',
  gap: '#d8d4cd',
  weight: 1,
};

const dark: Palette = {
  paper: '#161513',
  card: '#1f1e1b',
  ink: '#efece6',
  soft: '#b5b0a7',
  faint: '#9a958c',
  line: '#34322e',
  grid: '#2a2825',
  red: '#ff7a6b',
  redWash: '#3a211d',
  past: ['#b3ada5', '#8f8a82', '#736e67'],
  years: ['#cac4bb', '#a59f96', '#8b867e', '#736e67'],
  good: '#6cc4a4',
  goodWash: '#1e332b',
  warn: '#e5ac55',
  warnWash: '#3a2d17',
  band: '#2b2926',
  gap: '#3b3834',
  weight: 1,
};

/** Black on white: what recedes elsewhere by its grey recedes here by its width. */
const contrast: Palette = {
  paper: '#ffffff',
  card: '#ffffff',
  ink: '#000000',
  soft: '#1f1f1f',
  faint: '#383838',
  line: '#595959',
  grid: '#a3a3a3',
  red: '#a30000',
  redWash: '#ffe9e6',
  past: ['#000000', '#4d4d4d', '#757575'],
  years: ['#000000', '#3d3d3d', '#5c5c5c', '#757575'],
  good: '#00513a',
  goodWash: '#dff3ea',
  warn: '#663a00',
  warnWash: '#ffefd6',
  band: '#dcdcdc',
  gap: '#595959',
  weight: 1.5,
};

/** For paper without colour: ink, its absence, and greys that a copier keeps apart. */
const print: Palette = {
  paper: '#f2f2f2',
  card: '#ffffff',
  ink: '#000000',
  soft: '#333333',
  faint: '#555555',
  line: '#8c8c8c',
  grid: '#d4d4d4',
  red: '#000000',
  redWash: '#ffffff',
  past: ['#333333', '#666666', '#8c8c8c'],
  years: ['#333333', '#555555', '#707070', '#8c8c8c'],
  good: '#000000',
  goodWash: '#e6e6e6',
  warn: '#000000',
  warnWash: '#ffffff',
  band: '#ececec',
  gap: '#b0b0b0',
  weight: 1.2,
  plain: true,
};

export const palettes: Record<Look['theme'], Palette> = { light, dark, contrast, print };

/** What the server measures and draws with comes first, where a machine has it; else the system's own Chinese face. */
export const fontFamily = "'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', sans-serif";

export const FONT_SIZE = 12;
export const ROW_HEIGHT = 34;
/** More units than this are drawn closer together: a page of them has an end. */
export const MANY = 40;
/** Below this a chart is drawn for a phone: fewer ticks, shorter words. */
const NARROW = 560;
export const isNarrow = (look: Pick<Look, 'width'>): boolean => look.width < NARROW;

/** The colour of a year that lies `ago` years back; 0 is now. */
export const yearColour = (palette: Palette, ago: number): string =>
  ago <= 0 ? palette.red : (palette.years[ago - 1] ?? palette.years[3]);

/** Short dashes are the unfinished part's own: those of old years are long. */
const oldDashes: readonly (readonly number[])[] = [
  [12, 3],
  [12, 3, 3, 3],
  [7, 4],
  [12, 3, 3, 3, 3, 3],
  [4, 6],
];

export type YearStroke = {
  readonly stroke: string;
  readonly width: number;
  readonly dash: readonly number[] | undefined;
};
/**
 * The line of a year: the older, the lighter and the thinner; from the fifth on, where the greys end,
 * also dashed, each in its own way; on paper without colour from the second.
 */
export function yearStroke(palette: Palette, ago: number): YearStroke {
  const widths = [2.5, 2, 1.7, 1.4, 1.2];
  // Greys that cannot be told apart on paper are not asked to be.
  const first = palette.plain ? 2 : 5;
  return {
    stroke: yearColour(palette, ago),
    width: (widths[Math.max(0, ago)] ?? 1) * palette.weight,
    dash: ago < first ? undefined : oldDashes[(ago - first) % oldDashes.length],
  };
}

/** Mixes two `#rrggbb` colours; `share` of the second. */
export function mix(a: string, b: string, share: number): string {
  const channel = (hex: string, i: number): number => Number.parseInt(hex.slice(1 + i * 2, 3 + i * 2), 16);
  const mixed = [0, 1, 2].map((i) => Math.round(channel(a, i) * (1 - share) + channel(b, i) * share));
  return `#${mixed.map((c) => c.toString(16).padStart(2, '0')).join('')}`;
}
