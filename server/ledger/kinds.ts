import type { KindScope } from '../../shared/vocabulary.ts';
import { bare, outsideBrackets } from './text.ts';
import { shippedVocabulary, type KindReading, type KindWords, type Vocabulary } from './vocabulary.ts';

// What stands before the kind and changes nothing: 第一季度党员大会, 3月份支委会, 召开支部党员大会.
const before =
  /^(?:\d{4}年度?|[上下]半年|第?[一二三四1-4]季度|(?:\d{1,2}|[一二三四五六七八九十]+)月份?|第[\d一二三四五六七八九十]+次|第[\d一二三四五六七八九十]+期|第[\d一二三四五六七八九十]+(?=党小组)|本?年度|召开|开展|组织|参加|参观|党支部|支部|党员|全体党员|专题|扩大|普通|线下|\d+[.、])/;
const after = /(?:活动|会议|学习会|大会|会|活动日|\d+)$/;

function one(word: string, known: ReadonlyMap<string, string>): string | undefined {
  for (let w = bare(word).toLowerCase(); w !== ''; w = w.replace(before, '')) {
    for (const form of [w, w.replace(/会议$/, '会'), w.replace(after, ''), `${w}会`]) {
      const code = known.get(form);
      if (code) return code;
    }
    if (!before.test(w)) return undefined;
  }
  return undefined;
}

const marks = '□☐○☑√✓■●';
const options = {
  before: new RegExp(`([${marks}])([^${marks}]+)`, 'g'),
  after: new RegExp(`([^${marks}]+)([${marks}])`, 'g'),
};

/** Of a form's options (`☑主题党日□党课`, `主题党日☑ 党课□`) those that are ticked; other text as it is. */
function ticked(text: string): string {
  const t = text.trim();
  if (!/[□☐○]/.test(t)) return t.replace(/[☑√✓■●]/g, '');
  const first = marks.includes(t.charAt(0));
  return [...t.matchAll(first ? options.before : options.after)]
    .filter(([, a = '', b = '']) => /[☑√✓■●]/.test(first ? a : b))
    .map(([, a = '', b = '']) => (first ? b : a).trim())
    .join('、');
}

/** The kinds that a cell names, all of them: `党员大会、党课` is one event with two. */
export function readKinds(
  text: string,
  scope: KindScope,
  { kinds }: Vocabulary = shippedVocabulary,
): KindReading {
  const words = kinds[scope];
  return words.readings.of(text.slice(0, 200), (cell) => reading(cell, words));
}

function reading(text: string, { known }: KindWords): KindReading {
  const chosen = ticked(text);
  const t = bare(chosen);
  if (t === '' || /^[-—/]+$/.test(t)) return { is: 'blank' };
  const whole = one(t, known);
  if (whole) return { is: 'kinds', codes: [whole] };
  // What is in brackets adds a kind where it names one (党员大会（党课）), and explains where it does not.
  const inner = [...t.matchAll(/\(([^()]*)\)/g)].flatMap((m) => one(m[1] ?? '', known) ?? []);
  const outer = outsideBrackets(chosen.normalize('NFKC'));
  const codes: string[] = [];
  for (const part of outer
    .split(/[、,;/+|\n&·]|\s+|暨|兼/)
    .map(bare)
    .filter(Boolean)) {
    const found = part.split(/和|与|及|并/).map((p) => one(p, known));
    const code = one(part, known);
    if (code) codes.push(code);
    else if (found.every((f) => f !== undefined)) codes.push(...found);
    else return { is: 'unknown', word: part };
  }
  const all = [...new Set([...codes, ...inner])];
  return all.length > 0 ? { is: 'kinds', codes: all } : { is: 'unknown', word: t };
}

/** The one kind that a sheet's, title's or file's name speaks of; null where it names none, or several. */
export function kindWithin(
  text: string,
  scope: KindScope,
  { kinds }: Vocabulary = shippedVocabulary,
): string | null {
  const { taught, titles } = kinds[scope];
  const where = bare(text).toLowerCase();
  const said = taught.get(where);
  if (said !== undefined) return said;
  const words = titles.filter(([word]) => word.length >= 2 && where.includes(word) && !isPlain(word, where));
  const hits = words.filter(([word]) => !words.some(([other]) => other !== word && other.includes(word)));
  const codes = new Set(hits.map(([, code]) => code));
  return codes.size === 1 ? ([...codes][0] ?? null) : null;
}

const plain: ReadonlySet<string> = new Set([
  '其他',
  '其它',
  'other',
  '线上',
  '谈话',
  '比赛',
  '竞赛',
  'contest',
  'outreach',
]);

/** Words of a title before they are kinds. 学习 is one only where the title is of nothing else (2022年学习台账). */
const isPlain = (word: string, where: string): boolean =>
  plain.has(word) || (word === '学习' && /三会一课|组织生活|会议|活动|党建/.test(where));
