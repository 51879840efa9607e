import type { APIRequestContext } from 'playwright-core';

/**
 * What people leave in a centre besides ledgers: an import that waits to be looked at, a snapshot, a briefing, a note,
 * a saved view. Put there as they would, over HTTP, once a centre.
 */

/** A ledger as it comes from a branch: two rows stand, the others each have another fault. */
const faulty = `日期,类型,主题,应到,实到
2026-04-08,主题党日,学习航道安全通告,12,11
2026-04-31,党课,没有这一天,12,12
2026-05-13,茶话会,没有这一类型,12,10
2026-05-20,党员大会,实到多于应到,12,21
,支部委员会,没有日期,5,5
2026-06-10,党课,“七一”前的党课,12,12
`;

export async function furnish(request: APIRequestContext, address: string, branch: string): Promise<void> {
  const call = async <T>(method: 'get' | 'post', path: string, given: object = {}): Promise<T> => {
    const reply = await request[method](`${address}/api${path}`, {
      ...given,
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    if (!reply.ok()) throw new Error(`${path}: ${reply.status()} ${await reply.text()}`);
    return (await reply.json()) as T;
  };
  const { briefings } = await call<{ briefings: unknown[] }>('get', '/briefings');
  if (briefings.length > 0) return;
  const { units } = await call<{ units: { code: string; name: string; parent: string | null }[] }>(
    'get',
    '/units',
  );
  const centre = units.find((u) => u.parent === null)?.code ?? branch;
  const name = units.find((u) => u.code === branch)?.name ?? branch;
  await call('post', '/imports', {
    multipart: {
      file: { name: `${name}2026年三会一课（补报）.csv`, mimeType: 'text/csv', buffer: Buffer.from(faulty) },
    },
  });
  const kept = await call<{ id: string }>('post', '/snapshots', {
    data: { view: 'compare', query: { kpi: 'attendance_rate' } },
  });
  await call('post', '/briefings', {
    data: {
      title: '三季度党建工作简报',
      occasion: '中心党委会，2026年10月',
      items: [
        { is: 'heading', text: '一、组织生活' },
        { is: 'text', text: '三季度各支部按计划开展三会一课，到会率与去年同期持平。' },
        { is: 'view', view: 'yoy', query: { kpi: 'attendance_rate' } },
        { is: 'snapshot', id: kept.id, comment: '人数少的支部单列，不参与比较。' },
      ],
    },
  });
  await call('post', '/notes', {
    data: { kpi: 'study_sessions', unit: centre, period: '2026-03', body: '三月集中开展安全引航专题学习。' },
  });
  await call('post', '/views', { data: { name: '各支部到会率', address: '/compare?kpi=attendance_rate' } });
}
