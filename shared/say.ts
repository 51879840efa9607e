import { isSaid, type Change, type Judge } from './change.ts';
import { normValue } from './charts/norms.ts';
import { agreedNorm, type Peers } from './charts/peers.ts';
import {
  cellParts,
  formatCellLong,
  formatChange,
  formatValue,
  sameDaysLastYear,
  type Seen,
} from './format.ts';
import { meetsNorm, type Kpi } from './kpi.ts';
import { kpiById } from './kpis.ts';
import type { Cell } from './query.ts';
import type { Lang, Text } from './text.ts';

/** The answer at the end of a page's sentence, made from the figures. Pure. */

/** Within 2 % a count, and within one point a rate, is called level. */
const LEVEL_COUNT = 0.02;
const LEVEL_RATE = 0.01;

const join = (parts: readonly string[], lang: Lang): string => {
  if (parts.length === 0) return '';
  const text = parts.join(lang === 'zh' ? '，' : ', ');
  return lang === 'zh' ? `${text}。` : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
};

const find = (cells: readonly Cell[], kpi: string, period: string): Cell | null =>
  cells.find((c) => c.kpi === kpi && c.period === period) ?? null;

const tendencies: Record<
  'study_sessions' | 'attendance_rate',
  Record<'up' | 'down' | 'level' | 'none', Text>
> = {
  study_sessions: {
    up: { zh: '学习更多', en: 'more study' },
    down: { zh: '学习减少', en: 'less study' },
    level: { zh: '学习持平', en: 'study level' },
    none: { zh: '学习不可比', en: 'study not comparable' },
  },
  attendance_rate: {
    up: { zh: '到会上升', en: 'attendance up' },
    down: { zh: '到会下降', en: 'attendance down' },
    level: { zh: '到会持平', en: 'attendance level' },
    none: { zh: '到会不可比', en: 'attendance not comparable' },
  },
};

function tendency(
  id: keyof typeof tendencies,
  { now, then, changeOf }: { now: Cell | null; then: Cell | null; changeOf: Judge },
): Text {
  const kpi = kpiById.get(id);
  if (!kpi || !now) return tendencies[id].none;
  const moved = changeOf(kpi, now, then);
  const by = kpi.type === 'count' ? moved.relative : moved.delta;
  if (moved.verdict === 'not_comparable' || by === null) return tendencies[id].none;
  const level = kpi.type === 'count' ? LEVEL_COUNT : LEVEL_RATE;
  return tendencies[id][Math.abs(by) <= level ? 'level' : by > 0 ? 'up' : 'down'];
}

function overdue(cell: Cell | null): Text {
  if (cell === null || cell.value === null) return { zh: '整改台账未报', en: 'rectification not reported' };
  if (cell.value === 0) return { zh: '没有整改逾期', en: 'no rectification overdue' };
  return {
    zh: `${cell.value} 项整改逾期`,
    en: `${cell.value} rectification ${cell.value === 1 ? 'item' : 'items'} overdue`,
  };
}

/**
 * `学习更多，到会持平，2 项整改逾期。`
 * @param of study_sessions, attendance_rate and rectification_overdue of this year and last, and who judges them;
 * `periodOf` the period that is looked at of each year, where it is not the whole
 */
export function sayOverview(
  {
    cells,
    year,
    changeOf,
    periodOf = String,
  }: { cells: readonly Cell[]; year: number; changeOf: Judge; periodOf?: (year: number) => string },
  lang: Lang,
): string {
  const [now, then] = [periodOf(year), periodOf(year - 1)];
  const of = (id: keyof typeof tendencies): string =>
    tendency(id, { now: find(cells, id, now), then: find(cells, id, then), changeOf })[lang];
  return join(
    [of('study_sessions'), of('attendance_rate'), overdue(find(cells, 'rectification_overdue', now))[lang]],
    lang,
  );
}

/**
 * `412 次，比去年同期 +31 次（+8.1%），可比。`
 * @param whole the earlier figure is that of the whole year
 */
export function sayYears(
  of: { kpi: Kpi; now: Cell | null; moved: Change | null; whole: boolean; seen: Seen },
  lang: Lang,
): string {
  const { kpi, now, moved } = of;
  if (!now) return '';
  const value = formatCellLong(kpi, now, lang, of.seen);
  if (moved === null) return join([value], lang);
  if (moved.delta === null || !isSaid(moved))
    return join(
      // A figure without a value says why by itself.
      [value, now.value === null ? '' : whyNot(moved, lang)].filter((p) => p !== ''),
      lang,
    );
  const against = of.whole ? { zh: '去年全年', en: 'the whole of last year' }[lang] : sameDaysLastYear(lang);
  const by = formatChange(kpi, moved, lang);
  const isLevel = !/\d/.test(by);
  const compared = {
    zh: isLevel ? `与${against}${by}` : `比${against} ${by}`,
    en: `${by} against ${of.whole ? '' : 'the '}${against}`,
  }[lang];
  return join([value, compared, ...caveat(moved, lang)], lang);
}

const whyNot = ({ because, delta }: Change, lang: Lang): string =>
  because === null
    ? ''
    : delta === null
      ? because[lang]
      : { zh: `与去年不可比（${because.zh}）`, en: `not comparable with last year (${because.en})` }[lang];

