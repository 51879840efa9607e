import type { APIRequestContext } from 'playwright-core';

/** The pages. `of` finds the address where it depends on what the centre has; null where it has none. */
export type Place = { readonly name: string; readonly of: (has: Has) => string | null };
export type Has = { readonly branch: string | null; readonly record: string | null };

export const places: readonly Place[] = [
  { name: 'overview', of: () => '/' },
  { name: 'yoy', of: () => '/yoy' },
  { name: 'compare', of: () => '/compare' },
  { name: 'unit', of: ({ branch }) => branch && `/units/${branch}` },
  { name: 'rectification', of: () => '/rectification' },
  { name: 'records', of: () => '/records?kpi=visits&period=2026' },
  { name: 'record', of: ({ record }) => record },
  { name: 'record-new', of: () => '/records/new' },
  { name: 'contradictions', of: () => '/contradictions' },
  { name: 'changes', of: () => '/changes' },
  { name: 'imports', of: () => '/imports' },
  { name: 'import', of: ({ branch }) => branch && '/imports?id=1' },
  { name: 'snapshots', of: () => '/snapshots' },
  { name: 'briefings', of: () => '/briefings' },
  { name: 'catalogue', of: () => '/catalogue' },
  { name: 'admin', of: () => '/admin' },
  { name: 'screen', of: ({ branch }) => branch && '/screen?show=yoy.study_sessions' },
  { name: 'lost', of: () => '/nowhere' },
];

/** A branch of the centre, and the address of a record of it. */
export async function whatIsThere(request: APIRequestContext, address: string): Promise<Has> {
  const ask = async <T>(path: string): Promise<T | null> => {
    const reply = await request.get(`${address}/api${path}`);
    return reply.ok() ? ((await reply.json()) as T) : null;
  };
  const { units } = (await ask<{ units: { code: string; level: string; closedOn: string | null }[] }>(
    '/units',
  )) ?? { units: [] };
  const branch = units.find((u) => u.level === 'branch' && u.closedOn === null)?.code ?? null;
  const rows =
    branch === null
      ? null
      : await ask<{ rows: { unit: string; id: string }[] }>(`/records?kpi=visits&period=2026&unit=${branch}`);
  const row = rows?.rows[0];
  return { branch, record: row ? `/records/${row.unit}/${row.id}` : null };
}
