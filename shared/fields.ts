import type { Family } from './kinds.ts';
import type { Text } from './text.ts';

/**
 * The columns of the ledgers, as data: what each may be headed, how its cells are read, and what it is
 * called on a page. A new heading of a branch is one more word in a list here.
 */
type ColumnType =
  | 'date'
  | 'month'
  | 'day'
  | 'year'
  | 'count'
  | 'hours'
  | 'kind'
  | 'unit'
  | 'absence'
  /** Names of persons: never kept in a column of a record. */
  | 'person'
  | 'text'
  /** Known, and of no use to a figure: running numbers, evidence, signatures. */
  | 'ignored';

export type Column = {
  readonly key: string;
  readonly type: ColumnType;
  readonly label: Text;
  /** Most specific first: where two columns of a sheet have the same key, the earlier word is read first. */
  readonly headings: readonly string[];
};

const words = (list: string): readonly string[] => list.split(/\s+/).filter(Boolean);
const column = (key: string, type: ColumnType, zh: string, en: string, headings: string): Column => ({
  key,
  type,
  label: { zh, en },
  headings: words(headings),
});

const seq = column('seq', 'ignored', '序号', 'No.', '序号 编号 序 项次 No No. 问题编号');
const year = column('year', 'year', '年度', 'Year', '年度 年份 年');
const quarter = column('quarter', 'ignored', '季度', 'Quarter', '季度 所属季度');
const monthColumn = column('month', 'month', '月', 'Month', '月 月份');
const dayColumn = column('day', 'day', '日', 'Day', '日');
const unit = column(
  'unit',
  'unit',
  '所属党支部',
  'Branch',
  '所属党支部 党支部 所属支部 支部 支部名称 党支部名称 党组织 党组织名称 所属党组织 所在支部 所在党支部 单位 单位名称 所属单位 填报单位 站点 引航站 所属站 部门',
);
const place = column(
  'place',
  'text',
  '地点',
  'Place',
  '地点 会议地点 活动地点 服务地点 学习地点 走访地点 场所 地址',
);
const note = column('note', 'text', '备注', 'Note', '备注 说明 其他 备注说明 其他说明');
const evidence = column(
  'evidence',
  'ignored',
  '佐证',
  'Evidence',
  '佐证 佐证材料 附件 照片 图片 材料 签名 签字 记录 会议记录 链接 资料',
);
/** What we write beside the rows that we send back to a branch. */
export const originalRow = column('original_row', 'ignored', '原行号', 'Row sent', '原行号');
export const whyReturned = column('why_returned', 'ignored', '退回原因', 'Why returned', '退回原因');
const returned = [originalRow, whyReturned];
const end = column('end', 'date', '结束时间', 'End', '结束时间 结束日期 截止时间 终止时间');

