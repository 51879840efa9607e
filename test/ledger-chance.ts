import fc from 'fast-check';
import { kinds } from '../shared/kinds.ts';
import { ledgerColumns } from '../shared/fields.ts';
import type { Family } from '../shared/kinds.ts';
import { addDays, daysInMonth, isoDate } from '../shared/period.ts';

/** Chance that shrinks: each draw is a number. */
export type Chance = fc.GeneratorValue;
export const int = (g: Chance, min: number, max: number): number => g(fc.integer, { min, max });
export const pick = <T>(g: Chance, of: readonly T[]): T => of[g(fc.nat, of.length - 1)] as T;
export const chance = (g: Chance, percent: number): boolean => g(fc.nat, 99) >= 100 - percent;

/** What stands in a cell: text, or in a workbook a number with its format. */
export type Written = string | { readonly n: number; readonly z?: string };

/** What holds of all rows of a ledger: where its year stands, and what its file can hold. */
export type Ledger = {
  readonly year: number;
  /** The title or the file's name says the year, so that rows need not. */
  readonly saysYear: boolean;
  readonly isWorkbook: boolean;
  readonly date1904: boolean;
  /** The heading of the hours says that they are minutes. */
  readonly inMinutes: boolean;
};

const han = '零一二三四五六七八九';
/** 0–99 as it is spoken. */
function spoken(n: number): string {
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  if (tens === 0) return han.charAt(ones);
  return `${tens > 1 ? han.charAt(tens) : ''}十${ones > 0 ? han.charAt(ones) : ''}`;
}
const fullWidth = (n: number): string =>
  String(n).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

const DAY = 86_400_000;
/** Days since the 30 December 1899, by the calendar of this machine and not of the code under test. */
const serialOf = (iso: string): number => Math.round((Date.parse(iso) - Date.UTC(1899, 11, 30)) / DAY);

/** A day in the year, and one some days later. */
export const dayIn = (g: Chance, year: number): string => {
  const month = int(g, 1, 12);
  return isoDate(year, month, int(g, 1, daysInMonth(year, month))) ?? '';
};
export const later = (g: Chance, day: string, most: number): string => addDays(day, int(g, 0, most));

/** A day in one of the ways of writing it. */
export function writtenDay(g: Chance, iso: string, ledger: Ledger): Written {
  const [y = '', mm = '', dd = ''] = iso.split('-');
  const [m, d] = [Number(mm), Number(dd)];
  const ways: Written[] = [
    `${y}-${m}-${d}`,
    `${y}.${m}.${d}`,
    `${y}/${m}/${d}`,
    `${y}年${m}月${d}日`,
    `${y}-${mm}-${dd}`,
    `${y}${mm}${dd}`,
  ];
  if (ledger.saysYear) ways.push(`${m}月${d}日`, `${spoken(m)}月${spoken(d)}日`, `${mm}月${dd}日`);
  const n = serialOf(iso) - (ledger.date1904 ? 1462 : 0);
  if (!ledger.isWorkbook) ways.push(String(n));
  else
    ways.push({ n }, { n, z: 'yyyy-mm-dd' }, { n, z: 'yyyy"年"m"月"d"日"' }, { n: Number(`${y}${mm}${dd}`) });
  return pick(g, ways);
}

const unknownWords = ['', '*', '**', '若干', '不详'];

/** A number of persons or things (`word`: 人, 件) in one of the ways of writing it. */
export function writtenCount(g: Chance, n: number, word: string, { isWorkbook }: Ledger): Written {
  const ways: Written[] = [
    String(n),
    fullWidth(n),
    `${n}${word}`,
    `${fullWidth(n)}${word}`,
    `${spoken(n)}${word}`,
  ];
  if (isWorkbook) ways.push({ n });
  return pick(g, ways);
}

/** A figure as it is to be stored, and as it is written. */
export type Figure = {
  readonly value: number | null;
  readonly min: number | null;
  readonly written: Written;
};

/** @param most no more than this is known of it; null is no limit */
export function figure(g: Chance, word: string, most: number | null, ledger: Ledger): Figure {
  const n = int(g, 0, Math.min(60, most ?? 60));
  if (chance(g, 15)) return { value: null, min: null, written: pick(g, unknownWords) };
  if (n > 0 && chance(g, 15))
    return { value: null, min: n, written: pick(g, [`${n}余`, `${n}余${word}`, `${fullWidth(n)}多${word}`]) };
  return { value: n, min: null, written: writtenCount(g, n, word, ledger) };
}

/** A duration in quarters of an hour: as it is to be stored in hours, and as it is written. */
export function duration(
  g: Chance,
  ledger: Ledger,
): { readonly hours: number | null; readonly written: Written } {
  if (chance(g, 15)) return { hours: null, written: pick(g, unknownWords) };
  const minutes = int(g, 1, 32) * 15;
  const [whole, rest] = [Math.floor(minutes / 60), minutes % 60];
  const both = `${whole > 0 ? `${whole}小时` : ''}${rest > 0 ? `${rest}分` : ''}`;
  const bare = ledger.inMinutes ? minutes : minutes / 60;
  const ways: Written[] = [String(bare), both, `${minutes}分钟`, `${minutes / 60}小时`];
  if (ledger.isWorkbook) ways.push({ n: bare });
  return { hours: minutes / 60, written: pick(g, ways) };
}

const unique = (words: readonly string[], all: readonly string[]): string[] =>
  words.filter((word) => all.filter((other) => other === word).length === 1);

const wordsOf = new Map<string, readonly string[]>();

/** A heading of the column, of those that no other column of the ledger shares. */
export function heading(g: Chance, family: Family, key: string): string {
  const id = `${family} ${key}`;
  const columns = ledgerColumns[family];
  const known =
    wordsOf.get(id) ??
    unique(
      columns.find((c) => c.key === key)?.headings ?? [],
      columns.flatMap((c) => c.headings),
    );
  wordsOf.set(id, known);
  return pick(g, known);
}

const isVisit = { activity: false, visit: true } as const;
const allKinds = { activity: [] as string[], visit: [] as string[] };
for (const scope of ['activity', 'visit'] as const)
  for (const kind of kinds)
    if ((kind.family === 'visit') === isVisit[scope]) allKinds[scope].push(kind.name.zh, ...kind.synonyms);

/** A kind by one of the words that no other kind shares. */
export function kind(
  g: Chance,
  scope: 'activity' | 'visit',
): { readonly code: string; readonly word: string } {
  const { code, name, synonyms } = pick(
    g,
    kinds.filter((k) => (k.family === 'visit') === isVisit[scope]),
  );
  return { code, word: pick(g, unique([name.zh, ...synonyms], allKinds[scope])) };
}

const titleWords = ['潮汐', '航道', '灯塔', '江岸', '风帆', '锚地', '水文', '雾航', '浮标'];

/** Of two to four words; the number makes it another than those of the other rows. */
export const title = (g: Chance, n: number): string =>
  Array.from({ length: int(g, 2, 4) }, () => pick(g, titleWords)).join('') + han.charAt(n);
