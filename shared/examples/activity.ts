import { oneBranch, row, sumUp, type Example } from './example.ts';

const file = '东港站2023年三会一课.csv';

/** Figures of the ledger of meetings and study. */
export const activityExamples: readonly Example[] = [
  {
    kpi: 'study_sessions',
    shows: {
      zh: '一次活动有两个类型；人数不明；日期只写到旬；截至日之后的活动。',
      en: 'An event of two kinds; an unknown number present; a date known to ten days; an event after the as-of day.',
    },
    units: oneBranch,
    ledgers: [
      {
        family: 'activity',
        file,
        csv: `
日期,类型,主题,应到,实到,学时
2023-02-10,集中学习,学习二十大报告,24,20,2
2023-03-08,党员大会、党课,书记讲党课,24,22,1.5
2023-04-14,主题党日,参观灯塔旧址,24,若干,3
2023-05-12,支委会,研究二季度工作,5,5,1
6月上旬,线上学习,学习强国专题,24,19,1
2023-10-13,集中学习,学习安全生产规定,24,21,2
`,
      },
    ],
    asked: { unit: 'DG', year: 2023, asOf: '2023-09-30' },
    steps: [
      row(2, '集中学习属学习类：1 次。', 'Collective study is of the study family: 1.'),
      row(
        3,
        '党课属学习类；同时是党员大会，仍是一次活动：1 次。',
        'The lecture is of the study family; a general meeting as well, it is one event all the same: 1.',
      ),
      row(
        4,
        '主题党日计入；实到“若干”不影响次数：1 次。',
        'A theme day counts; that those present are "若干" (some) does not change the number of events: 1.',
      ),
      row(5, '支委会不是学习：不计。', 'A committee meeting is no study: 0.'),
      row(
        6,
        '“6月上旬”按 6 月 1 日，并注明不确切：1 次。',
        '"6月上旬" (early June) is dated 1 June and marked approximate: 1.',
      ),
      row(7, '在截至日 9 月 30 日之后：不计。', 'After the as-of day, 30 September: 0.'),
      sumUp('1 + 1 + 1 + 1 = 4 次。', '1 + 1 + 1 + 1 = 4.'),
    ],
    expected: { value: 4, numerator: 4, denominator: null, unknown: 0, status: 'ok' },
  },
  {
    kpi: 'study_hours_per_member',
    shows: {
      zh: '党员数在月中变动；实到不明的活动；期间只有半年。',
      en: 'A headcount that changes within a month; an event of unknown attendance; half a year.',
    },
    units: oneBranch,
    ledgers: [
      {
        family: 'activity',
        file,
        csv: `
日期,类型,应到,实到,学时
2023-02-10,集中学习,20,20,2
2023-03-10,主题党日,20,18,3
2023-04-14,党课,26,若干,1.5
2023-05-12,支委会,5,5,1
2023-06-09,集中学习,26,24,2.5
2023-07-07,集中学习,26,25,2
`,
      },
      {
        family: 'headcount',
        file: '东港站党员人数.csv',
        csv: `
日期,党员数
2023-01-01,20
2023-04-10,26
`,
      },
    ],
    asked: { unit: 'DG', year: 2023, asOf: '2023-06-30' },
    steps: [
      row(2, '实到 20 × 学时 2 = 40。', '20 present × 2 hours = 40.'),
      row(3, '18 × 3 = 54。', '18 × 3 = 54.'),
      row(
        4,
        '实到不明：不计，另列 1 条不明。',
        'Those present are not known: left out, and counted as 1 unknown.',
      ),
      row(5, '支委会不是学习：不计。', 'A committee meeting is no study: 0.'),
      row(6, '24 × 2.5 = 60。', '24 × 2.5 = 60.'),
      row(7, '在截至日 6 月 30 日之后：不计。', 'After the as-of day, 30 June: 0.'),
      sumUp('分子：40 + 54 + 60 = 154。', 'Numerator: 40 + 54 + 60 = 154.'),
      row(
        [2, 3],
        '各月月初的党员数：1 至 4 月都是 20（4 月 10 日的变动到 5 月 1 日才在月初），5、6 月是 26。',
        'Members on the first day of each month: 20 from January to April (the change of 10 April is first met on 1 May), 26 in May and June.',
        1,
      ),
      sumUp(
        '分母：(20 × 4 + 26 × 2) ÷ 6 = 132 ÷ 6 = 22。',
        'Denominator: (20 × 4 + 26 × 2) ÷ 6 = 132 ÷ 6 = 22.',
      ),
      sumUp('154 ÷ 22 = 7.0 学时。', '154 ÷ 22 = 7.0 hours.'),
    ],
    expected: { value: 7, numerator: 154, denominator: 22, unknown: 1, status: 'ok' },
  },
  {
    kpi: 'attendance_rate',
    shows: {
      zh: '在船而未到；实到没有公开；实到多于应到。',
      en: 'Members at sea; an attendance that is withheld; more present than expected.',
    },
    units: oneBranch,
    ledgers: [
      {
        family: 'activity',
        file,
        csv: `
日期,类型,应到,实到,缺席人员及原因
2023-01-12,支委会,5,5,
2023-02-10,党员大会,22,19,在船3人
2023-03-10,主题党日,24,*,
2023-04-14,党课,23,20,在船1人、事假2人
2023-05-12,集中学习,23,24,
`,
      },
    ],
    asked: { unit: 'DG', year: 2023, asOf: '2023-12-31' },
    steps: [
      row(2, '5/5。', '5 of 5.'),
      row(3, '19/22：在船的 3 人仍在应到之内。', '19 of 22: the 3 at sea are expected like everybody.'),
      row(
        4,
        '实到没有公开：分子、分母都不计，另列 1 条不明。',
        'Those present are withheld: in neither half, and counted as 1 unknown.',
      ),
      row(5, '20/23。', '20 of 23.'),
      row(
        6,
        '实到 24 多于应到 23：不收，列为矛盾。',
        '24 present of 23 expected: not taken, and listed as a contradiction.',
      ),
      sumUp(
        '(5 + 19 + 20) ÷ (5 + 22 + 23) = 44/50 = 88.0%。',
        '(5 + 19 + 20) ÷ (5 + 22 + 23) = 44/50 = 88.0%.',
      ),
    ],
    expected: { value: 0.88, numerator: 44, denominator: 50, unknown: 1, status: 'ok' },
  },
  {
    kpi: 'available_attendance_rate',
    shows: {
      zh: '在船、免到从应到中减去；在船人数空着而又有人缺席。',
      en: 'Those at sea and those exempt are taken off; a blank number at sea although some were absent.',
    },
    units: oneBranch,
    ledgers: [
      {
        family: 'activity',
        file,
        csv: `
日期,类型,应到,实到,在船,免到
2023-01-12,支委会,5,5,,
2023-02-10,党员大会,24,18,4,
2023-03-10,主题党日,24,19,,
2023-04-14,党课,26,22,无,1
`,
      },
    ],
    asked: { unit: 'DG', year: 2023, asOf: '2023-12-31' },
    steps: [
      row(2, '全到，没有人在船：5/5。', 'All came, so nobody was at sea: 5 of 5.'),
      row(3, '可到 24 − 4 = 20：18/20。', 'Able to come 24 − 4 = 20: 18 of 20.'),
      row(
        4,
        '5 人未到，几人在船没有写：不当作 0，分子、分母都不计，另列 1 条不明。',
        '5 were absent and how many of them at sea is not written: no zero, but in neither half, and 1 unknown.',
      ),
      row(
        5,
        '“无”人在船，免到 1 人，可到 26 − 0 − 1 = 25：22/25。',
        '"无": nobody at sea; 1 exempt; able to come 26 − 0 − 1 = 25: 22 of 25.',
      ),
      sumUp(
        '(5 + 18 + 22) ÷ (5 + 20 + 25) = 45/50 = 90.0%。',
        '(5 + 18 + 22) ÷ (5 + 20 + 25) = 45/50 = 90.0%.',
      ),
    ],
    expected: { value: 0.9, numerator: 45, denominator: 50, unknown: 1, status: 'ok' },
  },
  {
    kpi: 'unexcused_rate',
    shows: {
      zh: '只有名字、没有原因的缺席，不算无故。',
      en: "Absences with names and no reasons are nobody's fault.",
    },
    units: oneBranch,
    ledgers: [
      {
        family: 'activity',
        file,
        csv: `
日期,类型,应到,实到,缺席人员及原因
2023-02-10,党员大会,26,22,王某（在船）、李某（在船）、赵某（事假）、钱某（无故）
2023-03-10,主题党日,25,25,
2023-04-14,党课,25,23,周某、吴某
2023-05-12,党员大会,29,27,在船1人、旷会1人
`,
      },
    ],
    asked: { unit: 'DG', year: 2023, asOf: '2023-12-31' },
    steps: [
      row(
        2,
        '缺席 26 − 22 = 4 人，原因都写明：在船 2，事假 1，无故 1：1/26。',
        '26 − 22 = 4 absent, each with a reason: 2 at sea, 1 on leave, 1 without: 1 of 26.',
      ),
      row(3, '无人缺席：0/25。', 'Nobody was absent: 0 of 25.'),
      row(
        4,
        '缺席 2 人而没有原因：分子、分母都不计，另列 1 条不明。',
        '2 absent without a reason given: in neither half, and 1 unknown.',
      ),
      row(5, '在船 1，旷会 1：1/29。', '1 at sea, 1 without leave: 1 of 29.'),
      sumUp('(1 + 0 + 1) ÷ (26 + 25 + 29) = 2/80 = 2.5%。', '(1 + 0 + 1) ÷ (26 + 25 + 29) = 2/80 = 2.5%.'),
    ],
    expected: { value: 0.025, numerator: 2, denominator: 80, unknown: 1, status: 'ok' },
  },
];
