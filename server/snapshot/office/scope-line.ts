import { factsOf } from '../facts.ts';
import type { Sealed } from '../sealed.ts';

/** Facts in one line, for heads and feet. */

const scopeKeys: ReadonlySet<string> = new Set([
  'scope',
  'shown',
  'figure',
  'measure',
  'years',
  'yearStart',
  'asOf',
  'structure',
  'basis',
  'coverage',
  'demo',
]);
const footKeys: ReadonlySet<string> = new Set(['scope', 'asOf', 'snapshot', 'demo']);

const lineOf = (sealed: Sealed, keys: ReadonlySet<string>): string =>
  factsOf(sealed)
    .filter(({ key }) => keys.has(key))
    .map(({ label, text }) => `${label}${sealed.lang === 'zh' ? ' ' : ': '}${text}`)
    .join(' · ');

/** Of what, of when: `范围 江海引航中心 · 指标 学习次数 · 年份 2022–2025年 · 截至 2025年9月30日`. */
export const scopeLine = (sealed: Sealed): string => lineOf(sealed, scopeKeys);

/** For the foot of every page: scope, day and number of the snapshot. */
export const footLine = (sealed: Sealed): string => lineOf(sealed, footKeys);
