import type { Lang } from '../../shared/text.ts';

const zh = {
  menu: '述职材料（Word）',
  hint: '各项的数、同比、规定和背后的记录，留空处由撰写人写',
  toDate: (year: string, day: string) => `${year}（截至${day}）`,
  writing: (year: string) => `正在写${year}的材料……`,
  written: (name: string) => `已下载 ${name}`,
  refused: (why: string, detail: string) => (detail === '' ? `${why}。` : `${why}：${detail}`),
};
export type ReviewMenuWords = typeof zh;

const en: ReviewMenuWords = {
  menu: 'Year-end review (Word)',
  hint: 'Figures, comparisons, norms and the records behind them; the author writes the rest',
  toDate: (year, day) => `${year} (as of ${day})`,
  writing: (year) => `writing the material of ${year} …`,
  written: (name) => `${name} downloaded`,
  refused: (why, detail) => (detail === '' ? `${why}.` : `${why}: ${detail}`),
};

export const reviewMenuWords: Readonly<Record<Lang, ReviewMenuWords>> = { zh, en };
