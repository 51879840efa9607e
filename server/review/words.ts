import type { ContradictionCode } from '../../shared/contradictions.ts';
import { formatNumber } from '../../shared/format.ts';
import type { Lang } from '../../shared/text.ts';

/** What the document says around its figures. Neutral: it counts, and praises nobody. */

type NextWords = {
  readonly kind: string;
  readonly period: string;
  readonly met: number;
  readonly wanted: number;
};

const zh = {
  title: (unit: string, year: string) => `${unit}${year}述职材料`,
  fileName: (unit: string, year: string) => `${unit}${year.replaceAll('/', '-')}述职材料.docx`,
  yearOf: (year: string) => `${year}年度`,
  parts: { work: '一、年度主要工作', rectification: '二、整改落实', plan: '三、下年安排' },
  annexes: { ledgers: '附一　台账与核对', definitions: '附二　算法' },
  theme: (nth: number, name: string) => `（${'一二三四五六七八九'.charAt(nth)}）${name}`,
  about:
    '本材料只列台账中的数，不作评价。每个数的脚注写明分子、分母、口径、截至日、数据版本和打开记录的链接；标有“由撰写人填写”处，由撰写人写。',
  demo: '演示数据，不是真实台账',
  asOf: (day: string) => `截至${day}`,
  notOver: '（年度未完，与去年同期相比）',
  capped: (asked: string, last: string) => `所选${asked}在年度之后，按年末${last}计`,
  version: (n: number) => `数据版本 ${n}`,
  made: (by: string, at: string) => `${by} ${at}（中心时间）生成`,
  belongs: (path: string) => `隶属：${path}`,
  happened: (what: string) => `两年内：${what}`,
  author: '（由撰写人填写）',
  columns: {
    figure: '指标',
    kind: '类型',
    sameDays: '去年同期',
    change: '增减',
    norm: '规定',
    state: '状态',
    missed: '未办',
    date: '日期',
    title: '题目',
  },
  byKind: '分类型：',
  slots: '规定动作（已办/应办）：',
  none: '—',
  notDue: '— 未到期',
  notComparable: '不可比',
  partly: '部分可比',
  noNorm: '—',
  met: '已达到',
  short: (gap: string) => `差 ${gap}`,
  over: (gap: string) => `超出 ${gap}`,
  later: '年度未完',
  points: (n: string) => `${n} 个百分点`,
  verdict: {
    comparable: '可比',
    partial: '部分可比',
    not_comparable: '不可比',
  },
  comparison: (figures: string, verdict: string, why: string) => `与去年相比，${figures}${verdict}：${why}。`,
  band: (figure: string, units: number, low: string, high: string) =>
    `${figure}：同一上级下可比的 ${units} 个支部，中间一半在 ${low} 至 ${high} 之间。`,
  unknownTitle: '不明与缺报',
  unknown: (n: number, days: string) => `今年 ${n} 条数不明${days}`,
  unknownBefore: (n: number) => `去年同期 ${n} 条数不明`,
  unknownSlots: (n: number) => `${n} 项不知是否已办，所在月份的台账未报`,
  days: (days: string, rest: number) => `：${days}${rest > 0 ? `，另 ${rest} 条见记录` : ''}`,
  gaps: (what: string) => `今年${what}；这些月份是未报，不是 0。`,
  gapsBefore: (what: string) => `去年同期${what}。`,
  unreported: '本年台账未报：上表的“— 未报”是不知道，不是 0。',
  nothingUnknown: '应报的月份台账都已报，没有不明的数。',
  nothingDue: '本年没有应报的月份。',
  events: (listed: number, total: number) =>
    listed === total ? `事项共 ${total} 条，全部列出：` : `事项共 ${total} 条，按日期列出前 ${listed} 条：`,
  rest: (n: number) => `其余 ${n} 条见`,
  pages: { records: '原始记录', rectification: '整改页面', contradictions: '矛盾页面' },
  noEvents: '已报的台账中没有这类事项。',
  every: { month: '每月 1 次', quarter: '每季 1 次', year: '每年 1 次' },
  perGroup: (every: string) => `各党小组${every}`,
  missedIn: (periods: string) => `未办：${periods}`,
  unknownIn: (periods: string) => `台账未报：${periods}`,
  openTitle: (listed: number, total: number) =>
    listed === total
      ? `未销号的问题共 ${total} 项：`
      : `未销号的问题共 ${total} 项，列出逾期最久的 ${listed} 项：`,
  longTitle: (listed: number, total: number) =>
    listed === total
      ? `长期坚持的共 ${total} 项，不计入以上各数：`
      : `长期坚持的共 ${total} 项，不计入以上各数，列出前 ${listed} 项：`,
  noneOpen: '已报的台账中没有未销号的问题。',
  notReported: '整改台账未报，有没有未销号的问题不得而知。',
  items: {
    raised: '发现',
    problem: '问题',
    due: '原定时限',
    extended: '延期至',
    state: '进展',
    age: '逾期',
  },
  itemState: { open: '未完成', reported: '报完成，未销号' },
  ageDays: (n: number) => `${n} 天`,
  nextTitle: (from: string, days: number) => `备查：自${from}起 ${days} 天内到期、截至日尚未办的：`,
  nextSlot: (by: string, { kind, period, met, wanted }: NextWords) =>
    `${by}前：${period}${kind}，已办 ${met}/${wanted}`,
  nextUnknown: '（其间有月份台账未报，可能已办）',
  nextItem: (by: string, title: string) => `${by}前：整改“${title}”`,
  nextMore: (n: number) => `另有 ${n} 项未列。`,
  nextNone: '没有。',
  untitled: '（台账无题目）',
  contradictionsTitle: '核对时发现、前后对不上的（发现即列出，不改正）：',
  contradictions: (name: string, n: number) => `${name} ${n} 条`,
  contradictionsAt: '见',
  noContradictions: '核对没有发现前后对不上的地方。',
  notChecked: '台账未报，无从核对。',
  normSource: (name: string, value: string, source: string) => `${name}的规定为 ${value}，依据：${source}`,
  note: {
    of: (name: string, days: string) => `${name}，${days}`,
    halves: (top: string, n: string, below: string, d: string) => `${top} ${n} ÷ ${below} ${d}`,
    count: (top: string, n: string) => `${top} ${n}`,
    median: (closed: string, raised: string) =>
      `发现 ${raised} 项，其中已销号 ${closed} 项，未销号的按截尾计`,
    unknown: (n: number, isSum: boolean) =>
      isSum ? `另有 ${n} 条不明（有下限的按下限计）` : `${n} 条不明，分子分母都不计`,
    unknownSlots: (n: number) => `${n} 项不知是否已办，不计`,
    rule: (words: string) => `口径：${words}`,
    sameRule: (note: number) => `口径同注 ${note}`,
    coverage: (covered: number, due: number) => `台账已报 ${covered}/${due} 个支部月`,
    asOf: (day: string, version: number) => `截至${day}，数据版本 ${version}`,
    records: '记录：',
  },
  colon: '：',
  comma: '、',
  clause: '；',
  stop: '。',
  open: '（',
  close: '）',
  number: (n: number) => formatNumber(n, Number.isInteger(n) ? 0 : 1),
  codes: {
    present_gt_expected: '实到多于应到',
    closed_before_raised: '销号早于发现',
    duplicate: '重复登记',
    'date.invalid': '没有这一天',
    'total.differs': '合计对不上',
    present_gt_members: '实到多于党员数',
    always_all_present: '全年次次到齐',
    same_event: '几个支部记了同一次活动',
  } satisfies Record<ContradictionCode, string>,
};

