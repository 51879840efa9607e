import type { Layer, Strength } from '../../../shared/norms.ts';
import type { Lang, Text } from '../../../shared/text.ts';

/** What the office files say by themselves. */

export const words = {
  figures: { zh: '数据表', en: 'Figures' },
  chart: { zh: '图', en: 'Chart' },
  chartData: { zh: '图表数据', en: 'Chart data' },
  cells: { zh: '明细', en: 'Cells' },
  definitions: { zh: '口径与来源', en: 'Definitions and sources' },
  facts: { zh: '说明', en: 'Facts' },
  norms: { zh: '规定', en: 'Norms' },
  changes: { zh: '口径与规定的变动', en: 'Changes of definitions and norms' },
  events: { zh: '单位变动', en: 'Changes of units' },
  gaps: { zh: '未报的台账', en: 'Ledgers not reported' },
  doubts: { zh: '台账中的矛盾', en: 'Contradictions in the ledgers' },
  proof: { zh: '核对', en: 'Proof' },
  none: { zh: '无', en: 'none' },
  seal: { zh: '封存摘要 SHA-256', en: 'SHA-256 of the seal' },
  link: { zh: '链接', en: 'Link' },
  noChart: {
    zh: '没有可画的数：台账未报、指标不适用，或每个数的分母都太小。',
    en: 'Nothing to draw: not reported, not applicable, or every figure over too few.',
  },
  heat: {
    zh: '本图是一张表：格色表示数的大小或是否办齐；没有数的格写明未报、未到期或不适用。',
    en: 'This chart is a table: a cell’s shade is the size of its figure, or whether all was met; a cell without a figure says whether it is not reported, not due or not applicable.',
  },
  dataNote: {
    zh: '图表由这些数画出；改数则图随之改，但就不再是封存的数。',
    en: 'The charts are drawn from these figures. Changing one changes its chart, which then no longer shows what was sealed.',
  },
  rest: { zh: '续', en: 'continued' },
  demo: { zh: '演示数据', en: 'Demonstration data' },
  scan: { zh: '扫码打开封存的快照', en: 'Scan to open the sealed snapshot' },
  page: { zh: '第', en: 'Page' },
  asOf: { zh: '截至', en: 'as of' },
  snapshot: { zh: '快照', en: 'snapshot' },
  since: { zh: '起', en: 'from' },
  until: { zh: '止', en: 'to' },
  always: { zh: '一直', en: 'at any time' },
  everyUnit: { zh: '全部单位', en: 'all units' },
} satisfies Record<string, Text>;
export type Word = keyof typeof words;
export const say = (word: Word, lang: Lang): string => words[word][lang];

export const layerNames: Record<Layer, Text> = {
  central: { zh: '中央', en: 'central' },
  system: { zh: '系统', en: 'system' },
  centre: { zh: '中心', en: 'centre' },
  unit: { zh: '单位', en: 'unit' },
};
export const strengthNames: Record<Strength, Text> = {
  required: { zh: '必须', en: 'required' },
  usual: { zh: '一般', en: 'as a rule' },
  local: { zh: '本地惯例', en: 'local practice' },
};

/** `第 26–50 个，共 200 个` · `26–50 of 200`. */
export function sayPage({ from, to, of }: { from: number; to: number; of: number }, lang: Lang): string {
  const span = from === to ? String(from) : `${from}–${to}`;
  return lang === 'zh' ? `第 ${span} 个，共 ${of} 个` : `${span} of ${of}`;
}

export const colon = (lang: Lang): string => (lang === 'zh' ? '：' : ': ');
