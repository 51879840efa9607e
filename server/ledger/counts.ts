import { Remembered } from './remembered.ts';
import type { Cell } from './sheet.ts';
import { chineseNumber, fold, outsideBrackets, withDigits } from './text.ts';

/**
 * A number of persons or things as a ledger writes it. Unknown is not zero: `withheld` was written and is
 * not to be known, `approximate` may have a lower bound, `invalid` cannot be a count at all.
 */
export type CountReading =
  | { readonly is: 'exact'; readonly value: number }
  | { readonly is: 'approximate'; readonly min: number | null }
  | { readonly is: 'blank' | 'none' | 'withheld' | 'invalid' }
  /** `20/24`: present of expected. */
  | { readonly is: 'pair'; readonly first: number; readonly second: number };

const measureWords = '人/次|人次|人员|人|名|户|家|件|个|次|项|位|条|起|批|艘|组|支';
const most = 1_000_000;
/** What is counted may be named beside its number: `党员12人`, `3名党员`, `2家企业`. */
const counted = '党员|支委|委员|同志|党员同志|志愿者|党员志愿者|干部|职工|群众|企业|问题|诉求|意见|建议|困难';
const alonePattern = new RegExp(
  `^(?:${counted})?(?:共计?|合计)?(-?\\d+(?:\\.\\d+)?)(?:${measureWords}){0,2}(?:${counted})?$`,
);
const slashPattern = new RegExp(`^(\\d+)(?:${measureWords})?[/／](\\d+)(?:${measureWords})?$`);
const aboutPattern = new RegExp(
  `^(约|大约|近|将近|不足|不到|最多|超过|超|逾|不少于|至少|多达|达)?(\\d{1,7})(余|多|来|几|以上|左右|上下|\\+)?(?:${measureWords}){0,2}(余|多|以上|左右|上下|\\+)?$`,
);
const spanPattern = new RegExp(`^(\\d{1,6})(?:${measureWords})?[-~至到—](\\d{1,6})(?:${measureWords})?$`);

