import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge } from './reading.ts';
import { readFile } from './reading.ts';
import { isDate, isMonth } from '../shared/period.ts';

const unit = {
  code: 'DG',
  name: '东港引航站党支部',
  parent: null,
  level: 'branch',
  openedOn: null,
  closedOn: null,
  mergedInto: null,
} as const;
const heads = [
  '时间,类型,应到,实到,请假,缺席人员及原因,学时',
  '时间,走访类型,走访对象,参加人员,困难诉求,办结',
  '时间,服务项目,参与人数,时长',
  '问题,类型,发现时间,整改时限,完成情况,完成时间,销号',
  '党支部,年月,在册党员数',
];
const scraps = [
  ...'0123456789０１２.-/年月日至~、，；（）()*人名户余约若干立即长期上中下旬半天小时分钟支委会党课东港在船事假销号是合计注：\n" \t=+@\u0000\u202e#',
];
const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom(...scraps), maxLength: 24 }),
  fc.constantFrom('2022-3-5', '3月5日', '支委会', '5', '20/24', '东港站', '立即', '', '50余人'),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

test('whatever is written, each row is taken or left out with its cell, and nothing breaks', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...heads),
      fc.array(fc.array(cell, { minLength: 1, maxLength: 8 }), { maxLength: 8 }),
      (head, rows) => {
        const text = `东港站2022年度台账\n${head}\n${rows.map((r) => r.map(quoted).join(',')).join('\n')}`;
        const { sheets } = readFile('东港站.csv', new TextEncoder().encode(text));
        const judged = judge([sheets], { units: [unit], options: {}, today: '2024-11-20' });
        for (const sheet of judged.sheets) {
          expect(sheet.accepted + sheet.rejected + sheet.duplicates).toBe(sheet.rows);
          expect(sheet.unknown).toBeLessThanOrEqual(sheet.accepted);
        }
        const rejected = judged.sheets.reduce((sum, s) => sum + s.rejected, 0);
        const faulty = new Set(judged.problems.filter((p) => p.severity === 'error').map((p) => p.row));
        expect(faulty.size).toBe(rejected);
        for (const record of [...judged.staged.records, ...judged.staged.contradictions])
          expect(record.date).toSatisfy(isDate);
        for (const c of judged.staged.coverage)
          expect([c.from_month, c.to_month].every(isMonth) && c.from_month <= c.to_month).toBe(true);
        for (const { figures } of judged.staged.records)
          for (const [key, value] of Object.entries(figures)) {
            if (typeof value === 'number') expect(value, key).toBeGreaterThanOrEqual(0);
            if (/_on$|end_date/.test(key) && value !== null) expect(value, key).toSatisfy(isDate);
          }
      },
    ),
    { numRuns: 400 },
  );
});

test('a cell of 32,767 characters of any sort takes no time', () => {
  const begun = performance.now();
  for (const scrap of ['1', '(', '张三、', '在船', '-', '0.', '年', '*', '3月5日-', '一', '党课、', '=']) {
    const long = scrap.repeat(Math.ceil(32_767 / scrap.length)).slice(0, 32_767);
    for (const head of heads) {
      const line = head
        .split(',')
        .map(() => quoted(long))
        .join(',');
      const { sheets } = readFile('东港站2022.csv', new TextEncoder().encode(`${head}\n${line}`));
      judge([sheets], { units: [unit], options: {}, today: '2024-11-20' });
    }
  }
  expect(performance.now() - begun).toBeLessThan(20_000);
});
