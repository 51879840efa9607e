import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contradictionsReply, problemReply, type ContradictionsReply } from '../shared/api.ts';
import { engines } from './engines.ts';
import { form, served, unitsCsv, type Served } from './served.ts';

/** Four of one kind, one doubled row, a wrong total, and an event of both branches. */
const meetings = (unit: string): string =>
  [
    '时间,类型,主题,应到,实到',
    `2025-01-05,支委会,${unit}研究一月工作,5,6`,
    `2025-02-05,支委会,${unit}研究二月工作,5,6`,
    `2025-03-05,支委会,${unit}研究三月工作,5,5`,
    `2025-03-05,支委会,${unit}研究三月工作,5,5`,
    '2025-07-01,主题党日,联合参观渡江战役纪念馆,20,18',
    unit === '东港' ? '合计,,,40,41' : '合计,,,40,40',
  ].join('\n');

describe.each(engines)('contradictions over HTTP on %s', (engine) => {
  let s: Served;
  beforeAll(async () => {
    s = await served(engine);
    await s.as('admin', '/api/units', form({ 'units.csv': unitsCsv }));
    const files = Object.fromEntries(
      ['东港', '西港'].map((u) => [`${u}站2025年三会一课.csv`, meetings(u)] as const),
    );
    const checked = (await (await s.as('admin', '/api/imports', form(files))).json()) as { id: number };
    await s.as('admin', `/api/imports/${checked.id}/commit`, { method: 'POST' });
  });
  afterAll(() => s.close());

  const get = async (query: string): Promise<ContradictionsReply> => {
    const reply = await s.as('leader', `/api/contradictions?${query}`);
    expect(reply.status, query).toBe(200);
    return contradictionsReply.parse(await reply.json());
  };

  test('by kind, the latest first, with how many of each there are', async () => {
    const reply = await get('unit=C&years=2025');
    expect(reply.asked).toEqual({ unit: 'C', years: [2025], asOf: '2025-12-31' });
    expect(reply.counts).toEqual([
      { code: 'present_gt_expected', count: 4 },
      { code: 'duplicate', count: 2 },
      { code: 'total.differs', count: 1 },
      { code: 'same_event', count: 1 },
    ]);
    expect([reply.total, reply.next]).toEqual([8, null]);
    expect(reply.contradictions.map((c) => [c.code, c.unit, c.date])).toEqual([
      ['present_gt_expected', 'A', '2025-02-05'],
      ['present_gt_expected', 'B', '2025-02-05'],
      ['present_gt_expected', 'A', '2025-01-05'],
      ['present_gt_expected', 'B', '2025-01-05'],
      ['duplicate', 'A', '2025-03-05'],
      ['duplicate', 'B', '2025-03-05'],
      ['total.differs', 'A', '2025-07-01'],
      ['same_event', 'A', '2025-07-01'],
    ]);
    expect(new Set(reply.contradictions.map((c) => c.id)).size).toBe(8);
  });

  test('each opens to its rows', async () => {
    const { contradictions } = await get('unit=A&years=2025');
    const rows = contradictions.map((c) => [
      c.code,
      c.records.map((r) => `${r.source?.file.slice(0, 2)} ${r.source?.row}`),
    ]);
    expect(rows).toEqual([
      ['present_gt_expected', ['东港 3']],
      ['present_gt_expected', ['东港 2']],
      // The row that was doubled, and the one that was taken.
      ['duplicate', ['东港 5', '东港 4']],
      ['total.differs', ['东港 7']],
      ['same_event', ['东港 6', '西港 6']],
    ]);
    expect(contradictions[3]).toMatchObject({
      text: { zh: 'E7 格写 41，各行相加是 40', en: 'E7 says 41, the rows add up to 40' },
    });
    expect(contradictions[3]?.records[0]?.['raw']).toEqual(['合计', '', '', '40', '41']);
  });

  test('page by page nothing is lost or said twice; the total is of all', async () => {
    const whole = (await get('unit=C&years=2025')).contradictions.map((c) => c.id);
    const paged: string[] = [];
    let cursor: string | null = '';
    for (let i = 0; cursor !== null && i < 10; i++) {
      const page: ContradictionsReply = await get(
        `unit=C&years=2025&limit=3${cursor && `&cursor=${cursor}`}`,
      );
      expect(page.total).toBe(8);
      paged.push(...page.contradictions.map((c) => c.id));
      cursor = page.next;
    }
    expect(paged).toEqual(whole);
  });

  test('one kind alone, the years, the day', async () => {
    const doubled = await get('unit=C&years=2025&code=duplicate');
    expect([doubled.total, doubled.contradictions.length, doubled.counts.length]).toEqual([2, 2, 4]);
    expect((await get('unit=C&years=2024')).total).toBe(0);
    expect((await get('unit=C&years=2024,2025')).total).toBe(8);
    expect((await get('unit=C&years=2025&asOf=2025-01-31')).total).toBe(2);
    expect((await get('')).asked).toEqual({ unit: 'C', years: [2025], asOf: '2025-12-31' });
  });

  test.each([
    ['code=lies', 400, 'code'],
    ['unit=Z', 422, 'unit'],
    ['years=2025,x', 400, 'years'],
    ['years=1234', 422, 'years'],
    ['asOf=2025-02-30', 400, 'asOf'],
    ['limit=0', 400, 'limit'],
    ['cursor=bm8', 400, 'cursor'],
    ['cursor=WyJsaWVzIiwiIiwiIiwiIl0', 400, 'cursor'],
    ['kpi=visits', 400, 'kpi'],
  ])('%s is refused', async (query, status, path) => {
    const reply = await s.as('leader', `/api/contradictions?${query}`);
    expect(reply.status).toBe(status);
    expect(problemReply.parse(await reply.json()).errors?.[0]?.path).toBe(path);
  });

  test('nobody sees them who is not signed in', async () => {
    expect((await s.ask('/api/contradictions')).status).toBe(401);
  });
});