const activity: readonly Column[] = [
  seq,
  year,
  quarter,
  unit,
  column(
    'date',
    'date',
    '日期',
    'Date',
    '日期 会议日期 活动日期 学习日期 召开日期 开展日期 会议时间 活动时间 学习时间 召开时间 开展时间 组织时间 举办时间 授课时间 时间 开始时间 开始日期 年月日 时间日期 日期时间',
  ),
  end,
  monthColumn,
  dayColumn,
  column(
    'kind',
    'kind',
    '类型',
    'Kind',
    '会议类型 活动类型 类型 类别 会议类别 活动类别 学习类型 学习类别 组织生活类型 组织生活类别 会议种类 活动种类 种类 会议名称类型 三会一课类型 会议性质',
  ),
  column(
    'title',
    'text',
    '主题',
    'Topic',
    '主题 会议主题 活动主题 学习主题 议题 会议议题 主要议题 名称 会议名称 活动名称 内容 学习内容 会议内容 活动内容 主要内容 议程 会议议程 课题 党课题目 题目 事项 学习篇目',
  ),
  column(
    'form',
    'text',
    '形式',
    'Form',
    '形式 会议形式 活动形式 学习形式 开展形式 方式 学习方式 活动方式 组织形式',
  ),
  place,
  column(
    'host',
    'person',
    '主持人',
    'Chair',
    '主持人 主讲人 会议主持 主持 授课人 讲课人 领学人 组织者 负责人 主持人主讲人 宣讲人 辅导人 联系人 责任人',
  ),
  column('recorder', 'person', '记录人', 'Recorder', '记录人 记录员 会议记录人 填表人 填报人 审核人 督导人'),
  column(
    'attendance',
    'count',
    '实到/应到',
    'Present/expected',
    '实到/应到 实到应到 实到/应到人数 实到人数/应到人数 出席/应到 到会率人数',
  ),
  column(
    'attendance_reversed',
    'count',
    '应到/实到',
    'Expected/present',
    '应到/实到 应到实到 应到/实到人数 应到人数/实到人数 应到/出席',
  ),
  column(
    'expected',
    'count',
    '应到',
    'Expected',
    '应到人数 应到 应参加人数 应参会人数 应出席人数 应参加 应参会 应出席 应到党员 应到党员数 应到会人数 应到会 应学人数 应参学人数 党员总数',
  ),
  column(
    'present',
    'count',
    '实到',
    'Present',
    '实到人数 实到 实际参加人数 实际到会人数 实际参会人数 实参加人数 实参会人数 实到党员 实到党员数 实到会人数 实到会 实参加 实参会 实际到会 实际参加 实学人数 实参学人数 参学人数 到会人数 到会 出席人数 出席 参会人数 参加人数 参与人数 参学 人数',
  ),
  column(
    'attendees',
    'person',
    '参加人员',
    'Attendees',
    '参加人员 参会人员 出席人员 到会人员 参加对象 参学人员 参加人 参会人 列席人员 出席人 参与人员',
  ),
  column(
    'on_duty',
    'count',
    '在岗',
    'On duty',
    '在岗人数 在船人数 值班人数 在岗在船人数 在船在岗人数 在岗 在船 值班 在岗值班 在船值班 在岗/在船 在船/值班 在岗在船 当班人数 当班 在航人数 执勤人数',
  ),
  column('excused', 'count', '请假', 'On leave', '请假人数 请假 请假人员 请假人 请假情况 公假人数'),
  column('excused_sick', 'count', '病假', 'Sick leave', '病假 病假人数'),
  column('excused_personal', 'count', '事假', 'Personal leave', '事假 事假人数'),
  column(
    'excused_official',
    'count',
    '公出',
    'Away on business',
    '公出 公出人数 公假 出差 出差人数 因公外出',
  ),
  column(
    'unexcused',
    'count',
    '无故缺席',
    'Unexcused',
    '无故缺席人数 无故缺席 旷会 旷会人数 无故缺勤 未请假 未请假人数 无故',
  ),
  column(
    'absent',
    'ignored',
    '缺席人数',
    'Absent',
    '缺席人数 缺席数 未到人数 未到会人数 缺勤人数 未参加人数 缺席/未到人数',
  ),
  column(
    'absence',
    'absence',
    '缺席人员及原因',
    'Absences and reasons',
    '缺席人员及原因 缺席及原因 缺席人员和原因 缺席原因 缺席人员 缺席情况 缺席 未到人员及原因 未到人员 未到原因 未到 请假人员及原因 请假原因 请假及原因 缺勤人员及原因 缺勤原因 未参加人员及原因 未参会人员及原因 缺席名单 缺席说明',
  ),
  column('exempt', 'count', '免到', 'Exempt', '免到人数 免到 免于参加人数 豁免人数 可不参加人数'),
  column(
    'hours',
    'hours',
    '学时',
    'Hours',
    '学时 时长 学习时长 会议时长 活动时长 课时 学习学时 时数 学时数 会议时长小时 学习时数 用时',
  ),
  column('rate', 'ignored', '参会率', 'Rate', '参会率 到会率 出席率 参学率 出勤率'),
  note,
  evidence,
  ...returned,
];

