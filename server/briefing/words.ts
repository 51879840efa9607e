import type { Lang, Text } from '../../shared/text.ts';

/** What the files of a briefing say by themselves. */

export const words = {
  contents: { zh: '目录', en: 'Contents' },
  remark: { zh: '批注', en: 'Comment' },
  text: { zh: '说明', en: 'Notes' },
  more: { zh: '续', en: 'continued' },
  onNext: { zh: '（下页续）', en: ' (continued on the next page)' },
  appendix: { zh: '附录', en: 'Appendix' },
  sources: { zh: '附录：口径与来源', en: 'Appendix: definitions and sources' },
  changes: { zh: '附录：与上次不同的数', en: 'Appendix: figures that are not as they were' },
  definitions: { zh: '口径', en: 'Definitions' },
  norms: { zh: '规定', en: 'Norms' },
  coverage: { zh: '台账', en: 'Coverage' },
  ruleChanges: { zh: '口径变更', en: 'Changes of rules' },
  origin: { zh: '来源', en: 'Sources' },
  snapshots: { zh: '图的快照', en: 'Snapshots of the charts' },
  proof: { zh: '核对', en: 'Proof' },
  briefing: { zh: '简报编号', en: 'Briefing' },
  hash: { zh: '封存摘要 SHA-256', en: 'SHA-256 of the seal' },
  former: { zh: '上次简报', en: 'Former briefing' },
  maker: { zh: '制作', en: 'Made by' },
  day: { zh: '封存日期', en: 'Sealed on' },
  version: { zh: '数据版本', en: 'Data version' },
  ledgers: { zh: '数据', en: 'Figures' },
  fromLedgers: { zh: '各支部台账', en: "the branches' ledgers" },
  demo: { zh: '演示数据', en: 'Demonstration data' },
  demoLong: {
    zh: '演示数据：单位、人和数都是编的',
    en: 'Demonstration data: units, people and figures are invented',
  },
  noCharts: { zh: '本简报没有图。', en: 'There is no chart in this briefing.' },
  marks: {
    zh: '标色的数与上次不同：“←”后是上次的数，“*”上次没有',
    en: 'Shaded figures are not as they were: after “←” the former one; “*” there was none',
  },
  otherFiles: { zh: '同一简报的 DOCX 和 PDF', en: 'the DOCX and PDF of the same briefing' },
  gone: { zh: '不再有的数', en: 'No longer there' },
} satisfies Record<string, Text>;
export const say = (word: keyof typeof words, lang: Lang): string => words[word][lang];

/** `图 1、3` · `Charts 1, 3`. */
export const sayCharts = (numbers: readonly number[], lang: Lang): string =>
  lang === 'zh' ? `图 ${numbers.join('、')}` : `Chart${numbers.length > 1 ? 's' : ''} ${numbers.join(', ')}`;
