import { oneBranch, row, sumUp, type Example } from './example.ts';

const visits = '东港站2023年走访.csv';
const services = '东港站2023年志愿服务.csv';

/** Figures of the ledgers of visits and of volunteering. */
export const serviceExamples: readonly Example[] = [
  {
    kpi: 'visits',
    shows: {
      zh: '跨两天的走访；人数没有公开；登记了两遍的一行；上年的日期。',
      en: 'A visit of two days; a withheld number; a row entered twice; a date of the year before.',
    },
    units: oneBranch,
    ledgers: [
      {
        family: 'visit',
        file: visits,
        csv: `
日期,类型,走访对象,参加人数
2023-01-15,走访慰问,退休老党员,3
3月20日-21日,企业走访,东港集装箱码头,4
2023-06-02,调研,渔民合作社,**名
2023-06-02,调研,渔民合作社,**名
2022-12-30,企业走访,海事服务公司,2
2023-09-08,企业走访,船舶代理公司,2
`,
      },
    ],
    asked: { unit: 'DG', year: 2023, asOf: '2023-12-31' },
    steps: [
      row(2, '1 次。', '1.'),
      row(
        3,
        '两天是一次，记在第一天 3 月 20 日：1 次。',
        'Two days are one visit, on the first, 20 March: 1.',
      ),
      row(4, '几人没有公开，走访仍是 1 次。', 'By how many is withheld; a visit it is: 1.'),
      row(
        5,
        '与第 4 行相同：只计一次，列为矛盾。',
        'The same as row 4: counted once, and listed as a contradiction.',
      ),
      row(
        6,
        '写在 2023 年的台账里，日期是 2022 年：照收，计入 2022 年。',
        'In the ledger of 2023, dated in 2022: taken, and counted in 2022.',
      ),
      row(7, '1 次。', '1.'),
      sumUp('1 + 1 + 1 + 1 = 4 次。', '1 + 1 + 1 + 1 = 4.'),
    ],
    expected: { value: 4, numerator: 4, denominator: null, unknown: 0, status: 'ok' },
  },
  {
    kpi: 'visit_issues_resolved_rate',
    shows: {
      zh: '没有反映诉求的走访；诉求写成文字而没有件数。',
      en: 'A visit at which nothing was raised; an issue told in words, without a number.',
    },
    units: oneBranch,
    ledgers: [
      {
        family: 'visit',
        file: visits,
        csv: `
日期,类型,走访对象,反映问题,办结
2023-02-17,企业走访,东港集装箱码头,4,3
2023-05-19,走访慰问,退休老党员,无,无
2023-08-11,企业走访,船舶代理公司,泊位紧张,1
2023-11-03,企业走访,海事服务公司,8件,6件
`,
      },
    ],
    asked: { unit: 'DG', year: 2023, asOf: '2023-12-31' },
    steps: [
      row(2, '3/4。', '3 of 4.'),
      row(3, '“无”是 0 件：0/0，什么也不加。', '"无" is none: 0 of 0 adds nothing.'),
      row(
        4,
        '“泊位紧张”是几件没有写：分子、分母都不计（办结的 1 件也不计），另列 1 条不明。',
        'How many "泊位紧张" (berths are short) is, is not written: in neither half, the 1 resolved included, and 1 unknown.',
      ),
      row(5, '6/8。', '6 of 8.'),
      sumUp('(3 + 0 + 6) ÷ (4 + 0 + 8) = 9/12 = 75.0%。', '(3 + 0 + 6) ÷ (4 + 0 + 8) = 9/12 = 75.0%.'),
    ],
    expected: { value: 0.75, numerator: 9, denominator: 12, unknown: 1, status: 'ok' },
  },
  {
    kpi: 'volunteers',
    shows: {
      zh: '全角数字；“50余人”是下限；“若干”不明。',
      en: 'Full-width digits; "50余人" (over 50) is a lower bound; "若干" (some) is unknown.',
    },
    units: oneBranch,
    ledgers: [
      {
        family: 'volunteering',
        file: services,
        csv: `
服务日期,服务项目,参与人数,时长
2023-03-05,清理岸线,12,3
2023-05-20,护送学生过江,１５人,2小时
2023-07-01,码头义诊,50余人,2
2023-09-16,旧衣募捐,若干,半天
2023-12-02,冬季送温暖,20,2
`,
      },
    ],
    asked: { unit: 'DG', year: 2023, asOf: '2023-11-30' },
    steps: [
      row(2, '12。', '12.'),
      row(3, '“１５人”即 15。', '“１５人” is 15.'),
      row(
        4,
        '“50余人”至少 50：加 50，另列 1 条不明。',
        '"50余人" is at least 50: adds 50, and is counted as 1 unknown.',
      ),
      row(5, '“若干”：什么也不加，另列 1 条不明。', '"若干" adds nothing, and is 1 more unknown.'),
      row(6, '在截至日 11 月 30 日之后：不计。', 'After the as-of day, 30 November: 0.'),
      sumUp(
        '12 + 15 + 50 = 77；其中 2 条不明，所以是 ≥ 77 人次。',
        '12 + 15 + 50 = 77, with 2 unknown: ≥ 77.',
      ),
    ],
    expected: { value: 77, numerator: 77, denominator: null, unknown: 2, status: 'ok' },
  },
  {
    kpi: 'volunteer_hours',
    shows: {
      zh: '时长写成小时和分钟；人数是下限；“半天”折不成小时。',
      en: 'Hours and minutes; a lower bound of participants; "半天" (half a day) is no number of hours.',
    },
    units: oneBranch,
    ledgers: [
      {
        family: 'volunteering',
        file: services,
        csv: `
服务日期,服务项目,参与人数,时长
2023-03-05,清理岸线,12,3
2023-05-20,护送学生过江,15,2小时30分
2023-07-01,码头义诊,50余人,2
2023-09-16,旧衣募捐,20,半天
`,
      },
    ],
    asked: { unit: 'DG', year: 2023, asOf: '2023-12-31' },
    steps: [
      row(2, '12 × 3 = 36。', '12 × 3 = 36.'),
      row(3, '2 小时 30 分是 2.5 小时：15 × 2.5 = 37.5。', '2 hours 30 minutes are 2.5: 15 × 2.5 = 37.5.'),
      row(4, '至少 50 人：50 × 2 = 100，另列 1 条不明。', 'At least 50: 50 × 2 = 100, and 1 unknown.'),
      row(
        5,
        '“半天”是几小时没有规定：什么也不加，另列 1 条不明。',
        'No rule says how many hours half a day is: adds nothing, and is 1 more unknown.',
      ),
      sumUp(
        '36 + 37.5 + 100 = 173.5；其中 2 条不明，所以是 ≥ 173.5 小时。',
        '36 + 37.5 + 100 = 173.5, with 2 unknown: ≥ 173.5.',
      ),
    ],
    expected: { value: 173.5, numerator: 173.5, denominator: null, unknown: 2, status: 'ok' },
  },
];
