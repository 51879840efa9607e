import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { docxOf } from '../../server/review/docx.ts';
import { paperOf, reviewFileName } from '../../server/review/paper-of.ts';
import { printableLines } from '../../server/office/printable.ts';
import { reviewOf } from '../../server/review/report.ts';
import { EVENTS_LISTED, type Review } from '../../shared/review.ts';
import { langs, type Lang } from '../../shared/text.ts';
import { freshDatabase } from '../engines.ts';
import { activity, record } from '../records-by-hand.ts';
import { someBranches } from './branches.ts';
import { readWord, type Read } from './word.ts';

const run = promisify(execFile);
const made = { by: '党办 <admin>', at: new Date('2025-10-08T02:00:00Z'), origin: 'https://hb.example' };
const asked = { year: 2025, asOf: '2025-09-30' };
// 40 characters.
const longName = '瀚江引航中心东港引航站长江口北支航道夜航业务保障与志愿服务联合党支部（含海巡艇小组）';
const longTitle =
  '关于进一步做好汛期、台风期与枯水期引航作业安全保障工作并同步开展集中学习的通知的传达与研讨';

describe('the Word document of a year-end review', () => {
  let connection: Awaited<ReturnType<typeof freshDatabase>>;
  const of = (unit: string, origin = made.origin): Promise<Review> =>
    reviewOf(connection.db, { unit, ...asked }, { ...made, origin });
  const textOf = ({ paragraphs }: Read): string => paragraphs.map((p) => p.text).join('\n');
  const written = async (review: Review, lang: Lang = 'zh'): Promise<Read> =>
    readWord(await docxOf(paperOf(review, lang)));

  beforeAll(async () => {
    connection = await freshDatabase('sqlite');
    const { db } = connection;
    await someBranches(db);
    await db.updateTable('unit').set({ name: longName }).where('code', '=', 'B').execute();
    for (const [i, title] of [
      '=1+1',
      '＝cmd|A0',
      '+HYPERLINK("https://evil.example")',
      '<w:p/>&amp;]]>',
      'a\u0000b\u0008c\u202ed\u2066e\ufeff\u007ff',
      '第一行\r\n第二行\t尾',
      longTitle,
    ].entries())
      await activity(db, 'B', `2025-02-${10 + i}`, ['collective_study'], { title });
    for (let i = 0; i < EVENTS_LISTED + 5; i++)
      await activity(db, 'D', `2025-0${1 + (i % 9)}-${10 + Math.floor(i / 9)}`, ['expert_lecture'], {
        title: `讲座 ${i}`,
      });
    await record(db, 'rectification', 'B', '2025-02-01', { title: '=HYPERLINK("x")', due_on: '2025-03-01' });
    await db
      .insertInto('coverage')
      .values({
        unit: 'B',
        family: 'rectification',
        from_month: '2025-01',
        to_month: '2025-09',
        import_id: 1,
      })
      .execute();
  });
  afterAll(() => connection?.close());

  test('is the same bytes for the same report, whatever the clock', async () => {
    const review = await of('A');
    const first = await docxOf(paperOf(review, 'zh'));
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(Buffer.from(await docxOf(paperOf(review, 'zh'))).equals(Buffer.from(first))).toBe(true);
    // Another maker is another document.
    const other = { ...review, made: { ...review.made, by: 'leader' } };
    expect(Buffer.from(await docxOf(paperOf(other, 'zh'))).equals(Buffer.from(first))).toBe(false);
  });

  test('has its parts in the order of such reports, each with room for the author', async () => {
    const text = textOf(await written(await of('A')));
    const order = [
      '东港引航站党支部2025年度述职材料',
      '一、年度主要工作',
      '（一）理论学习',
      '（二）组织生活',
      '（三）融入业务',
      '（四）走访',
      '（五）志愿服务',
      '二、整改落实',
      '三、下年安排',
      '附一　台账与核对',
      '附二　算法',
    ];
    const places = order.map((heading) => text.split('\n').indexOf(heading));
    expect(places.every((p) => p >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    // Five themes, the rectification, and the plans.
    expect(text.split('（由撰写人填写）').length - 1).toBe(7);
    expect(text).toContain('截至2025年9月30日（年度未完，与去年同期相比）');
    expect(text).toContain('数据版本 0，党办 <admin> 2025-10-08 10:00（中心时间）生成');
  });

  test.each(langs)('says nothing that praises, blames or ranks (%s)', async (lang) => {
    const praise =
      /扎实|显著|优秀|良好|突出|圆满|成效|积极|高质量|先进|落后|不足之处|第\s*\d+\s*名|排名|excellent|good|outstanding|successful|poor|remarkabl|rank|best|worst|impressive/i;
    const text = textOf(await written(await of('A'), lang));
    expect(praise.exec(text)?.[0]).toBeUndefined();
  });

  test('names what is not known, and which months are missing', async () => {
    const text = textOf(await written(await of('A')));
    expect(text).toContain(
      '到会率、可到会率、无故缺席率：今年 2 条数不明：5月25日支部党员大会、6月12日谈心谈话。',
    );
    expect(text).toContain('志愿服务人次、志愿服务时长：今年 1 条数不明：6月5日。');
    expect(text).toContain('今年缺东港站 2025年9月走访台账；这些月份是未报，不是 0。');
    expect(text).toContain('部分可比');
    // The talk's title names a person, who is masked.
    expect(text.split('\n')).toContain('＊＊＊＊');
    expect(text).toContain('92 天');
    expect(text).toContain('长期坚持的共 1 项，不计入以上各数：');
  });

  test('lists so many events, and says how many more there are, and where', async () => {
    const { total } = (await of('D')).themes.find((t) => t.id === 'study')?.events ?? { total: 0 };
    expect(total).toBe(EVENTS_LISTED + 5 + 9);
    const doc = await written(await of('D'));
    const text = textOf(doc);
    expect(text).toContain(`事项共 ${total} 条，按日期列出前 ${EVENTS_LISTED} 条：`);
    expect(text.split('\n')).toContain(`其余 ${total - EVENTS_LISTED} 条见原始记录`);
    expect(doc.bodyLinks).toContain(
      'https://hb.example/records?kpi=study_sessions&unit=D&period=2025&asOf=2025-09-30&toDate=1',
    );
  });

  test('long names stand whole; formulas, marks and control characters are harmless text', async () => {
    const review = await of('B');
    const doc = await written(review);
    const text = textOf(doc);
    expect(text).toContain(`${longName}2025年度述职材料`);
    expect(reviewFileName(review, 'zh')).toBe(`${longName}2025年度述职材料.docx`);
    for (const title of [
      '=1+1',
      '＝cmd|A0',
      '+HYPERLINK("https://evil.example")',
      '<w:p/>&amp;]]>',
      longTitle,
    ])
      expect(text.split('\n')).toContain(title);
    expect(text.split('\n')).toContain('abcdef');
    expect(printableLines({ half: ['a\ud800b', 'c\udfffd', '船🚢'] })).toEqual({
      half: ['ab', 'cd', '船🚢'],
    });
    expect(text.split('\n')).toContain('第一行 第二行 尾');
    expect(text.split('\n')).toContain('=HYPERLINK("x")');
    // No field but the page's number, and no link but to the pages.
    const xml = [...doc.parts.values()].join('');
    expect(xml.match(/<w:instrText[^>]*>[^<]*/g)?.map((f) => f.replace(/.*>/, ''))).toEqual(['PAGE']);
    const links = [...xml.matchAll(/Target="(https?:[^"]*)"/g)].map((m) => m[1] ?? '');
    expect(links.length).toBeGreaterThan(20);
    for (const link of links)
      expect(link).toMatch(/^https:\/\/hb\.example\/(records|contradictions|rectification)\?/);
  });

  test('without a known address of the pages, addresses are told without a host, and nothing is a link', async () => {
    const doc = await written(await of('A', ''));
    expect(doc.notes.get(1)).toMatch(/ 0。\/records\?kpi=study_sessions/);
    expect([...doc.parts.values()].join('')).not.toContain('TargetMode="External"');
  });

  test('demonstration data is marked at the head of every page, and only it', async () => {
    const { db } = connection;
    const heads = (doc: Read): string =>
      [...doc.parts].flatMap(([name, xml]) => (/header\d*\.xml$/.test(name) ? xml : [])).join('');
    expect(heads(await written(await of('A')))).not.toContain('演示数据');
    await db.insertInto('setting').values({ key: 'demo', value: '1' }).execute();
    try {
      const doc = await written(await of('A'));
      expect(heads(doc)).toContain('演示数据，不是真实台账');
      expect(textOf(doc)).toContain('演示数据，不是真实台账');
    } finally {
      await db.deleteFrom('setting').where('key', '=', 'demo').execute();
    }
  });

  test('fonts are named with what may stand for them', async () => {
    const fonts = (await written(await of('A'))).parts.get('word/fontTable.xml') ?? '';
    for (const name of ['方正小标宋简体', '黑体', '楷体', '仿宋'])
      expect(fonts).toMatch(new RegExp(`w:name="${name}"><w:altName w:val="[^"]+,`));
  });

  test('an independent program opens it, and its pages have the headings and the notes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hangbiao-review-'));
    try {
      const path = join(folder, 'review.docx');
      await writeFile(path, await docxOf(paperOf(await of('B'), 'zh')));
      const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
      await run('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, path], {
        timeout: 100_000,
      });
      const { stdout } = await run('pdftotext', ['-layout', join(folder, 'review.pdf'), '-']);
      const text = stdout.replace(/\s+/g, '');
      for (const heading of [
        '一、年度主要工作',
        '（一）理论学习',
        '二、整改落实',
        '三、下年安排',
        '由撰写人填写',
      ])
        expect(text).toContain(heading);
      expect(text).toContain(`${longName}2025年度述职材料`);
      expect(text).toContain(longTitle);
      expect(text).toContain('口径同注1');
      // The words that lead there, not their address.
      expect(text).toContain('原始记录');
      expect(text).not.toContain('records?kpi');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 120_000);
});
