import type { Lang } from '../../shared/text.ts';

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const zh = {
  ask: '规则',
  says: (norms: number, exemptions: number, changes: number) =>
    `规定 ${norms} 条，免办 ${exemptions} 条，口径变更 ${changes} 处。`,
  under: '越具体的规定越优先：单位、中心、系统、中央。改动前先看哪些数会变；每次改动都留底，可以撤回。',
  readOnly: '这一页可以看；修改由管理员办理。',
  sections: '本页各节',

  norms: '规定',
  normsSay: '办什么、多久一次，数字对照多少。没有日期的一直有效。',
  normsNone: '还没有任何规定：没有什么应办，也没有标准可对照。',
  addNorm: '增加规定',
  what: '事项',
  asked: '要求',
  whom: '适用',
  span: '起止',
  source: '依据',
  strength: '约束',
  note: '说明',
  actions: '操作',
  edit: '修改',
  remove: '删除',
  overrule: '另行规定',
  editOf: (what: string) => `修改：${what}`,
  removeOf: (what: string) => `删除：${what}`,
  overruleOf: (what: string) => `另行规定：${what}`,

  askedTitle: '某日对某单位的要求',
  askedUnit: '单位',
  askedDay: '日期',
  askedSay: (unit: string, day: string, n: number) =>
    n === 0 ? `${day}，对${unit}没有任何要求。` : `${day}，对${unit}有 ${n} 项要求；每项写明由哪条规定决定。`,
  decides: (layer: string) => `${layer}规定`,
  yields: (layer: string, asked: string) => `取代${layer}的“${asked}”`,
  lifted: (to: string | null) => (to === null ? '免办' : `免办至 ${to}`),
  liftedBy: (reason: string, by: string) => `免办：${reason}（${by}）`,

  exemptions: '免办',
  exemptionsSay: '经决定，一个单位（连同下级）在一段时间里不办某一项；到期自动恢复。',
  exemptionsNone: '没有免办：规定对所有单位都有效。',
  addExemption: '增加免办',
  unit: '单位',
  kind: '类型',
  reason: '原因',
  decided: '决定',
  decidedText: (by: string, on: string) => `${by}，${on}`,

  definitions: '口径变更',
  definitionsSay: '从某日起一个指标换了算法或记法：跨过这一天的同比不作比较，图上断开。',
  definitionsNone: '没有口径变更：各年的数都可以比。',
  addDefinition: '增加口径变更',
  kpi: '指标',
  on: '自',

  units: '单位',
  unitsSay: '名称、隶属、分合都有日期：过去的数按当时的隶属计。',
  unitsNone: '还没有单位，请导入单位表。',
  unitsNoneChanged: '没有改名、改隶、分出或撤并过的单位。',
  unitsAll: '全部',
  unitsChanged: '有沿革的',
  unitsShow: '只看',
  unitsPick: '导入单位表',
  unitsHint:
    'CSV，列为 code,name,parent,level,opened_on,closed_on,merged_into；可加 split_from（从哪个单位分出）、valid_from（本行的名称和隶属自哪天起）。',
  unitsDone: (n: number) => `已存入 ${n} 个单位。`,
  name: '名称',
  code: '代码',
  level: '层级',
  levels: { centre: '中心', branch: '支部', group: '党小组' },
  parent: '隶属',
  history: '沿革',
  opened: (on: string) => `${on} 成立`,
  splitOff: (on: string | null, from: string) => `${on === null ? '' : `${on} `}从${from}分出`,
  closed: (on: string) => `${on} 撤销`,
  merged: (on: string | null, into: string) => `${on === null ? '' : `${on} `}并入${into}`,
  formerName: (until: string, name: string) => `至 ${until} 名为${name}`,
  formerParent: (until: string, parent: string) => `至 ${until} 隶属${parent}`,
  stop: '；',

  settings: '设置',
  yearStart: '年度起始月',
  yearStartSays: (first: string, last: string) => `${first}：2025 年是 2025年${first}至 2026年${last}`,
  calendarYear: (first: string) => `${first}：与自然年相同`,
  yearStartHint: '规定动作仍按自然月、季、年办。',
  timeZone: '时区',
  editSettings: '修改设置',
};

export type AdminWords = typeof zh;

