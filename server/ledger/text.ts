// NUL and other controls, zero-width marks, and the characters that turn the direction of writing: none of
// them is seen in a ledger, and each can hide what a cell says. Tab and line breaks stay.
const unseen = /[\p{Cc}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/gu;
const anyUnseen = new RegExp(unseen.source, 'u');

// ASCII that is seen, and the common Han characters: NFKC leaves them as they are.
const folded = /^[!-~\u4e00-\u9fff]*$/;

/** Is all of the text seen, with nothing to be trimmed? A quick look: of some texts that are it says no. */
export const isSeen = (text: string): boolean => folded.test(text);

/** Is nothing in the text that cannot be seen? All that `visible` does to a part of such a text is to trim it. */
export const hidesNothing = (text: string): boolean => !anyUnseen.test(text);

/** The text trimmed; most have nothing to trim, and a look at their ends takes less than to ask for it. */
export const trimmed = (text: string): string =>
  isLetter(text.charCodeAt(0)) && isLetter(text.charCodeAt(text.length - 1)) ? text : text.trim();

// No white space is in these ranges.
const isLetter = (code: number): boolean => (code > 32 && code < 127) || (code >= 0x4e00 && code < 0xfe00);

/** The text without what cannot be seen, trimmed. */
export const visible = (text: string): string =>
  isSeen(text)
    ? text
    : text
        .replace(/\r\n?/g, '\n')
        .replace(unseen, (c) => (c === '\n' || c === '\t' ? c : ''))
        .trim();

/** Full-width forms made half-width and all white space gone: the form in which words are compared. */
export const fold = (text: string): string =>
  folded.test(text) ? text : text.normalize('NFKC').replace(/\s+/g, '');

/** A heading or a kind without marks that carry no meaning. */
export const bare = (text: string): string => {
  const folded = fold(text);
  return marks.test(folded) ? folded.replaceAll(everyMark, '') : folded;
};
const marks = /[*:"'“”‘’「」《》。.]/;
const everyMark = new RegExp(marks.source, 'g');

/** Without anything in brackets. */
export const outsideBrackets = (text: string): string =>
  !/[([【]/.test(text) ? text : text.replace(/\([^()]*\)|\[[^[\]]*\]|【[^【】]*】/g, '');

const digits: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const scales: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** `二十三` is 23, `二〇二二` is 2022; null for what is no such number. */
export function chineseNumber(text: string): number | null {
  if (!/^[零〇一二两三四五六七八九十百千]+$/.test(text) || text.length > 9) return null;
  if (/^[零〇一二三四五六七八九]{2,}$/.test(text))
    return Number([...text].map((c) => digits[c] ?? 0).join(''));
  let total = 0;
  let digit: number | null = null;
  for (const c of text) {
    const scale = scales[c];
    if (scale === undefined) {
      digit = digits[c] ?? 0;
      continue;
    }
    total += (digit ?? 1) * scale;
    digit = null;
  }
  return total + (digit ?? 0);
}

const numerals = new Map<string, RegExp>();

/** Chinese numerals written as digits wherever they stand before one of the given words (`年|月`). */
export function withDigits(text: string, before: string): string {
  if (!/[零〇一二两三四五六七八九十百千]/.test(text)) return text;
  let pattern = numerals.get(before);
  if (!pattern) {
    pattern = new RegExp(`[零〇一二两三四五六七八九十百千]+(?=余?多?来?个?(?:${before}))`, 'g');
    numerals.set(before, pattern);
  }
  return text.replace(pattern, (word) => String(chineseNumber(word) ?? word));
}
