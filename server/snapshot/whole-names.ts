import type { Lang } from '../../shared/text.ts';
import { shortName, type Unit } from '../../shared/unit.ts';

/** So many are written out under a picture; the rest is counted. */
const MOST = 24;

const words = {
  zh: { names: '全称：', more: (n: number) => `另有 ${n} 个，见数据表` },
  en: { names: 'In full: ', more: (n: number) => `and ${n} more, in the table` },
} as const;

/**
 * The names that a drawing had no room for, written out: `全称：……；……`.
 * @param drawn the words of the drawing; a cut one has an ellipsis in it
 * @returns null where none was cut
 */
export function wholeNames(drawn: readonly string[], units: readonly Unit[], lang: Lang): string | null {
  const cut = new Set(drawn.filter((text) => text.length > 2 && text.includes('…')));
  const all = units.map((u) => shortName(u.name));
  const found = [...cut].flatMap((text) => {
    const [begin = '', end = ''] = text.split('…', 2);
    return all.filter(
      (name) => name.length > begin.length + end.length && name.startsWith(begin) && name.endsWith(end),
    );
  });
  const names = [...new Set(found)];
  if (names.length === 0) return null;
  const { names: label, more } = words[lang];
  const rest = names.length - MOST;
  const shown = [...names.slice(0, MOST), ...(rest > 0 ? [more(rest)] : [])];
  return label + shown.join(lang === 'zh' ? '；' : '; ');
}
