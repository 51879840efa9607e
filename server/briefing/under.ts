import { broken } from '../../shared/charts/shapes.ts';
import type { Lang } from '../../shared/text.ts';
import type { Message } from './pages.ts';
import { say } from './words.ts';

/** The words that an author puts to a chart, and what has changed in it: set into lines. Lengths in points. */

export type UnderLine = { readonly text: string; readonly is: 'changes' | 'comment' };
export type Under = {
  readonly lines: readonly UnderLine[];
  /** The same words, a paragraph each. */
  readonly paragraphs: readonly UnderLine[];
  readonly height: number;
  /** The comment is not whole here: it stands on a page that follows. */
  readonly isCut: boolean;
};

export const LEADING = 1.4;
const PAD = 14;

/** What may not begin a line: it hangs over the end of the one before. */
const CLOSING = /^[，。、；：！？）》”’…]+/;

/** Paragraphs in lines of a width. */
export const linesOf = (text: string, width: number, size: number): string[] =>
  text.split('\n').flatMap((one) => paragraphLines(one, width, size));

function paragraphLines(paragraph: string, width: number, size: number): string[] {
  if (paragraph.trim() === '') return [''];
  const lines: string[] = [];
  for (const line of broken(paragraph, width * 0.96, Infinity, size)) {
    const closing = lines.length > 0 ? (CLOSING.exec(line)?.[0] ?? '') : '';
    if (closing !== '') lines.push(`${lines.pop() ?? ''}${closing}`);
    if (line !== closing) lines.push(line.slice(closing.length));
  }
  return lines;
}

/** Lines of one paragraph put together again: a program that has another face breaks them by itself. */
export const joined = (lines: readonly string[]): string =>
  lines.reduce((text, line) => {
    const isWord = /[\x21-\x7e]$/.test(text) && /^[\x21-\x7e]/.test(line);
    return `${text}${isWord ? ' ' : ''}${line}`;
  }, '');

/** @param most lines of a comment that stand under its chart; null where there is nothing to say */
export function underOf(
  { comment, changes }: Pick<Message, 'comment' | 'changes'>,
  { width, size, lang, most }: { width: number; size: number; lang: Lang; most: number },
): Under | null {
  const label = `${say('remark', lang)}${lang === 'zh' ? '：' : ': '}`;
  const all = comment === null ? [] : linesOf(label + comment, width, size);
  const isCut = all.length > most;
  const shown = isCut ? [...all.slice(0, most - 1), `…${say('onNext', lang)}`] : all;
  const lines: UnderLine[] = [
    ...(changes === null ? [] : linesOf(changes.says, width, size)).map((text) => ({
      text,
      is: 'changes' as const,
    })),
    ...shown.map((text) => ({ text, is: 'comment' as const })),
  ];
  if (lines.length === 0) return null;
  const said = isCut
    ? [joined(shown)]
    : (comment ?? '').split('\n').map((one, i) => (i === 0 ? label + one : one));
  const paragraphs: UnderLine[] = [
    ...(changes === null ? [] : [{ text: changes.says, is: 'changes' as const }]),
    ...(comment === null ? [] : said.map((text) => ({ text, is: 'comment' as const }))),
  ];
  return { lines, paragraphs, height: lines.length * size * LEADING + PAD, isCut };
}

const SIZES = [18, 16, 14] as const;

/** Words on pages of their own: in the largest size in which one page holds them, else on several. */
export function textPages(
  text: string,
  { width, height }: { width: number; height: number },
): {
  readonly pages: string[][];
  /** The same words by page, a paragraph each. */
  readonly paragraphs: string[][];
  readonly size: number;
} {
  const most = (size: number): number => Math.floor(height / (size * LEADING * 1.1));
  const size = SIZES.find((one) => linesOf(text, width, one).length <= most(one)) ?? 14;
  const lines = text
    .split('\n')
    .flatMap((one, paragraph) => linesOf(one, width, size).map((line) => ({ line, paragraph })));
  const count = Math.max(1, Math.ceil(lines.length / most(size)));
  const cut = Array.from({ length: count }, (_, i) => lines.slice(i * most(size), (i + 1) * most(size)));
  return {
    size,
    pages: cut.map((page) => page.map(({ line }) => line)),
    paragraphs: cut.map((page) =>
      [...new Set(page.map((l) => l.paragraph))].map((n) =>
        joined(page.filter((l) => l.paragraph === n).map(({ line }) => line)),
      ),
    ),
  };
}
