import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folded, ranked, scoreOf, scores } from '../server/find/matching.ts';
import { shellWords } from '../client/words/shell.ts';
import { findReply, type Found } from '../shared/find.ts';
import { namedPages } from '../shared/pages.ts';
import { engines } from './engines.ts';
import { form, jsonBody, served, unitsCsv, visitsCsv, type Served } from './served.ts';

describe('how well a name answers', () => {
  const score = (name: string, typed: string): number => scoreOf(name, folded(typed));

  test.each([
    ['东港站', '东港站', scores.same],
    ['东港站', ' 东 港', scores.begins],
    ['东港站', '港站', scores.has],
    ['东港站', 'dgz', scores.pinyinSame],
    ['东港站', 'DGZ', scores.pinyinSame],
    ['东港站', 'ｄｇｚ', scores.pinyinSame],
    ['东港站', 'donggangzhan', scores.pinyinSame],
    ['东港站', 'dong gang', scores.pinyinBegins],
    ['东港站', 'donggz', scores.pinyinSame],
    ['东港站', 'gang', scores.pinyinHas],
    // A character of two readings answers to both.
    ['重庆站', 'cqz', scores.pinyinSame],
    ['长江站', 'zjz', scores.pinyinSame],
    ['长江站', 'zhjzh', scores.pinyinSame],
    ['吕港站', 'lvgang', scores.pinyinBegins],
    ['东港2站', 'dg2z', scores.pinyinSame],
    ['Attendance rate', 'attendance', scores.begins],
    ['Attendance rate', 'rate', scores.wordBegins],
    ['Attendance rate', 'attendancerate', scores.same],
    ['Attendance rate', 'tend', scores.has],
    ['HJ-01', 'hj01', scores.same],
  ])('%s to %s', (name, typed, expected) => expect(score(name, typed)).toBe(expected));

  test.each([
    ['东港站', ''],
    ['东港站', 'dz'],
    ['东港站', 'zgd'],
    ['东港站', '西'],
    ['东港站', '%'],
    ['Visits', 'stv'],
  ])('%s does not answer to %j', (name, typed) => expect(score(name, typed)).toBe(0));

  test('the best name counts, the best stands first, and equals keep their order', () => {
    const of = (item: string, ...names: string[]) => ({ item, names });
    const found = ranked(
      [of('a', '西东港'), of('b', '东港站', '无'), of('c', '北港'), of('d', '东港口'), of('e', '东港')],
      '东港',
      3,
    );
    expect(found.map((f) => f.item)).toEqual(['e', 'b', 'd']);
    // A word by which something is only spoken of stands behind a part of another's name.
    const spoken = ranked([{ ...of('x', '台账'), also: ['东港'] }, of('a', '西东港')], '东港', 3);
    expect(spoken.map((f) => f.item)).toEqual(['a', 'x']);
  });
});

test('pages are called as in the menu', () => {
  const menu = new Map<string, unknown>(Object.entries(shellWords));
  for (const { path, name } of namedPages) {
    const key = `nav.${path === '/' ? 'overview' : path.slice(1)}`;
    if (menu.has(key)) expect(name, path).toEqual(menu.get(key));
  }
});

