import { fold, withDigits } from './text.ts';

/** Why persons were absent, by class; `unclear` counts those whose reason is not written. */
export type Absences = {
  readonly on_duty: number;
  readonly excused: number;
  readonly unexcused: number;
  readonly unclear: number;
};
type Class = keyof Absences;

// Unexcused is looked for first: 未请假 contains 请假.
const classWords: readonly (readonly [Class, RegExp])[] = [
  ['unexcused', /无故|旷会|旷课|旷工|未请假|未履行请假|无正当理由/],
  ['on_duty', /在船|值班|在岗|当班|执勤|引航|在航|出海|轮值|在班|上船|船上|作业|坐班|上班|夜班|带班|备航/],
  [
    'excused',
    /病|事假|请假|公出|公假|出差|因公|公务|外出|产假|婚假|丧假|休假|年假|探亲|陪护|护理假|培训|开会|住院|因事|支援|借调|隔离|就医|补休|轮休|哺乳/,
  ],
];

const classOf = (text: string): Class | null =>
  classWords.find(([, pattern]) => pattern.test(text))?.[0] ?? null;

/**
 * Counts absent persons by the reason given, and keeps no name: `王某（在船）、李某（事假）`,
 * `在船：张三、李四；事假1人`, `3人在船`.
 * @param usual the class of a name without a reason, where the column's heading gives one
 */
export function readAbsences(text: string, usual: Class = 'unclear'): Absences {
  const counts = { on_duty: 0, excused: 0, unexcused: 0, unclear: 0 };
  const t = withDigits(fold(text.slice(0, 2000).replace(/\n/g, '、')), '人|名');
  if (/^(无|没有|全勤|无缺席|全部到齐|全部到会|[-—/]+)$/.test(t)) return counts;
  let label: Class = usual;
  for (const group of t.split(/[;。]/)) {
    label = usual;
    for (const part of splitOutsideBrackets(group)) {
      const named = /^([^:]{1,20}):(.*)$/.exec(part);
      if (named) label = classOf(named[1] ?? '') ?? usual;
      const rest = named ? (named[2] ?? '') : part;
      const [kind, n] = named && rest === '' ? [label, 0] : readPart(rest, label);
      counts[kind] += n;
    }
  }
  return counts;
}

function splitOutsideBrackets(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const c of text) {
    if ('([【'.includes(c)) depth++;
    if (')]】'.includes(c)) depth = Math.max(0, depth - 1);
    if (depth === 0 && '、,/'.includes(c)) {
      parts.push(part);
      part = '';
    } else part += c;
  }
  return [...parts, part].filter((p) => p !== '');
}

function readPart(part: string, label: Class): readonly [Class, number] {
  // `等5人` after the last name is the sum of the list: those not named stay unclear.
  const text = part.replace(/等?共?(?:计)?\d+(?:人|名)$/, (sum: string) => (sum.startsWith('等') ? '' : sum));
  if (text === '') return [label, 0];
  const bracket = /^([^(]*)\(([^()]*)\)(.*)$/.exec(text);
  const outer = bracket ? `${bracket[1]}${bracket[3]}` : text;
  const number =
    /(\d+)(?:人|名)/.exec(outer) ?? /^\D*?(\d+)$/.exec(outer) ?? /(\d+)(?:人|名)/.exec(bracket?.[2] ?? '');
  const kind = classOf(outer) ?? classOf(bracket?.[2] ?? '') ?? label;
  return [kind, number ? Number(number[1]) : 1];
}

/** How many names a cell lists; null for what is no list of names (`全体党员`). */
export function countNames(text: string): number | null {
  const names = text
    .normalize('NFKC')
    .replace(/\([^()]*\)/g, '')
    .split(/[、,;/\n\s]+/)
    .map((name) => name.trim())
    .filter(Boolean);
  const total = /等共?(\d+)(?:人|名)$/.exec(names.at(-1) ?? '');
  if (total) return Number(total[1]);
  const isName = (name: string): boolean =>
    /^[\p{Script=Han}·]{2,6}$|^[A-Za-z][A-Za-z .]+$/u.test(name) &&
    !/全体|党员|支委|委员$|人员|干部|职工|群众|代表|志愿者|青年|船员|.{2}[队组站]$|等$/.test(name);
  return names.length > 0 && names.every(isName) ? names.length : null;
}
