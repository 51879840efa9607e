import { broken } from '../../shared/charts/shapes.ts';
import type { Lang } from '../../shared/text.ts';
import type { Message } from './pages.ts';
import { say } from './words.ts';

/** The words that an author puts to a chart, and what has changed in it: set into lines. Lengths in points. */

export type UnderLine = { readonly text: string; readonly is: 'changes' | 'comment' };
export type Under = {
  readonly lines: readonly UnderLine[];
  readonly height: number;
  /** The comment is not whole here: it stands on a page that follows. */
  readonly isCut: boolean;
};

export const LEADING = 1.4;
const PAD = 14;

/** Paragraphs in lines of a width. */
export const linesOf = (text: string, width: number, size: number): string[] =>
  text.split('\n').flatMap((one) => (one.trim() === '' ? [''] : broken(one, width * 0.96, Infinity, size)));

/** @param most lines of a comment that stand under its chart; null where there is nothing to say */
export function underOf(
  { comment, changes }: Pick<Message, 'comment' | 'changes'>,
  { width, size, lang, most }: { width: number; size: number; lang: Lang; most: number },
): Under | null {
  const colon = lang === 'zh' ? '：' : ': ';
  const all = comment === null ? [] : linesOf(`${say('remark', lang)}${colon}${comment}`, width, size);
  const isCut = all.length > most;
  const shown = isCut ? [...all.slice(0, most - 1), `…${say('onNext', lang)}`] : all;
  const lines: UnderLine[] = [
    ...(changes === null ? [] : linesOf(changes.says, width, size)).map((text) => ({
      text,
      is: 'changes' as const,
    })),
    ...shown.map((text) => ({ text, is: 'comment' as const })),
  ];
  return lines.length === 0 ? null : { lines, height: lines.length * size * LEADING + PAD, isCut };
}

const SIZES = [18, 16, 14] as const;

/** Words on pages of their own: in the largest size in which one page holds them, else on several. */
export function textPages(
  text: string,
  { width, height }: { width: number; height: number },
): { readonly pages: string[][]; readonly size: number } {
  const most = (size: number): number => Math.floor(height / (size * LEADING * 1.1));
  const size = SIZES.find((one) => linesOf(text, width, one).length <= most(one)) ?? 14;
  const lines = linesOf(text, width, size);
  const count = Math.max(1, Math.ceil(lines.length / most(size)));
  return {
    size,
    pages: Array.from({ length: count }, (_, i) => lines.slice(i * most(size), (i + 1) * most(size))),
  };
}
