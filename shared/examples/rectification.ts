import { oneBranch, row, sumUp, type Example } from './example.ts';

const file = '东港站2023年整改台账.csv';
const asked = { unit: 'DG', year: 2023, asOf: '2023-12-31' };

/** Figures of the ledger of rectification. */
export const rectificationExamples: readonly Example[] = [
  {
    kpi: 'rectification_closure_rate',
    shows: {
      zh: '基本完成；报告完成而未销号；延期；长期坚持；截至日之后才销号。',
      en: 'Basically done; reported done and not verified; extended; long-term; closed after the as-of day.',
    },
    units: oneBranch,
    ledgers: [
      {
        family: 'rectification',
        file,
        csv: `
序号,存在问题,整改类型,发现时间,整改时限,完成情况,完成时间,销号时间
1,消防器材过期,立行立改,2023-02-01,2023-02-05,已完成,2023-02-03,2023-02-04
2,学习记录不全,限期整改,2023-03-10,2023-06-30,基本完成,,
3,值班制度未修订,限期整改,2023-04-01,6月30日，延期至8月31日,已完成,2023-08-18,2023-08-20
4,联系群众不够,长期坚持,2023-05-06,长期,持续推进,,
5,档案室漏水,限期整改,2023-06-01,2023-09-30,已完成,2023-09-20,
6,谈心谈话偏少,限期整改,2023-10-08,2023-12-31,已完成,2024-01-05,2024-01-10
`,
      },
    ],
    asked,
    steps: [
      row(2, '2 月 4 日销号：1/1。', 'Closed on 4 February: 1 of 1.'),
      row(3, '“基本完成”未销号：0/1。', '"基本完成" (basically done) is open: 0 of 1.'),
      row(4, '延期的仍在内，8 月 20 日销号：1/1。', 'Extended, it stays in; closed on 20 August: 1 of 1.'),
      row(5, '长期坚持另列：不计。', 'Long-term, shown apart: in neither half.'),
      row(6, '9 月 20 日报告完成，没有销号：0/1。', 'Reported done on 20 September, not verified: 0 of 1.'),
      row(
        7,
        '2024 年 1 月 10 日才销号，在截至日 2023 年 12 月 31 日未销号：0/1。',
        'Closed on 10 January 2024; on the as-of day, 31 December 2023, it is open: 0 of 1.',
      ),
      sumUp(
        '已销号 2，发现 5：2/5，即 40.0%；分母不足 10，只列分数。',
        '2 closed of 5 raised: 2/5, that is 40.0%; under 10 the fraction alone is shown.',
      ),
    ],
    expected: { value: 0.4, numerator: 2, denominator: 5, unknown: 0, status: 'ok' },
  },
  {
    kpi: 'rectification_on_time_rate',
    shows: {
      zh: '延期不改原定时限；当天销号算按期；尚未到期和没有时限的不计。',
      en: 'An extension does not move the due date; closed on the very day is on time; what is not due, or has no date, is left out.',
    },
    units: oneBranch,
    ledgers: [
      {
        family: 'rectification',
        file,
        csv: `
序号,存在问题,整改类型,发现时间,整改时限,销号时间
1,消防器材过期,立行立改,2023-02-01,2023-02-05,2023-02-05
2,值班制度未修订,限期整改,2023-04-01,6月30日，延期至8月31日,2023-08-20
3,档案室漏水,限期整改,2023-06-01,9月,2023-09-30
4,学习记录不全,限期整改,2023-07-03,2023-10-31,
5,谈心谈话偏少,限期整改,2023-10-08,2024-03-31,2023-12-20
6,台账字迹不清,限期整改,2023-11-01,,2023-11-15
7,联系群众不够,长期坚持,2023-05-06,长期,
`,
      },
    ],
    asked,
    steps: [
      row(2, '时限当天销号，算按期：1/1。', 'Closed on the due day itself, on time: 1 of 1.'),
      row(
        3,
        '原定 6 月 30 日，8 月 20 日才销号；延期不算：0/1。',
        'Due on 30 June at first and closed on 20 August; the extension does not count: 0 of 1.',
      ),
      row(
        4,
        '“9月”的时限是 9 月 30 日，当天销号：1/1。',
        'Due "9月" (in September) is due by the 30th, the day it was closed: 1 of 1.',
      ),
      row(5, '10 月 31 日到期，未销号：0/1。', 'Due on 31 October and open: 0 of 1.'),
      row(
        6,
        '2024 年 3 月 31 日才到期，虽已销号：不计。',
        'Not due before 31 March 2024, though closed: in neither half.',
      ),
      row(7, '没有时限：不计。', 'Without a due date: in neither half.'),
      row(8, '长期坚持：不计。', 'Long-term: in neither half.'),
      sumUp(
        '按期 2，到期 4：2/4，即 50.0%；分母不足 10，只列分数。',
        '2 on time of 4 due: 2/4, that is 50.0%; under 10 the fraction alone is shown.',
      ),
    ],
    expected: { value: 0.5, numerator: 2, denominator: 4, unknown: 0, status: 'ok' },
  },
  {
    kpi: 'rectification_overdue',
    shows: {
      zh: '往年发现、至今未销号的；到期当天的；逾期后已销号的。',
      en: 'Raised in an earlier year and still open; due on the very day; closed late.',
    },
    units: oneBranch,
    ledgers: [
      {
        family: 'rectification',
        file: '东港站2022-2023年整改台账.csv',
        csv: `
序号,存在问题,整改类型,发现时间,整改时限,完成情况,销号时间
1,办公用房超标,限期整改,2022-05-10,2022-08-31,整改中,
2,值班制度未修订,限期整改,2023-03-01,2023-06-30,已完成,2023-09-01
3,档案室漏水,限期整改,2023-06-01,2023-09-30,基本完成,
4,学习记录不全,限期整改,2023-07-03,2023-10-31,已完成,2024-01-10
5,谈心谈话偏少,限期整改,2023-10-08,2023-12-31,整改中,
6,联系群众不够,长期坚持,2023-05-06,长期,持续推进,
`,
      },
    ],
    asked,
    steps: [
      row(
        2,
        '2022 年发现，时限已过，未销号：1 项。存量看的是 12 月 31 日这一天，不论哪年发现。',
        'Raised in 2022, past due and open: 1. A stock is what stands on 31 December, whenever raised.',
      ),
      row(
        3,
        '逾期两个月才销号，到 12 月 31 日已不是未销号：不计。',
        'Closed two months late; by 31 December it is no longer open: 0.',
      ),
      row(4, '“基本完成”未销号，已过 9 月 30 日：1 项。', '"基本完成" is open, and 30 September is past: 1.'),
      row(5, '2024 年才销号，12 月 31 日那天未销号：1 项。', 'Closed in 2024; on 31 December open: 1.'),
      row(
        6,
        '12 月 31 日到期，当天还不算逾期：不计。',
        'Due on 31 December; on the day itself not yet overdue: 0.',
      ),
      row(7, '长期坚持没有时限：不计。', 'Long-term, without a due date: 0.'),
      sumUp('1 + 1 + 1 = 3 项。', '1 + 1 + 1 = 3.'),
    ],
    expected: { value: 3, numerator: 3, denominator: null, unknown: 0, status: 'ok' },
  },
  {
    kpi: 'rectification_median_days',
    shows: {
      zh: '未销号的按截尾处理：不剔除，也不当作已销号。',
      en: 'Open items are censored: neither dropped nor taken for closed.',
    },
    units: oneBranch,
    ledgers: [
      {
        family: 'rectification',
        file,
        csv: `
序号,存在问题,整改类型,发现时间,销号时间
1,消防器材过期,立行立改,2023-02-01,2023-02-11
2,值班制度未修订,限期整改,2023-03-01,2023-03-31
3,档案室漏水,限期整改,2023-04-01,2023-06-30
4,学习记录不全,限期整改,2023-05-01,
5,谈心谈话偏少,限期整改,2023-12-11,
6,联系群众不够,长期坚持,2023-05-06,
`,
      },
    ],
    asked,
    steps: [
      row(2, '10 天销号。', 'Closed after 10 days.'),
      row(3, '30 天销号。', 'Closed after 30 days.'),
      row(4, '90 天销号。', 'Closed after 90 days.'),
      row(5, '到 12 月 31 日 244 天，仍未销号。', 'Open for 244 days by 31 December.'),
      row(6, '到 12 月 31 日 20 天，仍未销号。', 'Open for 20 days by 31 December.'),
      row(7, '长期坚持：不计。', 'Long-term: left out.'),
      sumUp(
        '第 10 天：5 项中销号 1 项，未销号的份额 4/5 = 0.80。',
        'Day 10: 1 of 5 is closed; the share open is 4/5 = 0.80.',
      ),
      sumUp(
        '第 20 天：第 6 行只看到这里，此后剩 3 项。',
        'Day 20: row 6 is followed no further; 3 items remain.',
      ),
      sumUp('第 30 天：3 项中销号 1 项，0.80 × 2/3 = 0.53。', 'Day 30: 1 of 3 is closed; 0.80 × 2/3 = 0.53.'),
      sumUp(
        '第 90 天：2 项中销号 1 项，0.53 × 1/2 = 0.27，首次不超过一半。',
        'Day 90: 1 of 2 is closed; 0.53 × 1/2 = 0.27, for the first time no more than half.',
      ),
      sumUp(
        '中位天数 90 天（已销号 3，共 5）。若剔除未销号的两项，会错说成 30 天。',
        'The median is 90 days (3 closed of 5). With the two open items dropped it would wrongly be 30.',
      ),
    ],
    expected: { value: 90, numerator: 3, denominator: 5, unknown: 0, status: 'ok' },
  },
];
