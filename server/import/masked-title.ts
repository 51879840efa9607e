import { personHeadings } from '../../shared/fields.ts';
import { maskNames } from '../ledger/names.ts';

const posts = ['制表人', '制表', '经办人', '书记', '支部书记', '党支部书记'];
const before = [...new Set([...personHeadings, ...posts])].toSorted((a, b) => b.length - a.length).join('|');
const spaced = '\\p{Script=Han}{1,2}[ \\u3000]+\\p{Script=Han}{1,2}(?![\\p{Script=Han}:：])';
/** `填报人：张三`, `书记:张 三`. */
const signed = new RegExp(`((?:${before})\\s*[:：]\\s*)(${spaced}|[^\\s，,；;。]+)`, 'gu');
const label = new RegExp(`(?:${before})\\s*[:：]?\\s*$`, 'u');

/** The cells of a line above a header, with the persons masked who have signed or made the ledger. */
export function maskedTitle(cells: readonly string[]): string[] {
  let last = '';
  return cells.map((text) => {
    const follows = label.test(last);
    if (text !== '') last = text;
    return follows
      ? maskNames(text)
      : text.replace(signed, (_, head: string, name: string) => head + maskNames(name));
  });
}