/** What qualifies a comparison: without a base, in part, or held against another norm than before. */
function caveat({ verdict, because }: Change, lang: Lang): string[] {
  if (because === null) return [];
  const { zh, en } = because;
  if (verdict === 'not_comparable') return [because[lang]];
  if (verdict === 'comparable') return [because[lang]];
  return [{ zh: `部分可比（${zh}）`, en: `partly comparable (${en})` }[lang]];
}

/**
 * `9 个可比支部中 8 个达到 80%。`; without a norm to be judged by: the middle half, or, for counts (which
 * are not ranked), how many have more than in their own last year, of those whose last year has a figure to be compared.
 */
export function sayCompare(peers: Peers, judged: boolean, lang: Lang): string {
  const { kpi, compared, apart, band } = peers;
  const n = compared.length;
  if (n === 0) return { zh: '没有可比的支部。', en: 'No branch is comparable.' }[lang];
  const rest: string[] =
    apart.length === 0 ? [] : [{ zh: `另 ${apart.length} 个单列`, en: `${apart.length} set apart` }[lang]];
  if (judged && compared.some((p) => p.norm !== null)) return join([sayMet(peers, lang), ...rest], lang);
  if (band !== null) {
    const [low, high] = band.map((v) => formatValue(kpi, v));
    return join(
      [
        {
          zh: `${n} 个可比支部，中间一半在 ${low}–${high}`,
          en: `the middle half of ${n} comparable branches lies in ${low}–${high}`,
        }[lang],
        ...rest,
      ],
      lang,
    );
  }
  const set = compared.filter((p) => p.change.delta !== null && isSaid(p.change));
  const more = set.filter((p) => (p.change.delta ?? 0) > 0).length;
  const without = n - set.length;
  if (set.length === 0)
    return join(
      [
        {
          zh: `${n} 个支部去年没有可比的数`,
          en:
            n === 1
              ? '1 branch, with nothing to compare with last year'
              : `${n} branches, all with nothing to compare with last year`,
        }[lang],
        ...rest,
      ],
      lang,
    );
  return join(
    [
      {
        zh: `${set.length} 个支部中 ${more} 个比自己去年多`,
        en: `${more} of ${set.length} branches have more than in their own last year`,
      }[lang],
      ...(without === 0
        ? []
        : [
            { zh: `${without} 个去年没有可比的数`, en: `${without} with nothing to compare with last year` }[
              lang
            ],
          ]),
      ...rest,
    ],
    lang,
  );
}

/** Each against its own norm; the norm is named where it is the same for all. */
function sayMet(peers: Peers, lang: Lang): string {
  const { kpi } = peers;
  const held = peers.compared.filter((p) => p.norm !== null);
  const met = held.filter((p) => meetsNorm(kpi, p.now.value, p.norm) === true).length;
  const agreed = agreedNorm(peers);
  const norm = agreed === null ? null : normValue(kpi, agreed, lang);
  return {
    zh: `${held.length} 个可比支部中 ${met} 个达到${norm === null ? '各自的规定' : ` ${norm}`}`,
    en: `${met} of ${held.length} comparable branches reach ${norm ?? 'their own norm'}`,
  }[lang];
}

/**
 * One unit's place in a sentence, never as a table of ranks.
 * Null where units are not put in order.
 */
export function sayPlace(peers: Peers, unit: string, lang: Lang): string | null {
  const place = peers.compared.find((p) => p.unit.code === unit)?.place;
  if (place === undefined || place === null) return null;
  const n = peers.compared.length;
  const sharing = peers.compared.filter((p) => p.place === place).length - 1;
  const isCount = peers.kpi.better === 'neutral';
  const caution = isCount ? { zh: '；次数不等于质量', en: '; counts are not quality' }[lang] : '';
  const beside =
    sharing === 0
      ? ''
      : { zh: `，与另外 ${sharing} 个相同`, en: `, shared with ${sharing} other${sharing === 1 ? '' : 's'}` }[
          lang
        ];
  return {
    zh: `${n} 个可比支部中第 ${place} 位${beside}${caution}`,
    en: `place ${place} of ${n} comparable branches${beside}${caution}`,
  }[lang];
}

/** A figure to be read beside another: `可到会率 95.1%`; null where it has no value. */
export function sayBeside(id: string, cell: Cell | null, lang: Lang): string | null {
  const kpi = kpiById.get(id);
  if (!kpi || !cell || cell.value === null) return null;
  const { value, unit } = cellParts(kpi, cell, lang);
  return `${kpi.name[lang]} ${unit === '' ? value : `${value} ${unit}`}`;
}

/** How a figure is made, in a few words: `到会率 = 实到人次 ÷ 应到人次`; for a count, its definition's first sentence. */
export function sayRule(kpi: Kpi, lang: Lang): string {
  const top = kpi.numerator.label[lang];
  if ('denominator' in kpi && kpi.type !== 'median')
    return `${kpi.name[lang]} = ${top} ÷ ${kpi.denominator.label[lang]}`;
  const [first = ''] = kpi.definition[lang].split(lang === 'zh' ? '。' : '. ');
  return first.replace(/\.$/, '');
}
