import type { APIRequestContext } from 'playwright-core';
import { furnish } from './furnish.ts';

/** The pages, and those of their states that an address has. */
export type Place = {
  readonly name: string;
  /** Finds the address where it depends on what the centre has; null where it has none. */
  readonly of: (has: Has) => string | null;
  /** Seen by somebody whose session has ended. */
  readonly signedOut?: true;
};
export type Has = {
  readonly branch: string | null;
  readonly record: string | null;
  /** An import that waits to be committed, with the number that its address has. */
  readonly preview: number | null;
  readonly briefing: string | null;
};

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
  { name: 'import-preview', of: ({ preview }) => (preview === null ? null : `/imports?id=${preview}`) },
  { name: 'snapshots', of: () => '/snapshots' },
  { name: 'briefings', of: () => '/briefings' },
  { name: 'briefing', of: ({ briefing }) => briefing && `/briefings/${briefing}` },
  { name: 'catalogue', of: () => '/catalogue' },
  { name: 'admin', of: () => '/admin' },
  { name: 'screen', of: () => '/screen' },
  { name: 'screen-yoy', of: ({ branch }) => branch && '/screen?show=yoy.study_sessions' },
  { name: 'wrong', of: ({ branch }) => branch && '/yoy?kpi=nothing' },
  { name: 'lost', of: () => '/nowhere' },
  { name: 'signed-out', of: () => '/', signedOut: true },
];

/** What the centre has that an address can name. Furnishes it the first time. */
export async function whatIsThere(request: APIRequestContext, address: string): Promise<Has> {
  const ask = async <T>(path: string): Promise<T | null> => {
    const reply = await request.get(`${address}/api${path}`);
    return reply.ok() ? ((await reply.json()) as T) : null;
  };
  const listed = await ask<{ units: { code: string; level: string; closedOn: string | null }[] }>('/units');
  const branch = listed?.units.find((u) => u.level === 'branch' && u.closedOn === null)?.code ?? null;
  if (branch === null) return { branch, record: null, preview: null, briefing: null };
  await furnish(request, address, branch);
  const found = await ask<{ rows: { unit: string; id: string }[] }>(
    `/records?kpi=visits&period=2026&unit=${branch}`,
  );
  const row = found?.rows[0];
  const imports = await ask<{ imports: { id: number; status: string }[] }>('/imports');
  const briefings = await ask<{ briefings: { id: string }[] }>('/briefings');
  return {
    branch,
    record: row ? `/records/${row.unit}/${row.id}` : null,
    preview: imports?.imports.find((i) => i.status === 'checked')?.id ?? null,
    briefing: briefings?.briefings[0]?.id ?? null,
  };
}