const visit: readonly Column[] = [
  seq,
  year,
  quarter,
  unit,
  column(
    'date',
    'date',
    '日期',
    'Date',
    '走访日期 走访时间 日期 时间 调研时间 调研日期 慰问时间 慰问日期 开展时间 活动时间 开始时间 年月日',
  ),
  end,
  monthColumn,
  dayColumn,
  column(
    'kind',
    'kind',
    '类型',
    'Kind',
    '走访类型 走访类别 类型 类别 走访性质 走访形式 活动类型 调研类型 种类',
  ),
  column(
    'title',
    'text',
    '走访对象',
    'Visited',
    '走访对象 走访企业 走访单位 被走访单位 慰问对象 调研对象 调研单位 对象 企业名称 受访对象 受访单位 单位/对象 走访慰问对象',
  ),
  column('topic', 'text', '内容', 'Topic', '走访内容 内容 主题 走访主题 主要内容 走访情况 慰问内容 调研内容'),
  place,
  column(
    'participants',
    'count',
    '参加人数',
    'Participants',
    '参加人数 走访人数 参与人数 参加人员人数 人数 走访人次 参加人次 参加人员/人数',
  ),
  column(
    'visitors',
    'person',
    '参加人员',
    'Visitors',
    '参加人员 走访人员 走访人 参与人员 带队领导 参加领导 走访领导 调研人员 慰问人员 参加人',
  ),
  column(
    'raised',
    'count',
    '反映问题',
    'Issues raised',
    '反映问题 困难诉求 诉求 反映问题数 问题数 反映诉求 诉求数 收集问题 收集诉求 收集问题数 诉求件数 反映件数 困难诉求数 问题诉求 提出问题 收集意见 收集意见建议 困难问题 反映问题件数 困难和诉求',
  ),
  column(
    'resolved',
    'count',
    '办结',
    'Issues resolved',
    '办结 解决 解决数 办结数 解决问题 解决问题数 已解决 已办结 办结件数 解决件数 解决诉求 办理完成 已解决数 已办结数 协调解决',
  ),
  column(
    'follow_up',
    'text',
    '后续',
    'Follow-up',
    '后续 后续跟进 后续措施 后续情况 跟进情况 落实情况 处理情况 解决情况',
  ),
  note,
  evidence,
  column('recorder', 'person', '记录人', 'Recorder', '记录人 填报人 责任人 联系人 负责人'),
  ...returned,
];

const volunteering: readonly Column[] = [
  seq,
  year,
  quarter,
  unit,
  column(
    'date',
    'date',
    '日期',
    'Date',
    '服务日期 服务时间 志愿服务时间 志愿服务日期 日期 时间 活动日期 活动时间 开展时间 开展日期 开始时间 年月日',
  ),
  end,
  monthColumn,
  dayColumn,
  column(
    'title',
    'text',
    '服务项目',
    'Service',
    '服务项目 项目 项目名称 服务内容 志愿服务项目 志愿服务内容 志愿服务名称 志愿服务主题 服务名称 活动名称 活动内容 活动主题 内容 主题 名称 项目内容',
  ),
  column('kind_word', 'text', '类别', 'Kind', '类型 类别 服务类型 服务类别 活动类型'),
  place,
  column(
    'participants',
    'count',
    '参与人数',
    'Participants',
    '参与人数 参与人次 服务人次 服务人数 志愿者人数 志愿者人次 参加人数 参加人次 人数 人次 参加志愿者人数 志愿者数 参与党员数 出动人次',
  ),
  column(
    'volunteers',
    'person',
    '参加人员',
    'Volunteers',
    '参加人员 参与人员 志愿者 志愿者姓名 志愿者名单 参加人',
  ),
  column(
    'hours',
    'hours',
    '时长',
    'Hours',
    '服务时长 志愿服务时长 时长 活动时长 服务小时 小时 小时数 服务时数 人均时长 时数',
  ),
  column('beneficiaries', 'text', '服务对象', 'Served', '服务对象 受益对象 对象 受益群体 服务群体'),
  note,
  evidence,
  column('recorder', 'person', '记录人', 'Recorder', '记录人 填报人 负责人 组织者 联系人 责任人 领队'),
  ...returned,
];

