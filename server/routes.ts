import { readFileSync } from 'node:fs';
import { z } from 'zod';
import * as api from '../shared/api.ts';
import { batchBody, batchReply } from '../shared/batch.ts';
import { rectificationQuestion, rectificationReply } from '../shared/cohorts.ts';
import { questionSchema, recordsQuestionSchema } from '../shared/query.ts';
import { clearSession, identify } from './auth/session.ts';
import { revoke } from './auth/tokens.ts';
import { briefings } from './briefing-routes.ts';
import { catalogue } from './catalogue.ts';
import { desk } from './desk-routes.ts';
import { due } from './due-routes.ts';
import { Refusal } from './errors.ts';
import { imports } from './import-routes.ts';
import { route, type Route, type Upload } from './http.ts';
import { known } from './known-routes.ts';
import { openapi } from './openapi.ts';
import { Reader } from './reading.ts';
import { answer } from './queries/answer.ts';
import { centre, dataVersion } from './queries/centre.ts';
import { listContradictions } from './queries/contradictions.ts';
import { records } from './queries/records.ts';
import { rectificationByCohort } from './queries/rectification.ts';
import { importUnits, listUnits } from './queries/units.ts';
import { recordRoutes } from './record-routes.ts';
import { reviews } from './review-routes.ts';
import { rules } from './rule-routes.ts';
import { snapshots } from './snapshot-routes.ts';
import { vocabulary } from './vocabulary-routes.ts';
import { workbooks } from './workbook-routes.ts';

const credentials = z.strictObject({
  name: z.string().min(1).max(100),
  password: z.string().min(1).max(1000),
});

const onlyFile = (files: readonly Upload[]): Upload => {
  const [file, ...others] = files;
  if (!file || others.length > 0)
    throw new Refusal(400, 'send one file', [{ path: 'file', message: `${files.length} files were sent` }]);
  return file;
};

const session: Route[] = [
  route({
    method: 'get',
    path: '/api/session',
    access: 'read',
    reply: api.sessionReply,
    summary: { zh: '当前登录者', en: 'Who is signed in' },
    handle: ({ who }) => ({ name: who!.name, role: who!.role }),
  }),
  route({
    method: 'post',
    path: '/api/session',
    access: 'open',
    body: credentials,
    reply: api.sessionReply,
    summary: { zh: '用姓名和密码登录', en: 'Sign in by name and password' },
    handle: () => {
      throw new Refusal(
        401,
        'there are no users with passwords yet: sign in by the link printed at the start, or by: npm run -s hangbiao -- link',
      );
    },
  }),
  route({
    method: 'delete',
    path: '/api/session',
    access: 'open',
    reply: api.signedOutReply,
    summary: { zh: '退出登录', en: 'Sign out' },
    handle: async ({ db, req, res, now }) => {
      const who = await identify(db, req, now());
      if (who?.via === 'cookie') await revoke(db, who.hash);
      clearSession(req, res);
      return { signedOut: true as const };
    },
  }),
];

const figures: Route[] = [
  route({
    method: 'get',
    path: '/api/catalogue',
    access: 'read',
    reply: api.catalogueReply,
    summary: { zh: '指标、类型和图的目录', en: 'Catalogue of KPIs, kinds and views' },
    handle: ({ db, now }) => catalogue(db, now()),
  }),
  route({
    method: 'get',
    path: '/api/units',
    access: 'read',
    reply: api.unitsReply,
    summary: { zh: '单位', en: 'Units' },
    handle: async ({ db }) => ({ units: await listUnits(db) }),
  }),
  route({
    method: 'post',
    path: '/api/units',
    access: 'write',
    body: z.strictObject({}),
    files: true,
    reply: api.unitsImportReply,
    summary: { zh: '导入单位表（CSV）', en: 'Import the list of units (CSV)' },
    handle: ({ db, files, now, who }) =>
      importUnits(db, readFileSync(onlyFile(files).path), onlyFile(files).name, { now, actor: who!.name }),
  }),
  route({
    method: 'get',
    path: '/api/centre',
    access: 'read',
    reply: api.centreReply,
    summary: { zh: '数据概况：年份、截至日、版本', en: 'State of the data: years, as-of day, version' },
    handle: ({ db, who }) => centre(db, who!.role),
  }),
  route({
    method: 'get',
    path: '/api/query',
    access: 'read',
    query: questionSchema,
    reply: api.answerSchema,
    byVersion: true,
    summary: { zh: '指标的值', en: 'Figures of KPIs' },
    handle: ({ db, query }) => answer(db, query),
  }),
  route({
    method: 'get',
    path: '/api/records',
    access: 'read',
    query: recordsQuestionSchema,
    reply: api.recordsReply,
    byVersion: true,
    summary: { zh: '一个数背后的记录', en: 'The records behind one figure' },
    handle: ({ db, query }) => records(db, query),
  }),
  route({
    method: 'get',
    path: '/api/contradictions',
    access: 'read',
    query: api.contradictionsQuestion,
    reply: api.contradictionsReply,
    byVersion: true,
    summary: { zh: '矛盾，及其记录', en: 'Contradictions, with their records' },
    handle: ({ db, query }) => listContradictions(db, query),
  }),
  route({
    method: 'get',
    path: '/api/rectification',
    access: 'read',
    query: rectificationQuestion,
    reply: rectificationReply,
    byVersion: true,
    summary: { zh: '整改：按发现的年度，截至某日', en: 'Rectification by the year raised, as of a day' },
    handle: ({ db, query }) => rectificationByCohort(db, query),
  }),
];

/** Every route of the API, and what reads them from inside. The OpenAPI document is made from this list, itself included. */
export function createApi(): { readonly routes: readonly Route[]; readonly reader: Reader } {
  const routes: Route[] = [
    route({
      method: 'get',
      path: '/api/health',
      access: 'open',
      reply: api.healthReply,
      summary: { zh: '服务状态', en: 'Is the server well' },
      handle: async ({ db, version }) => ({
        status: 'ok' as const,
        version,
        dataVersion: await dataVersion(db),
      }),
    }),
    route({
      method: 'get',
      path: '/api/openapi.json',
      access: 'open',
      reply: z.looseObject({ openapi: z.literal('3.1.0') }),
      summary: { zh: '接口说明', en: 'This document' },
      handle: ({ version }) => openapi(routes, version),
    }),
    route({
      method: 'post',
      path: '/api/batch',
      access: 'read',
      free: true,
      body: batchBody,
      reply: batchReply,
      summary: { zh: '一次问几个只读的问题', en: 'Several readings in one request' },
      handle: async (call) => ({ replies: await Promise.all(call.body.requests.map(reader.as(call))) }),
    }),
    ...session,
    ...figures,
    ...due,
    ...imports,
    ...known,
    ...recordRoutes,
    ...reviews,
    ...rules,
    ...vocabulary,
    ...workbooks,
    ...snapshots,
    ...briefings,
    ...desk,
  ];
  const reader = new Reader(routes);
  return { routes, reader };
}
