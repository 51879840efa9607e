import { briefingReply, type BriefingReply } from '../../shared/briefing.ts';
import type { Engine } from '../../db/dialect.ts';
import type { Granted } from '../../server/auth/roles.ts';
import { problemReply } from '../../shared/api.ts';
import type { AppOptions } from '../../server/app.ts';
import { form, jsonBody, served, unitsCsv } from '../served.ts';

/** A centre of two branches whose ledgers come in by months, and its briefings by the API. */

const visits = (rows: readonly string[]): string =>
  ['时间,类型,走访对象,参加人数,困难诉求,办结', ...rows].join('\n');

export const ledgers = {
  spring: visits(['2025-03-05,企业走访,甲公司,4,2,1', '2025-04-09,走访慰问,乙,3,0,0']),
  late: visits(['2025-03-20,企业走访,丙公司,2,0,0']),
  summer: visits(['2025-08-05,企业走访,丁公司,4,2,1', '2025-08-09,企业走访,戊公司,4,2,1']),
  next: visits(['2026-02-03,企业走访,己公司,2,0,0']),
} as const;

export async function office(engine: Engine = 'sqlite', options: Partial<AppOptions> = {}) {
  const s = await served(engine, options);
  const as = (role: Granted, path: string, init?: RequestInit): Promise<Response> =>
    s.as(role, `/api${path}`, init);
  const bring = async (name: keyof typeof ledgers, unit = 'A'): Promise<void> => {
    const sent = await as(
      'admin',
      '/imports',
      form({ [`${name}.csv`]: ledgers[name] }, { unit, year: name === 'next' ? '2026' : '2025' }),
    );
    const { id } = (await sent.json()) as { id: number };
    const done = await as('admin', `/imports/${id}/commit`, { method: 'POST' });
    if (!done.ok) throw new Error(await done.text());
  };
  const read = async (reply: Response): Promise<BriefingReply> => {
    const text = await reply.text();
    if (!reply.ok) throw new Error(text);
    return briefingReply.parse(JSON.parse(text));
  };
  const draft = async (role: Granted, body: object): Promise<BriefingReply> =>
    read(await as(role, '/briefings', jsonBody({ title: '一季度简报', items: [], ...body })));
  const post = { method: 'POST' };
  return {
    ...s,
    as,
    bring,
    draft,
    read,
    seal: async (role: Granted, id: string) => read(await as(role, `/briefings/${id}/seal`, post)),
    remake: async (role: Granted, id: string) => read(await as(role, `/briefings/${id}/remake`, post)),
    bytes: async (path: string): Promise<Buffer> => {
      const reply = await as('auditor', path);
      if (!reply.ok) throw new Error(await reply.text());
      return Buffer.from(await reply.arrayBuffer());
    },
    begin: async () => {
      await as('admin', '/units', form({ 'units.csv': unitsCsv }));
      await bring('spring');
    },
  };
}
export type Office = Awaited<ReturnType<typeof office>>;

/** Status, and the place that is named first. */
export const refused = async (reply: Response): Promise<[number, string | undefined]> => {
  const { errors } = problemReply.parse(await reply.json());
  return [reply.status, errors?.[0]?.path];
};
export const patch = (value: unknown): RequestInit => ({ ...jsonBody(value), method: 'PATCH' });
