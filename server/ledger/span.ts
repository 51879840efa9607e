import { addMonths, isMonth } from '../../shared/period.ts';
import { fold, withDigits } from './text.ts';

/** What a title, a sheet's name or a file's name says about time. Months are `YYYY-MM`. */
export type Span =
  | { readonly is: 'year'; readonly year: number }
  | { readonly is: 'months'; readonly from: string; readonly to: string };

const month = (year: string | number, m: string | number): string => `${year}-${String(m).padStart(2, '0')}`;
const y = '(?<!\\d)((?:19|20)\\d{2})';
const join = '[-~至到—–―]+';

type Form = readonly [RegExp, (m: RegExpExecArray) => readonly [string, string]];
const quarters = '一二三四';
const quarter = (text: string | undefined): number => quarters.indexOf(text ?? '') + 1 || Number(text);

const forms: readonly Form[] = [
  // 2021年10月-2022年3月, 2022.1-2022.9, 2022-01至2022-09
  [
    new RegExp(`${y}[年./-](\\d{1,2})月?(?:份|\\d{1,2}日)?${join}((?:19|20)\\d{2})[年./-](\\d{1,2})(?!\\d)`),
    (m) => [month(m[1] ?? '', m[2] ?? ''), month(m[3] ?? '', m[4] ?? '')],
  ],
  // 2022年1-9月, 2022年1月至9月
  [
    new RegExp(`${y}年?(\\d{1,2})月?(?:份)?${join}(\\d{1,2})月`),
    (m) => [month(m[1] ?? '', m[2] ?? ''), month(m[1] ?? '', m[3] ?? '')],
  ],
  [
    new RegExp(`${y}[./](\\d{1,2})${join}(\\d{1,2})(?!\\d)`),
    (m) => [month(m[1] ?? '', m[2] ?? ''), month(m[1] ?? '', m[3] ?? '')],
  ],
  // 截至2022年9月
  [new RegExp(`截[至止]到?${y}年(\\d{1,2})月`), (m) => [month(m[1] ?? '', 1), month(m[1] ?? '', m[2] ?? '')]],
  [new RegExp(`${y}年?度?上半年`), (m) => [month(m[1] ?? '', 1), month(m[1] ?? '', 6)]],
  [new RegExp(`${y}年?度?下半年`), (m) => [month(m[1] ?? '', 7), month(m[1] ?? '', 12)]],
  [
    new RegExp(`${y}年?度?第?([一二三四1-4])${join}第?([一二三四1-4])季度`),
    (m) => [month(m[1] ?? '', quarter(m[2]) * 3 - 2), month(m[1] ?? '', quarter(m[3]) * 3)],
  ],
  [
    new RegExp(`${y}年?度?第?([一二三四1-4])季度`),
    (m) => [month(m[1] ?? '', quarter(m[2]) * 3 - 2), month(m[1] ?? '', quarter(m[2]) * 3)],
  ],
  [new RegExp(`${y}年?前三季度`), (m) => [month(m[1] ?? '', 1), month(m[1] ?? '', 9)]],
  // 2021-2022年
  [
    new RegExp(`${y}年?度?${join}((?:19|20)\\d{2})(?=年|度|\\D|$)(?!\\d)`),
    (m) => [month(m[1] ?? '', 1), month(m[2] ?? '', 12)],
  ],
  // One month alone; a whole date (2022年3月5日) is the day on which a form was filled in.
  [
    new RegExp(`${y}年(\\d{1,2})月(?!份?\\d)`),
    (m) => [month(m[1] ?? '', m[2] ?? ''), month(m[1] ?? '', m[2] ?? '')],
  ],
];

const partOfYear =
  /^(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?|\d{1,2}[-~至—]\d{1,2}月份?|第?[一二三四1-4]季度|[上下]半年)$/;

const formDates =
  /(?:填报|制表|填表|统计|打印|报送|更新|导出|上报)(?:日期|时间)?[::]?(?:19|20)\d{2}[年./-]?\d{1,2}[月./-]?\d{1,2}日?/g;

/** The span of time that a text states; null where it states none, or several years without saying from–to. */
export function spanWithin(text: string): Span | null {
  const t = withDigits(fold(text.slice(0, 2000)), '年|月').replace(formDates, '');
  for (const [pattern, read] of forms) {
    const m = pattern.exec(t);
    if (!m) continue;
    const [from, to] = read(m);
    if (isMonth(from) && isMonth(to) && from <= to) return { is: 'months', from, to };
  }
  const years = new Set([...t.matchAll(/(?<!\d)((?:19|20)\d{2})(?=年|\D|$)/g)].map((m) => Number(m[1])));
  const marked = new Set([...t.matchAll(/(?<!\d)((?:19|20)\d{2})年/g)].map((m) => Number(m[1])));
  const [year] = years.size === 1 ? years : marked.size === 1 ? marked : [];
  return year === undefined ? null : { is: 'year', year };
}

/**
 * The first source that says anything holds; a later one may only narrow its year to months of the same year.
 * Sources go from the nearest to the rows to the farthest: title, sheet, file.
 */
export function spanOf(sources: readonly string[]): Span | null {
  const spans = sources.map(spanWithin).filter((s) => s !== null);
  const [first] = spans;
  if (first?.is !== 'year') return first ?? null;
  // A sheet called 3月 or 一季度 holds that part of the year that the file's name gives.
  const part = sources.map((text) => partOfYear.exec(fold(text))?.[0]).find((found) => found !== undefined);
  if (part !== undefined) return spanWithin(`${first.year}年${part}`) ?? first;
  const narrower = spans.find(
    (s) => s.is === 'months' && s.from.startsWith(`${first.year}`) && s.to.startsWith(`${first.year}`),
  );
  return narrower ?? first;
}

/** The year in which a month written without one falls; null where the span holds it twice or nothing is said. */
export function yearIn(span: Span | null, option: number | undefined, m: number): number | null {
  if (span?.is === 'year') return span.year;
  if (!span) return option ?? null;
  const years = new Set<number>();
  for (let at = span.from; at <= span.to; at = addMonths(at, 1))
    if (Number(at.slice(5)) === m) years.add(Number(at.slice(0, 4)));
  if (years.size === 1) for (const year of years) return year;
  // Outside the stated months, in the one year of them: taken there, and warned of.
  if (years.size === 0 && span.from.slice(0, 4) === span.to.slice(0, 4)) return Number(span.from.slice(0, 4));
  return option ?? null;
}