export type ReviewWords = typeof zh;

const en: ReviewWords = {
  title: (unit, year) => `${unit}: material for the year-end review, ${year}`,
  fileName: (unit, year) => `${unit} year-end review ${year.replaceAll('/', '-')}.docx`,
  yearOf: (year) => year,
  parts: {
    work: 'I. Main work of the year',
    rectification: 'II. Rectification',
    plan: 'III. Plans for next year',
  },
  annexes: { ledgers: 'Annex 1. Ledgers and checks', definitions: 'Annex 2. How the figures are made' },
  theme: (nth, name) => `${nth + 1}. ${name}`,
  about:
    'These pages hold what the ledgers say, and judge nothing. The footnote of each figure tells its numerator and denominator, its rule, the as-of day, the data version, and leads to its records. What is marked “for the author” is for the author to write.',
  demo: 'Demonstration data, no real ledgers',
  asOf: (day) => `as of ${day}`,
  notOver: ' (the year is not over: set against the same days of last year)',
  capped: (asked, last) => `${asked} lies after the year: counted to its last day, ${last}`,
  version: (n) => `data version ${n}`,
  made: (by, at) => `made by ${by}, ${at} (the centre’s time)`,
  belongs: (path) => `Part of: ${path}`,
  happened: (what) => `In the two years: ${what}`,
  author: '(for the author)',
  columns: {
    figure: 'Figure',
    kind: 'Kind',
    sameDays: 'Same days last year',
    change: 'Change',
    norm: 'Norm',
    state: 'State',
    missed: 'Not held',
    date: 'Date',
    title: 'Title',
  },
  byKind: 'By kind:',
  slots: 'What the norms ask for (held/due):',
  none: '—',
  notDue: '— not due',
  notComparable: 'not comparable',
  partly: 'partly comparable',
  noNorm: '—',
  met: 'reached',
  short: (gap) => `${gap} short`,
  over: (gap) => `${gap} over`,
  later: 'the year is not over',
  points: (n) => `${n} points`,
  verdict: {
    comparable: 'comparable',
    partial: 'partly comparable',
    not_comparable: 'not comparable',
  },
  comparison: (figures, verdict, why) => `Against last year, ${verdict}: ${figures} (${why}).`,
  band: (figure, units, low, high) =>
    `${figure}: of ${units} comparable branches under the same parent, the middle half lies between ${low} and ${high}.`,
  unknownTitle: 'Unknown and not reported',
  unknown: (n, days) => `${n} ${n === 1 ? 'figure' : 'figures'} of this year unknown${days}`,
  unknownBefore: (n) => `${n} of the same days last year`,
  unknownSlots: (n) => `of ${n} it is not known whether they were held; their months are not reported`,
  days: (days, rest) => `: ${days}${rest > 0 ? `, and ${rest} more among the records` : ''}`,
  gaps: (what) => `This year: ${what}. These months are not reported; that is not 0.`,
  gapsBefore: (what) => `The same days of last year: ${what}.`,
  unreported: 'The ledger of this year is not reported: “— not reported” above means not known, not 0.',
  nothingUnknown: 'Every month due is reported, and no figure is unknown.',
  nothingDue: 'No month was due this year.',
  events: (listed, total) =>
    listed === total
      ? `${total} on record, all listed:`
      : `${total} on record, the first ${listed} by date listed:`,
  rest: (n) => `The other ${n}: `,
  pages: {
    records: 'the records',
    rectification: 'the page of rectification',
    contradictions: 'the page of contradictions',
  },
  noEvents: 'None on record in the ledgers that are reported.',
  every: { month: 'monthly', quarter: 'quarterly', year: 'yearly' },
  perGroup: (every) => `${every}, each group`,
  missedIn: (periods) => `not held: ${periods}`,
  unknownIn: (periods) => `not reported: ${periods}`,
  openTitle: (listed, total) =>
    listed === total
      ? `${total} not closed:`
      : `${total} not closed; the ${listed} longest past their day are listed:`,
  longTitle: (listed, total) =>
    listed === total
      ? `${total} long-term, in none of the figures above:`
      : `${total} long-term, in none of the figures above; the first ${listed} are listed:`,
  noneOpen: 'Nothing stands open in the ledgers that are reported.',
  notReported: 'The ledger of rectification is not reported: whether anything stands open is not known.',
  items: {
    raised: 'Raised',
    problem: 'Problem',
    due: 'First due',
    extended: 'Extended to',
    state: 'State',
    age: 'Overdue',
  },
  itemState: { open: 'open', reported: 'said done, not verified' },
  ageDays: (n) => `${n} ${n === 1 ? 'day' : 'days'}`,
  nextTitle: (from, days) =>
    `For reference: due within ${days} days from ${from}, and not yet done on the as-of day:`,
  nextSlot: (by, { kind, period, met, wanted }) => `By ${by}: ${kind}, ${period}, ${met}/${wanted} held`,
  nextUnknown: ' (some of its months are not reported: it may have been held)',
  nextItem: (by, title) => `By ${by}: rectification “${title}”`,
  nextMore: (n) => `${n} more are not listed.`,
  nextNone: 'Nothing.',
  untitled: '(no title in the ledger)',
  contradictionsTitle: 'Found in checking, and does not agree (listed, never mended):',
  contradictions: (name, n) => `${name}: ${n}`,
  contradictionsAt: 'See ',
  noContradictions: 'The checks found nothing that does not agree.',
  notChecked: 'No ledger is reported, so nothing could be checked.',
  normSource: (name, value, source) => `The norm of ${name} is ${value}, by ${source}`,
  note: {
    of: (name, days) => `${name}, ${days}`,
    halves: (top, n, below, d) => `${top} ${n} ÷ ${below} ${d}`,
    count: (top, n) => `${top} ${n}`,
    median: (closed, raised) => `${raised} raised, ${closed} of them closed; open ones are censored`,
    unknown: (n, isSum) =>
      isSum ? `${n} more unknown (lower bounds are counted)` : `${n} unknown, in neither half`,
    unknownSlots: (n) => `of ${n} it is not known whether they were held; left out`,
    rule: (words) => `Rule: ${words}`,
    sameRule: (note) => `Rule as in note ${note}`,
    coverage: (covered, due) => `${covered} of ${due} branch-months reported`,
    asOf: (day, version) => `as of ${day}, data version ${version}`,
    records: 'Records: ',
  },
  colon: ': ',
  comma: ', ',
  clause: '; ',
  stop: '.',
  open: ' (',
  close: ')',
  number: (n) => formatNumber(n, Number.isInteger(n) ? 0 : 1),
  codes: {
    present_gt_expected: 'more present than expected',
    closed_before_raised: 'closed before it was raised',
    duplicate: 'entered twice',
    'date.invalid': 'no such day',
    'total.differs': 'the total differs',
    present_gt_members: 'more present than members',
    always_all_present: 'everybody present all year',
    same_event: 'one event in several branches',
  },
};

export const reviewWords: Readonly<Record<Lang, ReviewWords>> = { zh, en };