const unknownWords =
  /^[*＊xX×?#]+(?:人次|人|名|户|家|件|个|次|项)?$|若干|不详|不明|未知|待补|待定|待统|待核|暂缺|未统计|不清|多人|多名|数人|几人|几名|数名|数十|几十|上百|数百|数千|上千|几百|部分|半数|过半|全体|全员|大家|见附|详见|签到|另附|保密|涉密|无法/;

/** Reads a cell of a count column. */
export function readCount(cell: Cell | undefined): CountReading {
  if (!cell || cell.text === '') return { is: 'blank' };
  // A spreadsheet takes `5/5` for the fifth of May: what was typed is gone.
  if (cell.format !== null) return { is: 'withheld' };
  if (cell.number !== null) return exact(cell.number);
  return cell.text.length > 500 ? { is: 'invalid' } : written.of(cell.text, fromText);
}

const written = new Remembered<CountReading>();

function fromText(given: string): CountReading {
  // Two numbers are not one because a blank or a line's end between them is dropped.
  const text = given.normalize('NFKC').trim();
  if (/\d\s+\d/.test(text) && !/^\d{1,3}(?: \d{3})+\D*$/.test(text)) return { is: 'invalid' };
  return sumOf(text) ?? countOf(text);
}

const exact = (n: number): CountReading =>
  Number.isInteger(n) && n >= 0 && n <= most ? { is: 'exact', value: n } : { is: 'invalid' };

function countOf(text: string): CountReading {
  // An export may keep the mark that makes a number text: `'12`.
  const written = fold(text)
    .replace(/^'/, '')
    .replace(/\(([余多])\)/g, '$1');
  const span = wordSpan(written);
  if (span) return span;
  const t = withDigits(written, `${measureWords}|几|多|余|[-~至到—]|$`)
    .replace(/(\d),(?=\d{3}(?:\D|$))/g, '$1')
    .replace(/[。;,]+$/, '');
  const words = outsideBrackets(t);
  if (/^[-‐—–―/\\.~]+$/.test(t)) return { is: 'blank' };
  if (/^(无|没有|暂无|未反映|未提出|无诉求|无问题)$/.test(words)) return { is: 'none' };
  const pair = pairOf(t);
  if (pair) return pair;
  const alone = alonePattern.exec(words);
  if (alone) return exact(Number(alone[1]));
  const about = approximateOf(words);
  if (about) return about;
  if (unknownWords.test(words) || unknownWords.test(written)) return { is: 'withheld' };
  const han = chineseNumber(words);
  return han === null ? { is: 'invalid' } : exact(han);
}

/**
 * `5+2` is 7, and so is `党员5人+群众2人`; `5+若干` is at least 5. Null for what is no sum; a sum that is written out wrong
 * (`5+2=8`) is no count.
 */
function sumOf(text: string): CountReading | null {
  const [terms = '', total, ...more] = fold(text).split('=');
  const parts = terms.split('+');
  if (parts.length < 2 || parts.some((p) => p === '') || more.length > 0) return null;
  let sum = 0;
  let sure = true;
  for (const part of parts) {
    const reading = countOf(part);
    if (reading.is === 'exact') sum += reading.value;
    else if (reading.is === 'approximate' || reading.is === 'withheld') {
      sum += reading.is === 'approximate' ? (reading.min ?? 0) : 0;
      sure = false;
    } else return { is: 'invalid' };
  }
  if (total !== undefined && countOf(total).is !== 'exact') return { is: 'invalid' };
  if (!sure) return { is: 'approximate', min: sum > 0 ? sum : null };
  return total === undefined || isSame(countOf(total), sum) ? exact(sum) : { is: 'invalid' };
}

const isSame = (reading: CountReading, n: number): boolean => reading.is === 'exact' && reading.value === n;

const ones = '一二三四五六七八九';
const wordSpanPattern = new RegExp(
  `^约?([一二三四五六七八九十百]*?)([一两二三四五六七八九])([二三四五六七八九])([十百]?)余?(?:个)?(?:${measureWords}){0,2}$`,
);

/** `五六人` are at least five, not fifty-six; `二三十人` at least twenty; `十二三人` at least twelve. */
function wordSpan(text: string): CountReading | null {
  const m = wordSpanPattern.exec(text);
  if (!m) return null;
  const [, before = '', low = '', high = '', scale = ''] = m;
  const from = ones.indexOf(low === '两' ? '二' : low) + 1;
  // Digits written out (`二五` for 25) do not follow on each other as `二三` do; `三五人` is a way of speaking.
  if (ones.indexOf(high) + 1 !== from + 1 && `${low}${high}` !== '三五') return null;
  return { is: 'approximate', min: chineseNumber(`${before}${low}${scale}`) };
}

function pairOf(t: string): CountReading | null {
  const slash = slashPattern.exec(t);
  if (slash) return { is: 'pair', first: Number(slash[1]), second: Number(slash[2]) };
  const present = /实到\D{0,4}(\d+)/.exec(t);
  const expected = /应到\D{0,4}(\d+)/.exec(t);
  return present && expected ? { is: 'pair', first: Number(present[1]), second: Number(expected[1]) } : null;
}

/** `50余人`, `超过50人`, `50+` are at least 50; `约50人` may be fewer, and has no bound. */
function approximateOf(t: string): CountReading | null {
  const m = aboutPattern.exec(t);
  if (m) {
    const [, before = '', n, ...after] = m;
    const atLeast =
      /^(超过|超|逾|不少于|至少|多达|达)$/.test(before) ||
      after.some((w) => /^(余|多|几|以上|\+)$/.test(w ?? ''));
    const below = /^(约|大约|近|将近|不足|不到|最多)$/.test(before);
    return { is: 'approximate', min: atLeast && !below ? Number(n) : null };
  }
  // `5、6人`: five or six.
  const next = /^(\d{1,3})、(\d{1,3})\D{0,3}$/.exec(t);
  if (next && Number(next[2]) === Number(next[1]) + 1) return { is: 'approximate', min: Number(next[1]) };
  const span = spanPattern.exec(t);
  return span && Number(span[1]) < Number(span[2]) ? { is: 'approximate', min: Number(span[1]) } : null;
}
