import { spelled } from './pinyin.ts';

/** One name of something, as it is looked for: letters of one case and width, without spaces and strokes. */
export const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\-_·・—–/]+/g, '');

const isLatin = (typed: string): boolean => /^[a-zü][a-z0-9ü]*$/.test(typed);
const isChinese = /\p{Script=Han}/u;

/** How well a name answers to what was typed; 0: not at all. */
export const scores = {
  same: 100,
  begins: 90,
  /** `dgz` and `donggangzhan` are all of 东港站. */
  pinyinSame: 85,
  wordBegins: 75,
  pinyinBegins: 70,
  has: 60,
  pinyinHas: 40,
} as const;

const beginsWord = (name: string, typed: string): boolean =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .some((_, i, words) => words.slice(i).join('').startsWith(typed));

/** @param typed as `folded` gives it */
export function scoreOf(name: string, typed: string): number {
  if (typed === '') return 0;
  const whole = folded(name);
  if (whole === typed) return scores.same;
  if (whole.startsWith(typed)) return scores.begins;
  if (!isChinese.test(name) && beginsWord(name, typed)) return scores.wordBegins;
  if (whole.includes(typed)) return scores.has;
  return isLatin(typed) && isChinese.test(name) ? pinyinScore(whole, typed) : 0;
}

function pinyinScore(name: string, typed: string): number {
  const place = spelled(name, typed);
  if (!place) return 0;
  if (place.start > 0) return scores.pinyinHas;
  return place.length === [...name].length ? scores.pinyinSame : scores.pinyinBegins;
}

/** Something that can be found: by its names, of which the best counts; what it is only spoken of by counts half. */
export type Findable<T> = {
  readonly item: T;
  readonly names: readonly string[];
  readonly also?: readonly string[];
};
export type Ranked<T> = { readonly item: T; readonly score: number };

const best = (names: readonly string[], typed: string): number =>
  Math.max(0, ...names.map((name) => scoreOf(name, typed)));

/** The best so many; among equals the order that they came in. */
export function ranked<T>(findables: readonly Findable<T>[], typed: string, most: number): Ranked<T>[] {
  return findables
    .map(({ item, names, also = [] }) => ({
      item,
      score: Math.max(best(names, typed), best(also, typed) / 2),
    }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most);
}
