import { createWriteStream, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { utils, write } from '@e965/xlsx';

/** Ledgers of any length, the same at every run: meetings of a hundred branches over ten years. */
const BRANCHES = 100;
const kinds = ['主题党日', '集中学习', '支部党员大会', '支委会', '党课', '党小组会'];
const topics = [
  '引航安全与党建融合',
  '学习贯彻会议精神',
  '廉政教育',
  '业务与服务提升',
  '志愿服务安排',
  '组织生活',
];
const head = [
  '序号',
  '日期',
  '所属党支部',
  '会议类型',
  '主题',
  '应到人数',
  '实到人数',
  '请假',
  '在船',
  '学时',
  '地点',
  '备注',
];

export const unitsCsv = [
  'code,name,parent,level,opened_on,closed_on,merged_into',
  'C,江海引航中心,,centre,,,',
  ...Array.from({ length: BRANCHES }, (_, i) => `B${i + 1},第${i + 1}引航站党支部,C,branch,,,`),
].join('\n');

/** Every row is another event: no branch has two of the same topic on a day. */
function row(i: number): (string | number)[] {
  const branch = (i % BRANCHES) + 1;
  const event = Math.floor(i / BRANCHES);
  const day = new Date(Date.UTC(2015, 0, 1 + (event % 3650))).toISOString().slice(0, 10);
  const expected = 12 + (i % 17);
  const [leave, duty] = [i % 3, (i >> 2) % 4];
  return [
    i + 1,
    day,
    `第${branch}引航站党支部`,
    kinds[i % kinds.length] ?? '',
    `${topics[(i >> 3) % topics.length]}（第${event + 1}次）`,
    expected,
    expected - leave - duty,
    leave,
    duty,
    i % 5 === 0 ? 2 : 1.5,
    '会议室',
    '',
  ];
}

export function writeXlsx(path: string, rows: number): void {
  const sheet = utils.aoa_to_sheet([head, ...Array.from({ length: rows }, (_, i) => row(i))]);
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, '三会一课');
  writeFileSync(path, write(book, { type: 'buffer', compression: true, bookSST: true }) as Buffer);
}

export async function writeCsv(path: string, rows: number): Promise<void> {
  const out = createWriteStream(path);
  out.write(`${head.join(',')}\r\n`);
  for (let from = 0; from < rows; from += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, rows - from) }, (_, i) => row(from + i).join(','));
    if (!out.write(`${lines.join('\r\n')}\r\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
