import { z } from 'zod';
import { vocabularyDraft, vocabularyReply, vocabularyRow } from '../shared/imports.ts';
import { route, type Route } from './http.ts';
import { forget, learn, listVocabulary } from './queries/vocabulary.ts';

const wordId = z.object({
  id: z
    .string()
    .regex(/^\d{1,9}$/, 'is not the number of a word')
    .transform(Number),
});

/** What the centre has taught the reader of ledgers: headings, kinds, names of units. */
export const vocabulary: Route[] = [
  route({
    method: 'get',
    path: '/api/vocabulary',
    access: 'read',
    reply: vocabularyReply,
    summary: { zh: '记住的列名、类型和单位别名', en: 'Headings, kinds and names of units that were taught' },
    handle: async ({ db }) => ({ words: await listVocabulary(db) }),
  }),
  route({
    method: 'post',
    path: '/api/vocabulary',
    access: 'write',
    body: vocabularyDraft,
    form: true,
    status: 201,
    reply: vocabularyRow,
    summary: { zh: '记住一个词的意思', en: 'Teach what a word means' },
    handle: ({ db, body, now, who }) => learn(db, body, { now, actor: who!.name }),
  }),
  route({
    method: 'delete',
    path: '/api/vocabulary/:id',
    access: 'write',
    params: wordId,
    reply: vocabularyRow,
    summary: { zh: '忘记一个词', en: 'Forget a word' },
    handle: ({ db, params }) => forget(db, params.id),
  }),
];
