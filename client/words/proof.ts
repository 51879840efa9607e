import type { Layer, Strength } from '../../shared/norms.ts';
import type { Lang } from '../../shared/text.ts';

const zh = {
  title: '这个数从哪里来',
  showPart: '只列这一半的记录',
  rule: '算法',
  toCatalogue: '指标目录',
  norm: '规定',
  noNorm: '没有规定要对照',
  atLeast: (value: string) => `不低于 ${value}`,
  atMost: (value: string) => `不高于 ${value}`,
  strength: { required: '必须', usual: '一般', local: '本地惯例' } satisfies Record<Strength, string>,
  layer: { central: '中央', system: '系统', centre: '中心', unit: '单位' } satisfies Record<Layer, string>,
  coverage: '台账',
  status: { ok: '已报齐', partial: '部分未报', none: '未报', na: '不适用' },
  covered: (covered: number, due: number) => `${covered}/${due} 个支部月`,
  lacking: '缺：',
  more: (n: number) => `，另有 ${n} 处`,
  unknown: (n: number) => `${n} 条数值不明：和取下限，比率两边都不计`,
  doubts: '矛盾',
  restsOn: (n: number) => `其中有 ${n} 条矛盾，原样计入或剔除，没有改动。`,
  toDoubts: '逐条看',
  marks: '期间变化',
  from: '数据',
  days: (from: string, to: string) => `${from}–${to}`,
  version: (n: number) => `第 ${n} 版`,
  records: (n: number) => `${n} 条记录，列在下面`,
};

export type ProofWords = typeof zh;

const en: ProofWords = {
  title: 'Where this number comes from',
  showPart: 'List the records of this half alone',
  rule: 'Rule',
  toCatalogue: 'Catalogue',
  norm: 'Norm',
  noNorm: 'No norm to hold it against',
  atLeast: (value) => `at least ${value}`,
  atMost: (value) => `at most ${value}`,
  strength: { required: 'required', usual: 'as a rule', local: 'local practice' },
  layer: { central: 'central', system: 'system', centre: 'centre', unit: 'unit' },
  coverage: 'Ledgers',
  status: { ok: 'fully reported', partial: 'partly reported', none: 'not reported', na: 'not applicable' },
  covered: (covered, due) => `${covered}/${due} branch-months`,
  lacking: 'Missing: ',
  more: (n) => `, and ${n} more`,
  unknown: (n) =>
    `${n} of unknown figure: a sum takes the lower bound, a rate leaves them out of both halves`,
  doubts: 'Contradictions',
  restsOn: (n) =>
    `It rests on ${n} contradictory ${n === 1 ? 'row' : 'rows'}, taken or left out as they stand, never mended.`,
  toDoubts: 'See each',
  marks: 'In this period',
  from: 'Data',
  days: (from, to) => `${from}–${to}`,
  version: (n) => `version ${n}`,
  records: (n) => `${n} ${n === 1 ? 'record' : 'records'}, listed below`,
};

export const proofWords: Record<Lang, ProofWords> = { zh, en };
