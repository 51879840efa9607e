import type { Text } from './text.ts';

/**
 * A norm for how often a kind of meeting is held. One event fills a slot; more give no credit.
 * `per: 'group'` asks for one slot for each party group of the branch.
 */
export type SlotNorm = {
  readonly kind: string;
  readonly every: 'month' | 'quarter' | 'year';
  readonly per: 'branch' | 'group';
  /** A branch with fewer members than this has no such body. Absent: applies to all. */
  readonly minMembers?: number;
  readonly source: Text;
};

const regulations: Text = {
  zh: '《中国共产党支部工作条例（试行）》',
  en: 'Regulations on the Work of Party Branches (trial)',
};
const education: Text = {
  zh: '《中国共产党党员教育管理工作条例》',
  en: 'Regulations on the Education and Management of Members',
};
const article = (of: Text, n: number): Text => ({
  zh: `${of.zh}第${n}条`,
  en: `${of.en}, art. ${n}`,
});

/** Default norms, central layer. A dated, layered table of norms takes their place when it comes. */
export const slotNorms: readonly SlotNorm[] = [
  { kind: 'general_meeting', every: 'quarter', per: 'branch', source: article(regulations, 11) },
  {
    kind: 'committee_meeting',
    every: 'month',
    per: 'branch',
    minMembers: 7,
    source: article(regulations, 12),
  },
  { kind: 'group_meeting', every: 'month', per: 'group', source: article(regulations, 13) },
  { kind: 'theme_day', every: 'month', per: 'branch', source: article(education, 16) },
  { kind: 'organisational_life', every: 'year', per: 'branch', source: article(education, 17) },
  { kind: 'member_appraisal', every: 'year', per: 'branch', source: article(education, 18) },
];

/** Under this denominator a rate is shown as its fraction, without colour and without comparison. */
export const LEAST_DENOMINATOR = 10;
