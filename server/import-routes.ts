import { z } from 'zod';
import * as api from '../shared/api.ts';
import {
  checkAgainBody,
  commitBody,
  effectReply,
  type EffectReply,
  gridQuestion,
  gridReply,
  importReply,
  importsReply,
  undoQuestion,
} from '../shared/imports.ts';
import { langs } from '../shared/text.ts';
import { seesNames } from './auth/names.ts';
import { sendEvents } from './http-events.ts';
import { route, type Call, type Route } from './http.ts';
import { checkIn } from './import/check-in.ts';
import { Stopped } from './import/work.ts';
import { maskedReport } from './import/masked-report.ts';
import { coverageSchema, importId } from './import-params.ts';
import { openImport, stateTables } from './queries/import-check.ts';
import { getImport, listImports } from './queries/imports.ts';
import { importLines } from './queries/import-lines.ts';
import { rejectedRows } from './queries/import-rejected.ts';

type Asked = Pick<Call<unknown, unknown, unknown>, 'db' | 'work' | 'req' | 'res'>;

/** RFC 7240: the asker does not wait for the end of the work, and looks for it at `/api/imports/:id`. */
const isAsync = ({ req }: Asked): boolean => /(^|,)\s*respond-async\s*(,|;|$)/i.test(req.get('Prefer') ?? '');

/** The import at the end of a piece of work, or at its beginning where that is preferred. */
async function replied(call: Asked, id: number, done: Promise<unknown>) {
  if (isAsync(call)) {
    // What becomes of it, the import itself tells.
    done.catch(() => {});
    call.res.status(202).set({ 'Preference-Applied': 'respond-async', Location: `/api/imports/${id}` });
  } else await done;
  return getImport(call.db, id, call.work.progressOf(id));
}

const untold: EffectReply = { moved: [], total: 0, asOf: { before: null, after: null }, stopped: true };

/** Ledgers on their way in. */
export const imports: Route[] = [
  route({
    method: 'post',
    path: '/api/imports',
    access: 'write',
    body: coverageSchema,
    files: true,
    status: 201,
    reply: importReply,
    summary: { zh: '核对台账（尚未入库）', en: 'Check ledgers, storing nothing yet' },
    handle: async (call) => {
      const { db, files, body, now, who, work } = call;
      const id = await openImport(
        db,
        { names: files.map((f) => f.name), ...body },
        { now, actor: who!.name },
      );
      const done = checkIn({ db, work }, { id, files });
      call.keepUntil(done);
      return replied(call, id, done);
    },
  }),
  route({
    method: 'get',
    path: '/api/imports',
    access: 'read',
    reply: importsReply,
    summary: { zh: '历次导入', en: 'Imports' },
    handle: async ({ db, work }) => ({ imports: await listImports(db, (id) => work.progressOf(id)) }),
  }),
  route({
    method: 'get',
    path: '/api/imports/:id',
    access: 'read',
    params: importId,
    reply: importReply,
    summary: { zh: '一次导入', en: 'One import' },
    handle: async ({ db, params, work, who }) => {
      const told = await getImport(db, params.id, work.progressOf(params.id));
      return seesNames(who!, null) ? told : maskedReport(told);
    },
  }),
  route({
    method: 'get',
    path: '/api/imports/:id/events',
    access: 'read',
    params: importId,
    stream: true,
    summary: { zh: '进度（服务器发送事件）', en: 'How far the work is, as server-sent events' },
    handle: async ({ db, params: { id }, work, res }) => {
      await getImport(db, id);
      await sendEvents(res, {
        listen: (hear) => work.listen((of) => of === id && hear()),
        look: () => work.progressOf(id),
        last: async () => ({ status: (await getImport(db, id)).status }),
      });
    },
  }),
  route({
    method: 'post',
    path: '/api/imports/:id/check',
    access: 'write',
    params: importId,
    body: checkAgainBody,
    reply: importReply,
    summary: { zh: '按指定的支部和时段重新核对', en: 'Check again, with what is stated of single tables' },
    handle: async (call) => {
      const { db, params, body, now, work } = call;
      await stateTables(db, params.id, body.tables, { now });
      return replied(call, params.id, checkIn({ db, work }, { id: params.id, files: [] }));
    },
  }),
  route({
    method: 'get',
    path: '/api/imports/:id/rows',
    access: 'write',
    params: importId,
    query: gridQuestion,
    reply: gridReply,
    summary: { zh: '逐行预览', en: "A table's lines as they were read" },
    handle: ({ db, params, query }) => importLines(db, params.id, query),
  }),
  route({
    method: 'get',
    path: '/api/imports/:id/rejected',
    access: 'write',
    params: importId,
    query: z.strictObject({ lang: z.enum(langs).default('zh') }),
    summary: {
      zh: '退回表：有错的行和原因',
      en: 'The rows that are left out, with their reasons, to send back',
    },
    handle: ({ db, params, query }) => rejectedRows(db, params.id, query.lang),
  }),
  route({
    method: 'post',
    path: '/api/imports/:id/effect',
    access: 'write',
    free: true,
    params: importId,
    body: commitBody,
    reply: effectReply,
    summary: { zh: '提交后哪些指标会变', en: 'Which KPIs a commit would move; changes nothing' },
    handle: ({ params, work, body }) =>
      work.run({ do: 'effect', id: params.id, choices: body }).catch((error: unknown) => {
        if (error instanceof Stopped) return untold;
        throw error;
      }),
  }),
  route({
    method: 'post',
    path: '/api/imports/:id/commit',
    access: 'write',
    free: true,
    params: importId,
    body: commitBody,
    reply: z.union([api.commitReply, importReply]),
    summary: { zh: '入库', en: 'Commit a checked import' },
    handle: async (call) => {
      const { params, who, work, body } = call;
      // Nobody waits for what a commit would do once it is being made.
      work.stop(params.id, ['effect']);
      const done = work.run({ do: 'commit', id: params.id, actor: who!.name, choices: body });
      if (!isAsync(call)) return done;
      return replied(call, params.id, done);
    },
  }),
  route({
    method: 'delete',
    path: '/api/imports/:id',
    access: 'write',
    free: true,
    params: importId,
    query: undoQuestion,
    reply: api.undoReply,
    summary: { zh: '撤销导入，或丢弃、中止核对', en: 'Undo an import, or drop one that is not committed' },
    handle: async ({ db, params: { id }, query, who, work }) => {
      // What is being committed is stopped: it leaves nothing then, and waits again. So is a check, and the import dropped.
      const isCommitting = work.has(id, 'commit');
      const { dataVersion } = await getImport(db, id);
      work.stop(id);
      if (isCommitting) return { id, status: 'stopped' as const, records: 0, dataVersion: dataVersion ?? 0 };
      return work.run({ do: 'undo', id, actor: who!.name, edited: query.edited });
    },
  }),
];