describe.each(engines)('finding on %s', (engine) => {
  let s: Served;
  beforeAll(async () => {
    s = await served(engine);
    const units = unitsCsv.replace('西港引航站党支部', '100%_西港引航站党支部');
    await s.as('admin', '/api/units', form({ 'units.csv': units }));
    const lines = [
      '时间,类型,主题,应到,实到',
      '2025-03-05,主题党日,学习Safety条例 100%_完成,9,8',
      '2025-04-02,主题党日,东港站清明祭扫,9,9',
    ];
    for (const [name, text] of [
      ['走访台账.csv', visitsCsv],
      ['三会一课台账.csv', lines.join('\n')],
    ] as const) {
      const sent = await s.as('admin', '/api/imports', form({ [name]: text }, { unit: 'A' }));
      const { id } = (await sent.json()) as { id: number };
      expect((await s.as('admin', `/api/imports/${id}/commit`, { method: 'POST' })).status).toBe(200);
    }
    await s.as('admin', '/api/vocabulary', jsonBody({ what: 'unit', scope: '', word: '老码头', means: 'A' }));
    const view = (role: 'admin' | 'leader', name: string, shared: boolean) =>
      s.as(role, '/api/views', jsonBody({ name, address: '/yoy?kpi=visits', shared }));
    await view('leader', '年底走访', false);
    await view('admin', '年终走访', true);
    await view('admin', '年中走访', false);
  });
  afterAll(() => s.close());

  const found = async (q: string, role: 'admin' | 'leader' = 'leader') => {
    const reply = await s.as(role, `/api/find?q=${encodeURIComponent(q)}`);
    expect(reply.status).toBe(200);
    return findReply.parse(await reply.json());
  };
  const of = async <W extends Found['what']>(q: string, what: W, role?: 'admin' | 'leader') => {
    const { groups } = await found(q, role);
    return (groups.find((g) => g.what === what)?.found ?? []) as Extract<Found, { what: W }>[];
  };

  test.each(['dgz', 'donggang', '东港站', '东港引航站', 'a', '老码头', 'lmt'])(
    '%s finds 东港站 first of the units',
    async (q) => expect((await of(q, 'unit'))[0]?.code).toBe('A'),
  );

  test('what answers best stands first', async () => {
    expect((await found('dgz')).groups[0]?.what).toBe('unit');
    expect((await found('到会率')).groups[0]?.what).toBe('kpi');
    expect((await found('rules', 'admin')).groups[0]?.what).toBe('page');
    expect((await found('年底走访')).groups[0]?.what).toBe('view');
  });

  test('KPIs and pages in both languages and by pinyin', async () => {
    for (const q of ['到会率', 'attendance rate', 'dhl'])
      expect(
        (await of(q, 'kpi')).map((k) => k.id),
        q,
      ).toContain('attendance_rate');
    for (const q of ['对比', 'compare', 'db', 'duibi', '并排'])
      expect(
        (await of(q, 'page')).map((p) => p.path),
        q,
      ).toContain('/compare');
    expect((await of('规则', 'page', 'admin')).map((p) => p.path)).toEqual(['/admin']);
    expect(await of('规则', 'page', 'leader')).toEqual([]);
  });

  test('saved views: one’s own and the shared', async () => {
    const names = async (q: string, role: 'admin' | 'leader') =>
      (await of(q, 'view', role)).map((v) => v.name).sort();
    expect(await names('走访', 'leader')).toEqual(['年底走访', '年终走访']);
    expect(await names('nzf', 'leader')).toEqual([]);
    expect(await names('ndzf', 'leader')).toEqual(['年底走访']);
    expect(await names('走访', 'admin')).toEqual(['年中走访', '年终走访']);
  });

  test('records by what stands in their title, letter for letter, the latest first', async () => {
    const titles = async (q: string) => (await of(q, 'record')).map((r) => r.title);
    expect(await titles('清明')).toEqual(['东港站清明祭扫']);
    expect(await titles('safety')).toEqual(['学习Safety条例 100%_完成']);
    expect(await titles('100%_')).toEqual(['学习Safety条例 100%_完成']);
    expect(await titles('1_0')).toEqual([]);
    expect(await titles('100%完')).toEqual([]);
    expect(await titles('\\')).toEqual([]);
    expect(await titles("' or 1=1 --")).toEqual([]);
    // One letter is too few.
    expect(await titles('清')).toEqual([]);
    const [record] = await of('甲公司', 'record');
    expect(record).toMatchObject({ unit: 'A', family: 'visit', date: '2025-03-05' });
    const page = await s.as('leader', `/api/records/${record?.unit}/${record?.id}`);
    expect(page.status).toBe(200);
  });

  test('nothing for nothing, and a refusal for what is no words', async () => {
    expect((await found('   ')).groups).toEqual([]);
    expect((await found('zzzzqqq')).groups).toEqual([]);
    for (const q of ['a\u0000b', 'x'.repeat(101)])
      expect((await s.as('leader', `/api/find?q=${encodeURIComponent(q)}`)).status).toBe(400);
  });
});
