import { latinName, marksFor, partsOf } from './absence-parts.ts';
import { andBetween, classOf, joinedNames, reasonWords, type AbsenceClass } from './absence-words.ts';
import { isPersonsName } from './names.ts';
import { fold, withDigits } from './text.ts';

/** Why persons were absent, by class; `unclear` counts those whose reason is not written. */
export type Absences = Readonly<Record<AbsenceClass, number>>;

type Said = { -readonly [K in AbsenceClass]: number };

/**
 * Counts absent persons by the reason given, and keeps no name: `王某（在船）、李某（事假）`,
 * `在船：张三、李四；事假1人`, `3人在船`.
 * @param usual the class of a name without a reason, where the column's heading gives one
 * @param absent how many were absent in all, where it is known: `其余无故` are those who are left
 */
export function readAbsences(
  text: string,
  usual: AbsenceClass = 'unclear',
  absent: number | null = null,
): Absences {
  const counts: Said = { on_duty: 0, excused: 0, unexcused: 0, unclear: 0 };
  const t = withDigits(fold(marksFor(text.slice(0, 2000))), '人|名');
  if (everybodyCame.test(t)) return counts;
  let rest: AbsenceClass | null = null;
  let total: number | null = null;
  for (const group of t.split(/[;。]/)) {
    let label = usual;
    // Names still without a reason, for one that is given to all of them at the end.
    let pending = 0;
    for (const part of partsOf(group)) {
      const named = /^([^:]+):(.*)$/.exec(part);
      if (named) label = classOf(named[1] ?? '') ?? usual;
      const said = named ? (named[2] ?? '') : part;
      const sum = named ? totalOf(named[1] ?? '') : totalOf(said);
      if (sum !== null) total = sum;
      if ((sum !== null && !named) || said === '' || nobody.test(said)) continue;
      if (theRest.test(said)) {
        rest = classOf(said) ?? label;
        continue;
      }
      const [kind, n] = readPart(said, label);
      counts[kind] += n;
      if (kind === 'unclear') pending += n;
      else if (ofAll.test(said)) {
        counts.unclear -= pending;
        counts[kind] += pending;
        pending = 0;
      }
    }
  }
  const sure = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const all = total ?? absent;
  // Those who are left are one at least.
  if (rest) counts[rest] += all === null ? 1 : Math.max(0, all - sure);
  else if (total !== null && total > sure) counts.unclear += total - sure;
  return counts;
}

const everybodyCame =
  /^(?:无|没有|无人|全勤|到齐|无人?(?:缺席|缺勤|请假|未到)(?:人员)?|全部(?:到齐|到会|参加|出席)|[-—/0]+)$/;
const nobody = new RegExp(
  `^(?:${reasonWords})?(?:人员|人数)?(?:无|没有|0人?)$|^无人?(?:缺席|缺勤|请假)`,
  'u',
);
const theRest = /^(?:其余|其他|其它|余者|剩余|剩下)(?:的)?(?:人员|同志|党员|人)?(?!\d)\D*$/;
const ofAll = new RegExp(`(?:[均都皆]|以上)(?:因|在|已)?(?:${reasonWords})`, 'u');

/** `共3人`, `缺席3人`: the number of all, whose reasons stand beside it. */
function totalOf(text: string): number | null {
  const m = /^(?:共计?|合计|总计|缺|(?:缺席|缺勤|未到会?|未参[加会])(?:人员|人数)?)共?(\d+)(?:人|名)?$/.exec(
    text,
  );
  return m ? Number(m[1]) : null;
}

function readPart(part: string, label: AbsenceClass): readonly [AbsenceClass, number] {
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

/** How many names a cell lists; null for what is no list of names (`全体党员`). A masked name (`＊＊`) is one. */
export function countNames(text: string): number | null {
  const names = joinedNames(text.normalize('NFKC'))
    .replace(/\([^()]*\)(?=[\p{Script=Han}*A-Za-z])/gu, '、')
    .replace(/\([^()]*\)/g, '')
    .replace(andBetween, '、')
    .replace(latinName, '.')
    .split(/[、,;/\n\s]+/)
    .filter(Boolean);
  const total = /等共?(\d+)(?:人|名)$/.exec(names.at(-1) ?? '');
  if (total) return Number(total[1]);
  return names.length > 0 && names.every(isPersonsName) ? names.length : null;
}
