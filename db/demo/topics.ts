/** What a pilots' branch talks about and does: the words of the demonstration. */
type Words = readonly [string, ...string[]];

export const topics: Readonly<Record<string, Words>> = {
  general_meeting: [
    '审议支部季度工作',
    '讨论发展党员',
    '通报党费收缴情况',
    '传达上级会议精神',
    '选举支部委员',
    '审议支部工作报告',
  ],
  committee_meeting: [
    '研究月度工作安排',
    '研究入党积极分子培养',
    '研究主题党日方案',
    '讨论困难党员帮扶',
    '研究安全引航党员责任区',
    '研究整改事项进展',
    '审核党费使用',
  ],
  group_meeting: ['小组学习交流', '汇报本月思想与工作', '讨论安全引航岗位承诺', '交流航次心得'],
  theme_day: [
    '洪水期安全引航大家谈',
    '党员先锋航次交流',
    '重温党的光辉历程',
    '江豚保护与绿色航运',
    '雾季安全承诺',
    '老党员讲引航故事',
    '节约能源从船上做起',
    '航道新规共学',
    '警示教育',
    '我为船方办实事',
  ],
  collective_study: [
    '学习党章党规',
    '学习全会精神',
    '学习安全生产重要论述',
    '学习长江大保护有关要求',
    '学习条例原文',
    '学习先进典型事迹',
    '学习年度工作会议精神',
  ],
  first_topic: ['第一议题：学习最新重要讲话', '第一议题：学习重要文章', '第一议题：学习重要批示精神'],
  expert_lecture: ['党校教师专题辅导', '海事专家讲航运形势', '法规辅导讲座'],
  online_study: ['线上读书打卡交流', '在船党员线上学习', '云课堂专题学习'],
  party_lecture: ['书记讲党课：守好每一海里', '微党课：从一张海图说起', '七一专题党课', '党课：纪律与责任'],
  site_study: ['参观渡江战役遗址', '参观廉政教育中心', '清明祭英烈', '参观航运博物馆', '走进红色交通站旧址'],
  organisational_life: ['年度组织生活会', '专题组织生活会'],
  member_appraisal: ['民主评议党员', '年度民主评议党员'],
  heart_talk: ['书记与青年引航员谈心', '节前谈心谈话', '轮岗前谈心谈话'],
  oath: ['重温入党誓词'],
  political_birthday: ['集体过政治生日'],
  contest: ['引航故事', '党章党规'],
  outreach: ['先锋讲堂：特种船舶引航', '进社区宣讲航道安全'],
};

/** The words that branches write in the type column, the usual one first. */
export const kindWords: Readonly<Record<string, Words>> = {
  general_meeting: ['党员大会', '支部党员大会', '支部大会'],
  committee_meeting: ['支委会', '支部委员会', '支部委员会会议'],
  group_meeting: ['党小组会', '党小组会', '小组会'],
  theme_day: ['主题党日', '主题党日活动', '支部主题党日'],
  collective_study: ['集中学习', '理论学习', '专题学习'],
  first_topic: ['第一议题', '第一议题学习', '第一议题'],
  expert_lecture: ['专家辅导', '专题辅导', '专题讲座'],
  online_study: ['线上学习', '网络学习', '线上学习'],
  party_lecture: ['党课', '专题党课', '微党课'],
  site_study: ['现场教学', '现场学习', '参观学习'],
  organisational_life: ['组织生活会', '专题组织生活会', '年度组织生活会'],
  member_appraisal: ['民主评议党员', '民主评议', '民主评议党员'],
  heart_talk: ['谈心谈话', '谈心谈话', '谈心'],
  oath: ['重温入党誓词', '重温誓词', '入党宣誓'],
  political_birthday: ['政治生日', '党员政治生日', '政治生日'],
  contest: ['知识竞赛', '演讲比赛', '知识竞赛'],
  outreach: ['宣讲', '先锋讲堂', '宣讲'],
  enterprise_visit: ['企业走访', '走访企业', '助企走访'],
  condolence_visit: ['走访慰问', '慰问', '节日慰问'],
  research_visit: ['调研', '走访调研', '实地调研'],
};

export const rooms: Words = ['党员活动室', '站三楼会议室', '引航基地会议室', '趸船会议室'];
export const surnames: Words = [
  '王',
  '李',
  '张',
  '刘',
  '陈',
  '杨',
  '赵',
  '黄',
  '周',
  '吴',
  '徐',
  '孙',
  '胡',
  '朱',
  '高',
  '林',
  '何',
  '郭',
  '马',
  '罗',
];

export const visited: Readonly<Record<string, Words>> = {
  enterprise_visit: [
    '远帆航运公司',
    '通汇码头公司',
    '顺流船代公司',
    '金锚拖轮公司',
    '海岳物流公司',
    '新舟船舶管理公司',
  ],
  condolence_visit: ['退休老党员', '困难党员家庭', '因病住院职工', '烈属家庭', '一线值守引航员'],
  research_visit: ['上游航道管理处', '锚地指泊点', '口岸联检单位', '兄弟引航站'],
};
export const requests: Words = [
  '夜航计划提前通报',
  '大型船舶靠泊窗口',
  '引航申请一次办结',
  '雾航期间信息推送',
  '拖轮协同',
  '单证电子化',
];

/** Volunteering by month; what is in no month is done all the year round. */
export const services: Readonly<Record<number, Words>> = {
  3: ['学雷锋便民服务'],
  4: ['义务植树', '航道清漂'],
  6: ['世界海员日服务船员', '端午社区慰问'],
  7: ['航海日开放讲解', '高温慰问'],
  8: ['高温慰问', '防汛值守'],
  9: ['航道清漂', '迎新生助学'],
  12: ['国际志愿者日环境整治', '社区平安值守'],
};
export const anyService: Words = ['社区环境整治', '航道清漂', '无偿献血', '水上安全进校园', '文明交通劝导'];
export const served: Words = ['居民', '船员', '学生', '公众'];

export const origins: Words = ['上年度党建考核', '中心党建督查', '支部自查', '巡察反馈', '组织生活会查摆'];
/** A problem, its measure. */
export const problems: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['会议记录要素不全', '补记要素，组织记录人培训'],
  ['学习计划不具体', '重订计划，明确到月'],
  ['党费收缴公示不及时', '按月公示'],
  ['请假手续不规范', '统一请假单'],
  ['主题党日形式单一', '增加现场教学'],
  ['谈心谈话覆盖不够', '列出清单逐一谈话'],
  ['发展党员材料缺页', '补齐材料并复核'],
  ['党员责任区标识陈旧', '更换标识'],
  ['志愿服务登记缺漏', '补录登记，专人复核'],
  ['安全引航案例学习不深入', '开展案例复盘'],
];
export const lastingProblems: Words = ['在船党员参学难', '年轻党员培养周期长', '工学矛盾突出'];
