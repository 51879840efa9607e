import { z } from 'zod';
import { importEditsReply } from '../shared/imports.ts';
import {
  recordChangedReply,
  recordCorrection,
  recordDraft,
  recordPageReply,
  recordRemoval,
  recordRestoring,
} from '../shared/record-edit.ts';
import { seesNames } from './auth/names.ts';
import { route, type Call, type Route } from './http.ts';
import type { Doer } from './queries/centre.ts';
import { editsOfImport } from './queries/edited-records.ts';
import { correctRecord, enterRecord, removeRecord, restoreRecord } from './queries/record-edits.ts';
import { getRecord } from './queries/record-page.ts';

const place = z.object({
  unit: z.string().min(1).max(64),
  id: z
    .string()
    .max(64)
    .regex(/^[\w-]+$/, 'is not the number of a record'),
});
const importId = z.object({
  id: z
    .string()
    .regex(/^\d{1,9}$/, 'is not the number of an import')
    .transform(Number),
});

const by = ({ now, who }: Pick<Call<unknown, unknown, unknown>, 'now' | 'who'>): Doer => ({
  now,
  actor: who!.name,
});

/** Records by hand: read by all, entered, corrected and removed by the office. */
export const recordRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/api/records',
    access: 'write',
    body: recordDraft,
    form: true,
    status: 201,
    reply: recordChangedReply,
    summary: { zh: '手工录入一条记录', en: 'Enter a record by hand' },
    handle: (call) => enterRecord(call.db, call.body, by(call)),
  }),
  route({
    method: 'get',
    path: '/api/records/:unit/:id',
    access: 'read',
    params: place,
    reply: recordPageReply,
    summary: { zh: '一条记录及其来历', en: 'One record, with its history' },
    handle: ({ db, params, who }) => getRecord(db, params, { seesNames: seesNames(who!, params.unit) }),
  }),
  route({
    method: 'post',
    path: '/api/records/:unit/:id',
    access: 'write',
    params: place,
    body: recordCorrection,
    form: true,
    reply: recordChangedReply,
    summary: { zh: '更正一条记录', en: 'Correct a record' },
    handle: (call) => correctRecord(call.db, call.params, call.body, by(call)),
  }),
  route({
    method: 'post',
    path: '/api/records/:unit/:id/remove',
    access: 'write',
    params: place,
    body: recordRemoval,
    form: true,
    reply: recordChangedReply,
    summary: { zh: '删除一条记录', en: 'Remove a record' },
    handle: (call) => removeRecord(call.db, call.params, call.body, by(call)),
  }),
  route({
    method: 'post',
    path: '/api/records/:unit/:id/restore',
    access: 'write',
    params: place,
    body: recordRestoring,
    form: true,
    reply: recordChangedReply,
    summary: { zh: '恢复一条删除的记录', en: 'Bring a removed record back' },
    handle: (call) => restoreRecord(call.db, call.params, call.body, by(call)),
  }),
  route({
    method: 'get',
    path: '/api/imports/:id/edits',
    access: 'read',
    params: importId,
    reply: importEditsReply,
    summary: { zh: '一次导入里手工更正过的记录', en: 'Records of an import that were corrected by hand' },
    handle: ({ db, params }) => editsOfImport(db, params.id),
  }),
];
