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
  readonly good: string;
  readonly goodWash: string;
  readonly warn: string;
  readonly warnWash: string;
  readonly band: string;
  readonly gap: string;
  /** Times the usual width of a line: more where thin lines are hard to see. */
  readonly weight: number;
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
  good: '#00513a',
  goodWash: '#dff3ea',
  warn: '#663a00',
  warnWash: '#ffefd6',
  band: '#dcdcdc',
  gap: '#595959',
  weight: 1.5,
};

export const palettes: Record<Look['theme'], Palette> = { light, dark, contrast };

/** Chinese system faces first; the last ones are what the server draws with. */
export const fontFamily = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif";

export const FONT_SIZE = 12;
export const ROW_HEIGHT = 34;
/** Below this a chart is drawn for a phone: fewer ticks, shorter words. */
const NARROW = 560;
export const isNarrow = (look: Look): boolean => look.width < NARROW;

/** The colour of a year that lies `ago` years back; 0 is now. */
export const yearColour = (palette: Palette, ago: number): string =>
  ago <= 0 ? palette.red : (palette.past[Math.min(ago, palette.past.length) - 1] ?? palette.past[2]);

/** Mixes two `#rrggbb` colours; `share` of the second. */
export function mix(a: string, b: string, share: number): string {
  const channel = (hex: string, i: number): number => Number.parseInt(hex.slice(1 + i * 2, 3 + i * 2), 16);
  const mixed = [0, 1, 2].map((i) => Math.round(channel(a, i) * (1 - share) + channel(b, i) * share));
  return `#${mixed.map((c) => c.toString(16).padStart(2, '0')).join('')}`;
}
