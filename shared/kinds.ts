import type { Text } from './text.ts';

/** Ledger families: one row of a ledger of that family is one record. */
export const families = ['activity', 'visit', 'volunteering', 'rectification', 'headcount'] as const;
export type Family = (typeof families)[number];

export const familyNames: Record<Family, Text> = {
  activity: { zh: '三会一课', en: 'Meetings and study' },
  visit: { zh: '走访', en: 'Visits' },
  volunteering: { zh: '志愿服务', en: 'Volunteering' },
  rectification: { zh: '整改', en: 'Rectification' },
  headcount: { zh: '党员人数', en: 'Headcount' },
};

export const kindFamilies = ['study', 'meeting', 'ceremony', 'outreach', 'other', 'visit'] as const;
export type KindFamily = (typeof kindFamilies)[number];

export type Kind = {
  readonly code: string;
  readonly family: KindFamily;
  readonly name: Text;
  /** Words that branches write in the type column, beside the Chinese name itself. */
  readonly synonyms: readonly string[];
};

const kind = (code: string, family: KindFamily, zh: string, en: string, ...synonyms: string[]): Kind => ({
  code,
  family,
  name: { zh, en },
  synonyms,
});

/** Kinds of activity and of visit. Source: shared domain facts, gathered from regulations and real ledgers. */
export const kinds: readonly Kind[] = [
  kind('first_topic', 'study', '第一议题', 'First agenda item', '第一议题学习'),
  kind(
    'collective_study',
    'study',
    '集中学习',
    'Collective study',
    '集体学习',
    '理论学习',
    '学习',
    '专题学习',
    '政治学习',
    '集中学习研讨',
    '读书班',
    '专题读书班',
    '支部学习',
    '学习研讨',
    '理论学习会',
  ),
  kind(
    'expert_lecture',
    'study',
    '专家辅导',
    'Expert lecture',
    '专家讲座',
    '专题辅导',
    '辅导报告',
    '专题讲座',
    '辅导讲座',
  ),
  kind(
    'online_study',
    'study',
    '线上学习',
    'Online study',
    '网络学习',
    '学习强国',
    '钉钉学习',
    '微信群学习',
    '钉钉',
    '钉钉群',
    '微信群',
    '微信学习',
    '线上',
  ),
  kind(
    'group_study',
    'study',
    '中心组学习',
    'Leading-group study',
    '党委中心组学习',
    '理论学习中心组',
    '理论中心组学习',
    '理论学习中心组学习',
    '党委理论学习中心组',
    '党委理论学习中心组学习',
  ),
  kind(
    'party_lecture',
    'study',
    '党课',
    'Party lecture',
    '微党课',
    '上党课',
    '讲党课',
    '专题党课',
    '书记讲党课',
    '书记党课',
  ),
  kind(
    'site_study',
    'study',
    '现场教学',
    'On-site study',
    '红色基地',
    '红色教育',
    '现场学习',
    '参观学习',
    '纪念馆',
    '廉政教育',
    '廉政教育中心',
    '祭英烈',
    '祭扫',
    '祭扫英烈',
    '祭扫烈士墓',
    '烈士陵园',
    '红色教育基地',
    '参观见学',
  ),
  kind(
    'general_meeting',
    'meeting',
    '支部党员大会',
    'General meeting',
    '党员大会',
    '支部大会',
    '全体党员大会',
    '支部党员会议',
  ),
  kind(
    'committee_meeting',
    'meeting',
    '支部委员会',
    'Branch committee',
    '支委会',
    '支部委员会会议',
    '支委会会议',
    '支委会议',
    '支委扩大会议',
    '支委扩大会',
  ),
  kind('group_meeting', 'meeting', '党小组会', 'Party group meeting', '小组会', '党小组会议', '党小组学习'),
  kind(
    'theme_day',
    'meeting',
    '主题党日',
    'Theme day',
    '主题党日活动',
    '党日活动',
    '支部主题党日',
    '党员活动日',
    '固定党日',
  ),
  kind(
    'organisational_life',
    'meeting',
    '组织生活会',
    'Organisational life meeting',
    '专题组织生活会',
    '年度组织生活会',
  ),
  kind('democratic_life', 'meeting', '民主生活会', 'Democratic life meeting', '专题民主生活会'),
  kind(
    'member_appraisal',
    'meeting',
    '民主评议党员',
    'Appraisal of members',
    '民主评议',
    '党员民主评议',
    '评议党员',
  ),
  kind('heart_talk', 'meeting', '谈心谈话', 'Heart-to-heart talk', '谈话', '谈心', '谈心谈话活动'),
  kind('oath', 'ceremony', '重温入党誓词', 'Renewing the oath', '重温誓词', '入党宣誓', '宣誓'),
  kind('political_birthday', 'ceremony', '政治生日', 'Political birthday', '党员政治生日', '过政治生日'),
  kind('contest', 'outreach', '演讲比赛', 'Contest', '知识竞赛', '竞赛', '征文', '比赛'),
  kind('outreach', 'outreach', '宣讲', 'Outreach', '先锋讲堂', '宣讲活动', '理论宣讲'),
  kind('other', 'other', '其他', 'Other', '其它', '其他活动'),
  kind(
    'enterprise_visit',
    'visit',
    '企业走访',
    'Enterprise visit',
    '走访企业',
    '产业链供应链调研',
    '产业链调研',
    '供应链调研',
    '企业调研',
    '服务企业',
    '助企走访',
  ),
  kind(
    'condolence_visit',
    'visit',
    '走访慰问',
    'Condolence visit',
    '慰问',
    '慰问走访',
    '困难慰问',
    '节日慰问',
  ),
  kind('research_visit', 'visit', '调研', 'Research visit', '走访调研', '调研走访', '实地调研'),
];

export const kindByCode: ReadonlyMap<string, Kind> = new Map(kinds.map((k) => [k.code, k]));

/**
 * What counts as a study session, said here and nowhere else: a kind of the study family, or a
 * theme day (local practice: every theme day opens with study).
 */
export const studyKinds: readonly string[] = [
  ...kinds.filter((k) => k.family === 'study').map((k) => k.code),
  'theme_day',
];
