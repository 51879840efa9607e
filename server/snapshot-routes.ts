import { z } from 'zod';
import { snapshotFormats } from '../shared/snapshot-formats.ts';
import {
  driftQuestion,
  driftReply,
  listingBody,
  snapshotBody,
  snapshotFileQuestion,
  snapshotMeta,
  snapshotsQuestion,
  snapshotsReply,
  withdrawBody,
} from '../shared/snapshots.ts';
import type { FileReply } from './http-file.ts';
import { route, type Route } from './http.ts';
import { createSnapshot } from './queries/snapshot-create.ts';
import { drift } from './queries/snapshot-drift.ts';
import { snapshotFile } from './queries/snapshot-files.ts';
import { getSnapshot, listSnapshotAs, listSnapshots, withdrawSnapshot } from './queries/snapshots.ts';
import { variantOf } from './snapshot/variant.ts';

export const snapshotId = z.object({
  id: z
    .string()
    .max(64)
    .regex(/^[\w-]+$/, 'is not the id of a snapshot'),
});
const snapshotFileId = snapshotId.extend({
  format: z.enum(snapshotFormats, `is not made; there are ${snapshotFormats.join(', ')}`),
});

/** Sealed charts: made, listed, given as files, held against the data, withdrawn; never altered. */
export const snapshots: readonly Route[] = [
  route({
    method: 'post',
    path: '/api/snapshots',
    access: 'seal',
    body: snapshotBody,
    status: 201,
    reply: snapshotMeta,
    summary: { zh: '封存一张图', en: 'Seal a chart as a snapshot' },
    handle: ({ db, body, now, who, renderer, reader, publicUrl }) =>
      createSnapshot(db, body, { now, who: who!, renderer, reader, publicUrl }),
  }),
  route({
    method: 'get',
    path: '/api/snapshots',
    access: 'read',
    query: snapshotsQuestion,
    reply: snapshotsReply,
    summary: {
      zh: '快照；q 查标题、说明、制作者、指标和单位',
      en: 'Snapshots; q looks in titles, notes, makers, figures and units',
    },
    handle: async ({ db, who, query }) => ({ snapshots: await listSnapshots(db, who!, query.q) }),
  }),
  // Before the next one, whose :id would take the dot and the format too.
  route({
    method: 'get',
    path: '/api/snapshots/:id.:format',
    access: 'read',
    params: snapshotFileId,
    query: snapshotFileQuestion,
    summary: { zh: '快照文件', en: 'A snapshot as a file' },
    handle: ({ db, params, query, who, renderer, now }): Promise<FileReply> =>
      snapshotFile(db, params.id, variantOf(params.format, query), { who: who!, renderer, now }),
  }),
  route({
    method: 'get',
    path: '/api/snapshots/:id',
    access: 'read',
    params: snapshotId,
    reply: snapshotMeta,
    summary: { zh: '一张快照', en: 'One snapshot' },
    handle: ({ db, params, who }) => getSnapshot(db, params.id, who!),
  }),
  route({
    method: 'patch',
    path: '/api/snapshots/:id',
    access: 'seal',
    params: snapshotId,
    body: listingBody,
    form: true,
    reply: snapshotMeta,
    summary: {
      zh: '改列表中的名称和备注，封存的内容不变',
      en: 'Name it otherwise in the list, or remark on it; the seal stays as it is',
    },
    handle: ({ db, params, body, who, now }) =>
      listSnapshotAs(db, { id: params.id, listing: body }, { who: who!, now }),
  }),
  route({
    method: 'post',
    path: '/api/snapshots/:id/withdraw',
    access: 'seal',
    params: snapshotId,
    body: withdrawBody,
    form: true,
    reply: snapshotMeta,
    summary: { zh: '撤回，写明原因；文件照旧', en: 'Withdraw, with a reason; its files stay as they are' },
    handle: ({ db, params, body, who, now }) =>
      withdrawSnapshot(db, { id: params.id, reason: body.reason }, { who: who!, now }),
  }),
  route({
    method: 'get',
    path: '/api/snapshots/:id/drift',
    access: 'read',
    params: snapshotId,
    query: driftQuestion,
    reply: driftReply,
    summary: {
      zh: '封存后变动的数，分为迟报、更正、口径、新发生',
      en: 'Figures changed since the seal, split into late ledgers, corrections, definitions, movement',
    },
    handle: ({ db, params, query, who }) => drift(db, params.id, { who: who!, from: query.asOf }),
  }),
];
