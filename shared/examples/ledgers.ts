import { oneBranch, row, sumUp, twoBranches, type Example } from './example.ts';

/** Figures of what is due, and of the ledgers themselves. */
export const ledgerExamples: readonly Example[] = [
  {
    kpi: 'norm_compliance',
    shows: {
      zh: '期满才到期；一次活动占两项；多办不加分；党员不足 7 人不要求支委会。',
      en: 'Due when the period has ended; one event fills two slots; more gives no credit; no committee under 7 members.',
    },
    units: oneBranch,
    ledgers: [
      {
        family: 'activity',
        file: '东港站2023年三会一课.csv',
        csv: `
日期,类型,主题
2023-01-11,主题党日,清理岸线
2023-01-18,支委会,研究年度计划
2023-02-08,支委会,研究发展党员
2023-02-15,党员大会、主题党日,学习二十大报告
2023-02-22,主题党日,参观灯塔旧址
2023-03-08,支委会,研究一季度工作
`,
      },
      {
        family: 'headcount',
        file: '东港站党员人数.csv',
        csv: `
日期,党员数
2023-01-01,6
2023-02-01,8
`,
      },
    ],
    asked: { unit: 'DG', year: 2023, asOf: '2023-03-31' },
    steps: [
      row(
        2,
        '1 月党员 6 人，不足 7 人：1 月不要求支委会。',
        '6 members in January, under 7: no committee is asked for in January.',
        1,
      ),
      row(
        3,
        '2 月 1 日起 8 人：2、3 月要求支委会。',
        '8 from 1 February: a committee in February and in March.',
        1,
      ),
      sumUp(
        '到期：党员大会一季度 1，支委会 2、3 月 2，主题党日 1、2、3 月 3，共 6。组织生活会和民主评议要到年底才到期；没有党小组，不要求党小组会。',
        'Due: the general meeting of the first quarter 1, the committee of February and March 2, the theme days of three months 3: 6. Organisational life and appraisal are not due before the year ends; there is no party group, so no group meeting.',
      ),
      row(2, '1 月主题党日：办 1。', 'The theme day of January: met 1.'),
      row(3, '1 月的支委会不在要求之内：不加分。', 'A committee in January is not asked for: no credit.'),
      row(4, '2 月支委会：办 1。', 'The committee of February: met 1.'),
      row(
        5,
        '一次活动，占一季度党员大会和 2 月主题党日两项：办 2。',
        'One event fills the general meeting of the quarter and the theme day of February: met 2.',
      ),
      row(6, '2 月第二次主题党日：多办不加分。', 'A second theme day in February: no further credit.'),
      row(
        7,
        '3 月支委会：办 1。3 月没有主题党日：缺 1。',
        'The committee of March: met 1. March has no theme day: 1 missing.',
      ),
      sumUp(
        '(1 + 1 + 2 + 1) ÷ 6 = 5/6，即 83.3%；分母不足 10，只列分数。',
        '(1 + 1 + 2 + 1) ÷ 6 = 5/6, that is 83.3%; under 10 the fraction alone is shown.',
      ),
    ],
    expected: { value: 0.8333, numerator: 5, denominator: 6, unknown: 0, status: 'ok' },
  },
  {
    kpi: 'ledger_completeness',
    shows: {
      zh: '年中成立的支部；报了而没有活动的月份；没有报的月份。',
      en: 'A branch set up within the year; a month handed in without an event; months not handed in.',
    },
    units: twoBranches,
    ledgers: [
      {
        family: 'activity',
        file: '东港站2023年1-6月三会一课.csv',
        csv: `
日期,类型,应到,实到
2023-01-12,支委会,5,5
2023-02-10,党员大会,24,22
2023-03-10,主题党日,24,21
2023-04-14,党课,24,20
2023-06-09,集中学习,24,23
`,
      },
      {
        family: 'activity',
        file: '西港站2023年3-4月三会一课.csv',
        csv: `
日期,类型,应到,实到
2023-03-22,党员大会,12,12
2023-04-19,主题党日,12,11
`,
      },
    ],
    asked: { unit: 'JH', year: 2023, asOf: '2023-06-30' },
    steps: [
      row(
        [2, 3, 4, 5, 6],
        '东港：应报 1 至 6 月 6 个月。台账写明 1-6 月；5 月没有活动，但报了：已报 6/6。',
        'Donggang: 6 months due, January to June. The ledger says 1-6月; May has no event and was handed in: 6 of 6.',
      ),
      row(
        [2, 3],
        '西港：3 月 15 日成立，应报 3 至 6 月 4 个月；台账只到 4 月：已报 2/4。',
        'Xigang: set up on 15 March, 4 months due, March to June; the ledger ends with April: 2 of 4.',
        1,
      ),
      sumUp('(6 + 2) ÷ (6 + 4) = 8/10 = 80.0%。', '(6 + 2) ÷ (6 + 4) = 8/10 = 80.0%.'),
    ],
    expected: { value: 0.8, numerator: 8, denominator: 10, unknown: 0, status: 'partial' },
  },
  {
    kpi: 'contradictions',
    shows: {
      zh: '四种矛盾各一条；空着的和写不清的不是矛盾。',
      en: 'One of each of the four; what is blank or vague contradicts nothing.',
    },
    units: oneBranch,
    ledgers: [
      {
        family: 'activity',
        file: '东港站2023年三会一课.csv',
        csv: `
日期,类型,主题,应到,实到
2023-01-12,支委会,研究年度计划,5,5
2023-02-30,主题党日,清理岸线,24,20
2023-03-10,党员大会,选举支委,23,24
2023-04-14,党课,书记讲党课,24,22
2023-04-14,党课,书记讲党课,24,22
2023-05-12,集中学习,学习安全生产规定,24,若干
`,
      },
      {
        family: 'rectification',
        file: '东港站2023年整改台账.csv',
        csv: `
序号,存在问题,整改类型,发现时间,销号时间
1,档案室漏水,限期整改,2023-06-10,2023-06-01
2,学习记录不全,限期整改,2023-07-03,
`,
      },
    ],
    asked: { unit: 'DG', year: 2023, asOf: '2023-12-31' },
    steps: [
      row(2, '没有矛盾。', 'Nothing is wrong.'),
      row(3, '2 月没有 30 日：1 条。', 'February has no 30th: 1.'),
      row(4, '实到 24 多于应到 23：1 条。', '24 present of 23 expected: 1.'),
      row(5, '没有矛盾。', 'Nothing is wrong.'),
      row(6, '与第 5 行相同：1 条。', 'The same as row 5: 1.'),
      row(7, '“若干”不明，不是矛盾：0。', '"若干" is unknown, no contradiction: 0.'),
      row(
        2,
        '6 月 1 日销号，早于 6 月 10 日发现：1 条。',
        'Closed on 1 June, before it was raised on 10 June: 1.',
        1,
      ),
      row(3, '没有销号，不是矛盾：0。', 'Open, no contradiction: 0.', 1),
      sumUp('1 + 1 + 1 + 1 = 4 条。', '1 + 1 + 1 + 1 = 4.'),
    ],
    expected: { value: 4, numerator: 4, denominator: null, unknown: 0, status: 'ok' },
  },
];
