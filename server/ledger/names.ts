import { Remembered } from './remembered.ts';
import { andBetween, joinedNames, reasonWords } from './absence-words.ts';

const titles =
  '党委书记|副书记|书记|副站长|站长|副主任|主任|组织委员|宣传委员|纪检委员|委员|副组长|组长|船长|引航员|老师|教授|副处长|处长|科长|部长|主席|同志|预备党员';

const numerals = '[零〇一二两三四五六七八九十百千]{1,9}';
/** What a cell of names and reasons says besides names. What is not among these is taken for a name. */
const kept = [
  reasonWords,
  titles,
  // Collective words, and words of the column itself.
  '全体|全部|全员|全勤|到齐|到会|出席|参加|大家|其余|其他|其它|余者|剩余|剩下|以上|以下|均已|分别',
  '正式党员|党员|支委会?|支部|党小组|党支部|党委|人员|人数|名单|干部|职工|群众|代表|志愿者|志愿|青年|船员|引航站|驻站',
  '缺席|缺勤|未到会?|未参[加会]|没有|无人|原因|不明|不详|未说明|情况|说明|身体不适|家中|因故|迟到|早退',
  '无人?(?=缺席|缺勤|请假|未到)|无(?!\\p{Script=Han})',
  `[均都皆因已](?=${reasonWords})`,
  `在(?=${reasonWords})`,
  // Numbers of persons, sums of a list, parts of a date.
  `${numerals}(?:余|多|几)?个?(?:人次|人|名|位)`,
  '(?<=[\\d０-９])\\s*(?:人次|人|名|位|余人|多人|年|月|日|号|天|小时|时|分|岁|次|期|点)',
  `共(?=\\s*[\\d０-９]|${numerals}[人名])|共计|合计|总计|缺(?=共?\\s*[\\d０-９]|共?${numerals}[人名])|[人名](?!\\p{Script=Han})|等(?!\\p{Script=Han})|等(?=共?\\s*[\\d０-９])|等(?=共?${numerals}[人名])`,
  '[站队组](?!\\p{Script=Han})',
].join('|');
const keptWord = new RegExp(kept, 'uy');

const person = /[\p{Script=Han}·]/u;
const latin =
  /(?<![A-Za-zＡ-Ｚａ-ｚ])[A-Za-zＡ-Ｚａ-ｚ](?:[A-Za-zＡ-Ｚａ-ｚ.'’ \u3000-]*[A-Za-zＡ-Ｚａ-ｚ])?/gu;
const LONGEST_NAME = 6;
const widthOf = (length: number): number => (length > LONGEST_NAME ? 4 : Math.min(length, 2));
// Stands for a masked name until those that touch are made one: no ledger can hold it, being a private character.
const mark = '\uE000';

/**
 * The text with each person's name as `＊＊`, and with its reasons, numbers and marks kept: it still reads to the same
 * classes and to as many persons. Han characters of which it is not sure are masked: one as `＊`, and a run too long for
 * a name as `＊＊＊＊`.
 */
export const maskNames = (text: string): string => (unnamed.test(text) ? text : masked.of(text, masking));

// Figures alone name nobody.
const unnamed = /^[\d\s./:%-]*$/;
const masked = new Remembered<string>();

function masking(text: string): string {
  const t = joinedNames(text).replaceAll(mark, '');
  const between = t.match(andBetween) ?? [];
  // What stands on either side of an `和` is read as if it stood alone.
  return t
    .split(andBetween)
    .map((part, i) => `${marked(part)}${between[i] ?? ''}`)
    .join('')
    .replace(latin, mark.repeat(2))
    .replace(touching, (found) => '＊'.repeat(found.length > 3 ? 4 : Math.min(found.length, 2)));
}

/** The text with its masks still as marks, one for each character. */
function marked(t: string): string {
  let out = '';
  let run = '';
  const end = (): void => {
    out += mark.repeat(widthOf([...run].length));
    run = '';
  };
  for (let i = 0; i < t.length;) {
    const c = String.fromCodePoint(t.codePointAt(i) ?? 0);
    keptWord.lastIndex = i;
    const word = keptWord.exec(t)?.[0];
    if (word !== undefined && word !== '') {
      end();
      out += word;
      i += word.length;
      continue;
    }
    if (person.test(c)) run += c;
    else {
      end();
      out += c;
    }
    i += c.length;
  }
  end();
  return out;
}

/** `张*` and `张**` were masked in part before; what is left of them goes too. */
const touching = new RegExp(`(?<![*＊])[*＊]*${mark}[*＊${mark}]*`, 'g');

const name = new RegExp(`^(?:${titles})?[*＊]{2}(?:${titles})?$|^(?:${titles})?[*＊](?:${titles})$`);

/** Is the text one person's name, masked or not, with a title or without? */
export const isPersonsName = (text: string): boolean => name.test(maskNames(text));
