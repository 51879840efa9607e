import type { StepCode } from '../../shared/restatement.ts';
import type { Lang } from '../../shared/text.ts';

const zh = {
  title: '当时与现在',
  sentence: '{unit} {year}，{known}所知，与现在相比：',
  pickYear: '选年份',
  year: (y: string) => (y.includes('/') ? `${y} 年度` : `${y} 年`),
  pickKnown: '选当时',
  onDay: (day: string) => `${day}日终`.replace('日日', '日'),
  atVersion: (n: number) => `数据第 ${n} 版`,
  version: (n: number) => `数据第 ${n} 版`,
  versionHint: (what: string, when: string) => `${when} ${what}后`,
  versions: '某一版之后',
  otherDay: '某一天结束时',
  counting: '正在算……',
  moved: (n: number, of: number) => (n === 0 ? `${of} 个数都没有变。` : `${of} 个数里 ${n} 个变了。`),
  then: '当时',
  now: '现在',
  thenSide: (version: number, at: string | null, asOf: string) =>
    `当时：数据第 ${version} 版${at === null ? '' : `（${at}）`}，截至 ${asOf}`,
  nowSide: (version: number, asOf: string) => `现在：第 ${version} 版，截至 ${asOf}`,
  between: (n: number) => `其间 ${n} 次变动`,
  journalFrom: (when: string) => `变动自 ${when} 起记录，在那以前就有的，算作一直知道`,
  tableTitle: '差在哪里',
  tableWhy: '从当时的数到现在的数，分四步；各步之和就是全部的差。点开一行看依据。',
  code: '同一套算法：两边都用现在的程序算，程序本身改过算法的，不在此列。',
  kpi: '指标',
  difference: '差',
  steps: { late: '迟报台账', corrections: '更正', definitions: '规则与单位', movement: '实际变化' } as Record<
    StepCode,
    string
  >,
  stepsWhy: {
    late: '当时还没报的支部月，后来报了',
    corrections: '当时已报的月份里，记录增、改、撤',
    definitions: '规定、免办、单位、年度起始月的变动',
    movement: '当时截至日以后发生的',
  } as Record<StepCode, string>,
  none: '没有',
  halves: (numerator: string, denominator: string | null) =>
    denominator === null ? `分子 ${numerator}` : `分子 ${numerator}，分母 ${denominator}`,
  unchanged: '没有变',
  noReason: '这一步没有变动。',
  noEffect: '有变动，但没有改变这个数。',
  wasUnreported: (now: string) =>
    `当时未报，没有数可减；补报之后才有数（现在 ${now}）。数值不能相减，分子照样逐步相加。`,
  wasUnknown: '当时还没有这个单位。',
  wasNotDue: '当时这段时间还没有开始，或还没有到期。',
  open: (kpi: string) => `${kpi}：看依据`,
  cellSays: (covered: number, due: number) => `报了 ${covered}/${due} 个支部月`,
  ledger: (unit: string, family: string, months: string, records: number) =>
    `${unit}${family}台账，${months}，${records === 0 ? '没有记录' : `${records} 条记录`}`,
  how: { added: '补入', changed: '改动', removed: '撤出' },
  byChange: (version: number, what: string, when: string, actor: string) =>
    `第 ${version} 版，${when}，${actor} ${what}`,
  sinceEver: '变动开始记录之前',
  importLink: (id: number) => `第 ${id} 次导入`,
  newUnit: (unit: string) => `${unit}：当时还没有这个单位，随它的台账一并计入这一步`,
  rule: { unit: '单位', norm: '规定', exemption: '免办', definition: '口径', setting: '设置' },
  ruleAdded: (now: string) => `新增：${now}`,
  ruleGone: (then: string) => `取消：${then}`,
  ruleChanged: (then: string, now: string) => `${then} → ${now}`,
  days: (from: string, to: string, records: number) =>
    `${from}至${to}，当时还没有看到的日子：${records} 条记录`,
  fewerDays: (from: string, to: string) => `${from}至${to}不再计入：现在的台账没有报到那么晚`,
  closed: (from: string, to: string, n: number) => `${from}至${to}销号 ${n} 项`,
  what: {
    import: '导入',
    undo: '撤销导入',
    units: '单位表',
    norm: '规定变更',
    exemption: '免办变更',
    definition: '口径变更',
    setting: '设置变更',
    record: '手工更正',
  } as Record<string, string>,
  /** The first words of a line of the journal. */
  deeds: { add: '新增', change: '修改', remove: '删除', enter: '录入', correct: '更正' } as Record<
    string,
    string
  >,
  layers: { central: '中央', system: '系统', centre: '中心', unit: '单位' } as Record<string, string>,
  settings: { yearStart: '年度起始月', timeZone: '时区' } as Record<string, string>,
  byHand: '手工录入',
  files: (first: string, others: number) => (others > 0 ? `${first} 等 ${others + 1} 个文件` : first),
  journal: '变动记录',
  journalWhy: (total: number) => `共 ${total} 次，最近的在前。选一次，看它之前的数。`,
  before: (version: number) => `与第 ${version} 版之前比`,
  chosen: '正在比',
  more: '更早的变动',
  emptyTitle: '还没有变动',
  emptyBody: '导入或撤销台账、改单位、改规定以后，这里说得出当时的数和现在的数差在哪里。',
};