const rectification: readonly Column[] = [
  seq,
  year,
  unit,
  column('origin', 'text', '来源', 'Origin', '来源 问题来源 发现来源 检查来源 发现途径 问题出处 检查名称'),
  column(
    'title',
    'text',
    '存在问题',
    'Problem',
    '存在问题 存在的问题 问题 问题描述 问题内容 具体问题 问题表现 问题清单 主要问题 整改问题 反馈问题 发现问题 查摆问题 问题事项 整改事项',
  ),
  column('goal', 'text', '整改目标', 'Goal', '整改目标 目标'),
  column(
    'measure',
    'text',
    '整改措施',
    'Measure',
    '整改措施 措施 整改举措 改进措施 具体措施 整改内容 整改方案',
  ),
  column('leader', 'person', '责任领导', 'Leader', '责任领导 分管领导 牵头领导 包保领导'),
  column(
    'responsible_department',
    'text',
    '责任部门',
    'Department',
    '责任部门 责任单位 责任科室 牵头部门 整改部门',
  ),
  column(
    'person',
    'person',
    '责任人',
    'Responsible',
    '责任人 整改责任人 责任部门/责任人 具体责任人 经办人 验收人 销号人',
  ),
  column(
    'nature',
    'text',
    '整改类型',
    'Nature',
    '整改类型 类型 整改类别 整改性质 类别 问题类型 问题类别 整改方式',
  ),
  column(
    'date',
    'date',
    '发现时间',
    'Raised on',
    '发现时间 发现日期 问题发现时间 检查时间 检查日期 提出时间 反馈时间 反馈日期 查摆时间 登记时间 登记日期 时间 日期',
  ),
  column(
    'due',
    'date',
    '整改时限',
    'Due on',
    '整改时限 完成时限 整改期限 时限 期限 整改完成时限 完成期限 计划完成时间 拟完成时间 要求完成时间 应完成时间 整改截止时间 截止时间 截止日期 预计完成时间 限期',
  ),
  column(
    'extended',
    'date',
    '延期至',
    'Extended to',
    '延期至 延长时限 延期时限 延期到 延长至 展期至 顺延至 延期时间 延期日期 延期后时限 延期后完成时限 调整后时限 延期情况',
  ),
  column(
    'progress',
    'text',
    '完成情况',
    'Progress',
    '完成情况 整改情况 进展 整改进展 进展情况 整改状态 状态 整改完成情况 完成进度 落实情况 整改结果 整改成效 目前进展 是否完成',
  ),
  column(
    'reported',
    'date',
    '完成时间',
    'Reported done on',
    '完成时间 实际完成时间 完成日期 整改完成时间 整改完成日期 实际完成日期 整改时间',
  ),
  column(
    'closed',
    'date',
    '销号时间',
    'Closed on',
    '销号时间 销号日期 验收销号时间 销号 是否销号 销号情况 验收时间 验收日期 销号/销号时间 核销时间 销号状态',
  ),
  note,
  evidence,
  ...returned,
];

const headcount: readonly Column[] = [
  seq,
  year,
  quarter,
  unit,
  column(
    'date',
    'date',
    '日期',
    'Date',
    '日期 年月 时间 统计时间 统计日期 统计月份 截至日期 截止日期 截至时间 统计年月 时点',
  ),
  monthColumn,
  column(
    'members',
    'count',
    '在册党员数',
    'Members',
    '在册党员数 在册党员 在册党员人数 党员数 党员人数 党员总数 现有党员 现有党员数 在册人数 党员数量 在册党员总数 月初党员数',
  ),
  column(
    'breakdown',
    'ignored',
    '其中',
    'Of which',
    '正式党员 预备党员 男 女 男党员 女党员 其中正式党员 其中预备党员 在职党员 退休党员 流动党员 发展对象 积极分子 入党积极分子',
  ),
  note,
  column('recorder', 'person', '填报人', 'Recorder', '填报人 填表人 负责人 书记 支部书记 联系人'),
  ...returned,
];

export const ledgerColumns: Readonly<Record<Family, readonly Column[]>> = {
  activity,
  visit,
  volunteering,
  rectification,
  headcount,
};

/** Words in a sheet's, title's or file's name that speak for a family, where the headings leave it open. */
export const familyWords: Readonly<Record<Family, readonly string[]>> = {
  activity: words('三会一课 组织生活 主题党日 党员大会 支委会 支部委员会 党小组会 党课 学习 活动 会议'),
  visit: words('走访 慰问 调研'),
  volunteering: words('志愿 志愿服务'),
  rectification: words('整改 问题清单 销号 问题台账'),
  headcount: words('党员人数 党员名册 名册 党员数 党员统计 在册党员'),
};

/** One of these must be headed for a sheet to be a ledger of the family at all. */
export const essentialColumns: Readonly<Record<Family, readonly string[]>> = {
  activity: words('kind title expected present attendance attendance_reversed hours attendees'),
  visit: words('kind title raised resolved participants visitors'),
  volunteering: words('title participants volunteers hours'),
  rectification: words('title'),
  headcount: words('members'),
};

const mayName: ReadonlySet<ColumnType> = new Set<ColumnType>(['person', 'absence', 'count']);

/** Keys of columns whose cells may name persons: who came, who did not and why; a clerk writes names for a count, too. */
export const keysThatMayName: ReadonlySet<string> = new Set(
  Object.values(ledgerColumns).flatMap((columns) =>
    columns.filter((c) => mayName.has(c.type)).map((c) => c.key),
  ),
);

/** Headings of columns that name persons, and nothing else. */
export const personHeadings: readonly string[] = [
  ...new Set(
    Object.values(ledgerColumns).flatMap((columns) =>
      columns.filter((c) => c.type === 'person').flatMap((c) => c.headings),
    ),
  ),
];
