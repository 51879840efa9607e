import { z } from 'zod';
import {
  briefingBody,
  briefingFormats,
  briefingReply,
  briefingsReply,
  scheduleBody,
  scheduleReply,
  schedulesReply,
} from '../shared/briefing.ts';
import { noDelivery } from './briefing/send.ts';
import type { FileReply } from './http-file.ts';
import { route, type Route } from './http.ts';
import { remakeBriefing } from './queries/briefing-again.ts';
import { briefingFile } from './queries/briefing-files.ts';
import { sealBriefing } from './queries/briefing-seal.ts';
import {
  changeBriefing,
  createBriefing,
  getBriefing,
  listBriefings,
  removeBriefing,
} from './queries/briefings.ts';
import { runSchedule } from './queries/schedule-run.ts';
import {
  changeSchedule,
  createSchedule,
  getSchedule,
  listSchedules,
  ownSchedule,
  removeSchedule,
} from './queries/schedules.ts';
import { snapshotId as briefingId } from './snapshot-routes.ts';

const fileFormats = [...briefingFormats, 'json'] as const;
const fileId = briefingId.extend({
  format: z.enum(fileFormats, `is not made; there are ${fileFormats.join(', ')}`),
});
const removed = z.object({ removed: z.literal(true) });

// What is absent stays as it is: no default may stand in for it.
const { title, occasion, lang, items } = briefingBody.shape;
const briefingPatch = z.strictObject({
  title: title.optional(),
  occasion: occasion.removeDefault().optional(),
  lang: lang.removeDefault().optional(),
  items: items.optional(),
});
const { briefing, cron, format, to, isOn } = scheduleBody.shape;
const schedulePatch = z.strictObject({
  briefing: briefing.optional(),
  cron: cron.optional(),
  format: format.removeDefault().optional(),
  to: to.removeDefault().optional(),
  isOn: isOn.removeDefault().optional(),
});

const drafts: Route[] = [
  route({
    method: 'get',
    path: '/api/briefings',
    access: 'read',
    reply: briefingsReply,
    summary: { zh: '简报：封存的，和自己的草稿', en: 'Briefings: sealed ones, and one’s own drafts' },
    handle: async ({ db, who }) => ({ briefings: await listBriefings(db, who!) }),
  }),
  route({
    method: 'post',
    path: '/api/briefings',
    access: 'seal',
    body: briefingBody,
    form: true,
    status: 201,
    reply: briefingReply,
    summary: { zh: '起草一份简报', en: 'Begin a briefing as a draft' },
    handle: ({ db, body, who, now }) => createBriefing(db, body, { who: who!, now }),
  }),
  // Before the next one, whose :id would take the dot and the format too.
  route({
    method: 'get',
    path: '/api/briefings/:id.:format',
    access: 'read',
    params: fileId,
    summary: { zh: '封存的简报文件', en: 'A sealed briefing as a file' },
    handle: ({ db, params, who, renderer, now }): Promise<FileReply> =>
      briefingFile(db, params, { who: who!, renderer, now }),
  }),
  route({
    method: 'get',
    path: '/api/briefings/:id',
    access: 'read',
    params: briefingId,
    reply: briefingReply,
    summary: { zh: '一份简报', en: 'One briefing' },
    handle: ({ db, params, who }) => getBriefing(db, params.id, who!),
  }),
  route({
    method: 'patch',
    path: '/api/briefings/:id',
    access: 'seal',
    params: briefingId,
    body: briefingPatch,
    form: true,
    reply: briefingReply,
    summary: { zh: '改草稿', en: 'Change a draft' },
    handle: ({ db, params, body, who, now }) =>
      changeBriefing(db, { id: params.id, patch: body }, { who: who!, now }),
  }),
  route({
    method: 'delete',
    path: '/api/briefings/:id',
    access: 'seal',
    params: briefingId,
    reply: removed,
    summary: { zh: '删去草稿', en: 'Take a draft away' },
    handle: ({ db, params, who }) => removeBriefing(db, params.id, who!),
  }),
  route({
    method: 'post',
    path: '/api/briefings/:id/seal',
    access: 'seal',
    params: briefingId,
    reply: briefingReply,
    summary: {
      zh: '整份封存：图在同一数据版本上成为快照',
      en: 'Seal as a whole: its charts become snapshots of one version of the data',
    },
    handle: ({ db, params, who, now, renderer, reader, publicUrl }) =>
      sealBriefing(db, params.id, { who: who!, now, renderer, reader, publicUrl }),
  }),
  route({
    method: 'post',
    path: '/api/briefings/:id/remake',
    access: 'seal',
    params: briefingId,
    status: 201,
    reply: briefingReply,
    summary: { zh: '按封存简报的提纲再起草一份', en: 'A new draft of a sealed briefing’s outline' },
    handle: ({ db, params, who, now }) => remakeBriefing(db, { id: params.id }, { who: who!, now }),
  }),
];

/** Briefings: drafted, sealed as a whole, given as files, made again by hand or by the clock. */
export const briefings: readonly Route[] = [
  ...drafts,
  route({
    method: 'get',
    path: '/api/schedules',
    access: 'read',
    reply: schedulesReply,
    summary: { zh: '定时简报', en: 'Schedules of briefings' },
    handle: async ({ db, who }) => ({ schedules: await listSchedules(db, who!) }),
  }),
  route({
    method: 'post',
    path: '/api/schedules',
    access: 'seal',
    body: scheduleBody,
    form: true,
    status: 201,
    reply: scheduleReply,
    summary: { zh: '定时重做一份封存的简报', en: 'Make a sealed briefing again by the clock' },
    handle: ({ db, body, who, now, delivery = noDelivery }) =>
      createSchedule(db, body, { who: who!, now, delivery }),
  }),
  route({
    method: 'patch',
    path: '/api/schedules/:id',
    access: 'seal',
    params: briefingId,
    body: schedulePatch,
    form: true,
    reply: scheduleReply,
    summary: { zh: '改定时', en: 'Change a schedule' },
    handle: ({ db, params, body, who, now, delivery = noDelivery }) =>
      changeSchedule(db, { id: params.id, patch: body }, { who: who!, now, delivery }),
  }),
  route({
    method: 'delete',
    path: '/api/schedules/:id',
    access: 'seal',
    params: briefingId,
    reply: removed,
    summary: { zh: '取消定时，已做的简报照旧', en: 'End a schedule; what it has made stays' },
    handle: ({ db, params, who }) => removeSchedule(db, params.id, who!),
  }),
  route({
    method: 'post',
    path: '/api/schedules/:id/run',
    access: 'seal',
    params: briefingId,
    reply: scheduleReply,
    summary: { zh: '现在就做一次', en: 'Make it now' },
    handle: async ({ db, params, who, now, renderer, reader, publicUrl, delivery = noDelivery }) => {
      const by = { now, renderer, reader, publicUrl, delivery };
      await runSchedule(db, await ownSchedule(db, params.id, who!), by);
      return getSchedule(db, params.id, who!);
    },
  }),
];