export type ChangesWords = typeof zh;

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const en: ChangesWords = {
  title: 'Then and now',
  sentence: '{unit}, {year}, as known {known}, against now: ',
  pickYear: 'Choose the year',
  year: (y) => y,
  pickKnown: 'Choose the past',
  onDay: (day) => `at the end of ${day}`,
  atVersion: (n) => `in data version ${n}`,
  version: (n) => `data version ${n}`,
  versionHint: (what, when) => `after: ${what}, ${when}`,
  versions: 'After a version',
  otherDay: 'At the end of a day',
  counting: 'counting …',
  moved: (n, of) =>
    n === 0
      ? `none of ${of} figures has changed.`
      : `${n} of ${of} figures ${n === 1 ? 'has' : 'have'} changed.`,
  then: 'Then',
  now: 'Now',
  thenSide: (version, at, asOf) =>
    `Then: data version ${version}${at === null ? '' : ` (${at})`}, as of ${asOf}`,
  nowSide: (version, asOf) => `now: version ${version}, as of ${asOf}`,
  between: (n) => `${plural(n, 'change', 'changes')} in between`,
  journalFrom: (when) => `changes are noted since ${when}; what was there before counts as known since ever`,
  tableTitle: 'Where the difference lies',
  tableWhy:
    'From the figure of then to that of now in four steps, which add up to the whole. Open a row for its reasons.',
  code: 'Both sides are computed by today’s program: what the program itself computes otherwise than before is no part of this.',
  kpi: 'Figure',
  difference: 'Difference',
  steps: {
    late: 'Late ledgers',
    corrections: 'Corrections',
    definitions: 'Rules and units',
    movement: 'Real movement',
  },
  stepsWhy: {
    late: 'Branch-months not reported then, handed in later',
    corrections: 'Records added, changed or taken back in months that were reported then',
    definitions: 'Norms, exemptions, units, the first month of the year',
    movement: 'What happened after the as-of day of then',
  },
  none: 'none',
  halves: (numerator, denominator) =>
    denominator === null ? `numerator ${numerator}` : `numerator ${numerator}, denominator ${denominator}`,
  unchanged: 'unchanged',
  noReason: 'Nothing changed in this step.',
  noEffect: 'There were changes; none of them moved this figure.',
  wasUnreported: (now) =>
    `Not reported then, so there is no value to subtract from; it has one since the ledgers came (now ${now}). Values cannot be subtracted; numerators still add up step by step.`,
  wasUnknown: 'The unit was not known then.',
  wasNotDue: 'Then the period had not begun, or nothing in it was due.',
  open: (kpi) => `${kpi}: show the reasons`,
  cellSays: (covered, due) => `${covered} of ${due} branch-months reported`,
  ledger: (unit, family, months, records) =>
    `${unit}: ${family}, ${months}, ${records === 0 ? 'no records' : plural(records, 'record', 'records')}`,
  how: { added: 'added', changed: 'changed', removed: 'taken out' },
  byChange: (version, what, when, actor) => `version ${version}, ${when}, ${what} by ${actor}`,
  sinceEver: 'before changes were noted',
  importLink: (id) => `import ${id}`,
  newUnit: (unit) => `${unit}: not a unit then; counted in this step with its ledgers`,
  rule: { unit: 'Unit', norm: 'Norm', exemption: 'Exemption', definition: 'Definition', setting: 'Setting' },
  ruleAdded: (now) => `new: ${now}`,
  ruleGone: (then) => `ended: ${then}`,
  ruleChanged: (then, now) => `${then} → ${now}`,
  days: (from, to, records) =>
    `${from} to ${to}, days not seen then: ${plural(records, 'record', 'records')}`,
  fewerDays: (from, to) => `${from} to ${to} no longer counted: today’s ledgers do not reach so far`,
  closed: (from, to, n) => `${plural(n, 'item', 'items')} closed, ${from} to ${to}`,
  what: {
    import: 'import',
    undo: 'import taken back',
    units: 'list of units',
    norm: 'change of norms',
    exemption: 'change of exemptions',
    definition: 'change of definition',
    setting: 'change of settings',
    record: 'correction by hand',
  },
  deeds: { add: 'new', change: 'changed', remove: 'removed', enter: 'entered', correct: 'corrected' },
  layers: { central: 'central', system: 'system', centre: 'centre', unit: 'unit' },
  settings: { yearStart: 'first month of the year', timeZone: 'time zone' },
  byHand: 'entered by hand',
  files: (first, others) =>
    others > 0 ? `${first} and ${plural(others, 'other file', 'other files')}` : first,
  journal: 'Journal of changes',
  journalWhy: (total) => `${total} in all, the latest first. Choose one to see the figures before it.`,
  before: (version) => `Compare with before version ${version}`,
  chosen: 'compared now',
  more: 'Earlier changes',
  emptyTitle: 'Nothing has changed yet',
  emptyBody:
    'After a ledger is imported or taken back, a unit or a norm changed, this page says where the figures of then and now differ.',
};

export const changesWords: Record<Lang, ChangesWords> = { zh, en };
