import { andBetween, classOf, joinedNames, reasonWords } from './absence-words.ts';

const pureReason = new RegExp(
  `^(?:因|已)?(?:${reasonWords})(?:人员|缺席|缺勤|未到|未参加|外出|人数)?(?=$|[;。、,:：)])`,
  'u',
);
const isPureReason = (text: string): boolean => pureReason.exec(text)?.[0] === text;

/** The blank inside a Latin name parts nobody. */
export const latinName = /(?<=[A-Za-z.])[ \t]+(?=[A-Za-z])/g;

/** White space and ends of lines made to the marks that they stand for; numbers of a list dropped. */
export function marksFor(text: string): string {
  const t = joinedNames(
    text
      .normalize('NFKC')
      .replace(/[[【〔〈{]/g, '(')
      .replace(/[\]】〕〉}]/g, ')'),
  )
    .replace(latinName, '.')
    .replace(andBetween, '、')
    .replace(/\s*\n\s*/g, '、')
    .trim();
  const words = t.split(/\s+/);
  let joined = words[0] ?? '';
  for (const next of words.slice(1)) joined += markBetween(lastPiece(joined), next) + next;
  if (!/^\(?1[.、)]/.test(joined)) return joined;
  return joined.replace(/(^|[;。、,)])\(?\d{1,2}[.、)](?=[\p{Script=Han}*A-Za-z])/gu, '$1、');
}

const lastPiece = (text: string): string => text.split(/[;。、,:]/).at(-1) ?? '';

/** The mark that a blank stands for, between what was read of a part and the next word. */
function markBetween(before: string, next: string): string {
  const isApart = /[\p{Script=Han})*\dA-Za-z]$/u.test(before) && /^[\p{Script=Han}*A-Za-z\d]/u.test(next);
  if (!isApart || (/\d$/.test(before) && /^(?:人|名|位|个)/.test(next))) return '';
  if (/^\d/.test(next)) return /[)人名]$/.test(before) ? '、' : '';
  // `张三 在船`, `3人 在船`: the reason of what stands before it.
  if (pureReason.test(next)) return classOf(before) === null ? '-' : '、';
  // `在船 张三 李四`: the reason stands before those whom it is of.
  return isPureReason(before) ? ':' : '、';
}

const startsReason = new RegExp(`(?:[均都皆]|因|已)?(?:${reasonWords})`, 'uy');
const pureStart = new RegExp(`^(?:${reasonWords})`, 'u');

/** The parts of a group, one for each person or number, told apart by marks and by where another begins. */
export function partsOf(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  const end = (): void => {
    if (part !== '') parts.push(part);
    part = '';
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    if (c === '(') depth++;
    if (c === ')') depth = Math.max(0, depth - 1);
    if (depth === 0 && '、,/'.includes(c)) {
      // `在船/值班3人` are three under one reason.
      if (c !== '/' || !isSameReason(part, text.slice(i + 1))) end();
      continue;
    }
    if (depth === 0 && c !== ')' && part !== '' && beginsAnother(text, i, part)) end();
    part += c;
  }
  end();
  return parts;
}

function isSameReason(part: string, after: string): boolean {
  const [next = ''] = pureStart.exec(after) ?? [];
  return isPureReason(part) && next !== '' && classOf(part) === classOf(next);
}

/** Does the next person, or the next number, begin at `i`: `张三（在船）李四（事假）`, `在船3人事假1人`? */
function beginsAnother(text: string, i: number, before: string): boolean {
  const part = before.slice(before.lastIndexOf(':') + 1);
  const c = text[i] ?? '';
  const said = classOf(part) !== null;
  const numbered = /\d(?:人|名)?$/.test(part.replace(/\([^()]*\)/g, ''));
  startsReason.lastIndex = i;
  const reason = startsReason.test(text);
  if (part.endsWith(')')) {
    if (/\d/.test(c)) return numbered;
    if (reason) return said;
    return (
      /[\p{Script=Han}*A-Za-z]/u.test(c) &&
      !/^(?:等(?!\p{Script=Han})|[人名](?![\p{Script=Han}\d])|共\d)/u.test(text.slice(i, i + 2))
    );
  }
  if (/\d/.test(c)) return said && /\d(?:人|名)\D*$/.test(part);
  return reason && said && numbered && !'人名'.includes(c);
}