const en: AdminWords = {
  ask: 'Rules',
  says: (norms, exemptions, changes) =>
    `${plural(norms, 'norm', 'norms')}, ${plural(exemptions, 'exemption', 'exemptions')}, ${plural(changes, 'change of definition', 'changes of definition')}.`,
  under:
    'The more particular norm decides: unit, centre, system, central. See which figures move before you save; each change is kept on record and can be taken back.',
  readOnly: 'You may read this page; changes are made by the administrator.',
  sections: 'Sections of this page',

  norms: 'Norms',
  normsSay:
    'What is to be held and how often, and what figures are held against. Without dates a norm is always in force.',
  normsNone: 'There is no norm yet: nothing is due, and no figure is held against anything.',
  addNorm: 'Add a norm',
  what: 'Matter',
  asked: 'Asked',
  whom: 'For',
  span: 'In force',
  source: 'Source',
  strength: 'Strength',
  note: 'Note',
  actions: 'Actions',
  edit: 'Edit',
  remove: 'Delete',
  overrule: 'Overrule',
  editOf: (what) => `Edit: ${what}`,
  removeOf: (what) => `Delete: ${what}`,
  overruleOf: (what) => `Overrule: ${what}`,

  askedTitle: 'What is asked of a unit on a day',
  askedUnit: 'Unit',
  askedDay: 'Day',
  askedSay: (unit, day, n) =>
    n === 0
      ? `On ${day} nothing is asked of ${unit}.`
      : `On ${day} ${plural(n, 'thing is', 'things are')} asked of ${unit}; each names the norm that decides.`,
  decides: (layer) => `${layer} norm`,
  yields: (layer, asked) => `overrules the ${layer.toLowerCase()} norm “${asked}”`,
  lifted: (to) => (to === null ? 'exempt' : `exempt until ${to}`),
  liftedBy: (reason, by) => `Exempt: ${reason} (${by})`,

  exemptions: 'Exemptions',
  exemptionsSay:
    'A decision that a unit, with all under it, need not do one thing for a time; after that it is due again.',
  exemptionsNone: 'No exemptions: the norms bind every unit.',
  addExemption: 'Add an exemption',
  unit: 'Unit',
  kind: 'Kind',
  reason: 'Reason',
  decided: 'Decided',
  decidedText: (by, on) => `${by}, ${on}`,

  definitions: 'Changes of definition',
  definitionsSay:
    'From a day on a figure is made or kept differently: nothing is compared across that day, and charts break there.',
  definitionsNone: 'No changes of definition: all years can be compared.',
  addDefinition: 'Add a change of definition',
  kpi: 'KPI',
  on: 'From',

  units: 'Units',
  unitsSay:
    'Names, places, splits and mergers have their days: past figures are counted by the tree as it stood.',
  unitsNone: 'There are no units yet: import the list of units.',
  unitsNoneChanged: 'No unit was ever renamed, moved, split or merged.',
  unitsAll: 'All',
  unitsChanged: 'With a history',
  unitsShow: 'Show',
  unitsPick: 'Import the list of units',
  unitsHint:
    'CSV with the columns code,name,parent,level,opened_on,closed_on,merged_into; optional: split_from (the unit it was split off from), valid_from (since when this line’s name and parent hold).',
  unitsDone: (n) => `${plural(n, 'unit', 'units')} stored.`,
  name: 'Name',
  code: 'Code',
  level: 'Level',
  levels: { centre: 'centre', branch: 'branch', group: 'party group' },
  parent: 'Under',
  history: 'History',
  opened: (on) => `opened ${on}`,
  splitOff: (on, from) => `split off from ${from}${on === null ? '' : ` on ${on}`}`,
  closed: (on) => `closed ${on}`,
  merged: (on, into) => `merged into ${into}${on === null ? '' : ` on ${on}`}`,
  formerName: (until, name) => `until ${until} called ${name}`,
  formerParent: (until, parent) => `until ${until} under ${parent}`,
  stop: '; ',

  settings: 'Settings',
  yearStart: 'First month of the year',
  yearStartSays: (first, last) => `${first}: the year 2025 runs from ${first} 2025 to ${last} 2026`,
  calendarYear: (first) => `${first}: the calendar year`,
  yearStartHint: 'What the norms ask keeps to calendar months, quarters and years.',
  timeZone: 'Time zone',
  editSettings: 'Edit settings',
};

export const adminWords: Record<Lang, AdminWords> = { zh, en };
