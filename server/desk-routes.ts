import { z } from 'zod';
import {
  noteBody,
  notePatch,
  noteSchema,
  notesQuestion,
  notesReply,
  savedView,
  viewBody,
  viewPatch,
  viewsReply,
} from '../shared/desk.ts';
import { findQuestion, findReply } from '../shared/find.ts';
import { find } from './find/find.ts';
import { route, type Route } from './http.ts';
import { changeNote, listNotes, writeNote } from './queries/notes.ts';
import { changeView, listViews, saveView } from './queries/saved-views.ts';

const number = z.object({
  id: z
    .string()
    .regex(/^\d{1,9}$/, 'is not a number of one')
    .transform(Number),
});

const views: Route[] = [
  route({
    method: 'get',
    path: '/api/views',
    access: 'read',
    reply: viewsReply,
    summary: {
      zh: '存下的视图：自己的和党办共享的',
      en: 'Saved views: one’s own, and those the office shares',
    },
    handle: async ({ db, who }) => ({ views: await listViews(db, who!) }),
  }),
  route({
    method: 'post',
    path: '/api/views',
    access: 'keep',
    body: viewBody,
    form: true,
    status: 201,
    reply: savedView,
    summary: { zh: '给一个页面地址起名存下', en: 'Keep the address of a page under a name' },
    handle: ({ db, body, who, now }) => saveView(db, body, { who: who!, now }),
  }),
  route({
    method: 'patch',
    path: '/api/views/:id',
    access: 'keep',
    params: number,
    body: viewPatch,
    form: true,
    reply: savedView,
    summary: { zh: '改名、共享，或恢复删除的视图', en: 'Rename, share, or bring a removed one back' },
    handle: ({ db, params, body, who, now }) =>
      changeView(db, { id: params.id, patch: body }, { who: who!, now }),
  }),
  route({
    method: 'delete',
    path: '/api/views/:id',
    access: 'keep',
    params: number,
    reply: savedView,
    summary: { zh: '删除视图，一天内可恢复', en: 'Remove a view; for a day it can be brought back' },
    handle: ({ db, params, who, now }) =>
      changeView(db, { id: params.id, patch: { removed: true } }, { who: who!, now }),
  }),
];

const notes: Route[] = [
  route({
    method: 'get',
    path: '/api/notes',
    access: 'read',
    query: notesQuestion,
    reply: notesReply,
    summary: { zh: '图上的批注：本单位及下级', en: 'Notes on points of a unit and of all under it' },
    handle: async ({ db, query, who }) => ({ notes: await listNotes(db, query, who!) }),
  }),
  route({
    method: 'post',
    path: '/api/notes',
    access: 'note',
    body: noteBody,
    form: true,
    status: 201,
    reply: noteSchema,
    summary: { zh: '在图的一点记一条批注', en: 'Write a note on a chart’s point' },
    handle: ({ db, body, who, now }) => writeNote(db, body, { who: who!, now }),
  }),
  route({
    method: 'patch',
    path: '/api/notes/:id',
    access: 'note',
    params: number,
    body: notePatch,
    form: true,
    reply: noteSchema,
    summary: { zh: '修改批注，或恢复删除的批注', en: 'Reword a note, or bring a removed one back' },
    handle: ({ db, params, body, who, now }) =>
      changeNote(db, { id: params.id, patch: body }, { who: who!, now }),
  }),
  route({
    method: 'delete',
    path: '/api/notes/:id',
    access: 'note',
    params: number,
    reply: noteSchema,
    summary: { zh: '删除批注，一天内可恢复', en: 'Remove a note; for a day it can be brought back' },
    handle: ({ db, params, who, now }) =>
      changeNote(db, { id: params.id, patch: { removed: true } }, { who: who!, now }),
  }),
];

/** What readers keep and look for: saved views, notes, and the box that finds everything. */
export const desk: readonly Route[] = [
  ...views,
  ...notes,
  route({
    method: 'get',
    path: '/api/find',
    access: 'read',
    query: findQuestion,
    reply: findReply,
    summary: {
      zh: '查单位、指标、页面、存下的视图和记录题目，可用拼音首字母',
      en: 'Find units, KPIs, pages, saved views and titles of records; by pinyin and its initials too',
    },
    handle: ({ db, query, who }) => find(db, query.q, who!),
  }),
];
