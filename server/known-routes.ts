import {
  changesQuestion,
  changesReply,
  restatementQuestion,
  restatementReply,
} from '../shared/restatement.ts';
import { route, type Route } from './http.ts';
import { listChanges } from './queries/changes.ts';
import { restatement } from './queries/restatement.ts';

/** What was known when: the journal of the data, and figures as they were then against now. */
export const known: Route[] = [
  route({
    method: 'get',
    path: '/api/changes',
    access: 'read',
    query: changesQuestion,
    reply: changesReply,
    byVersion: true,
    summary: { zh: '数据的历次变动', en: 'The changes of the data, the latest first' },
    handle: ({ db, query }) => listChanges(db, query),
  }),
  route({
    method: 'get',
    path: '/api/restatement',
    access: 'read',
    query: restatementQuestion,
    reply: restatementReply,
    byVersion: true,
    summary: {
      zh: '当时的数与现在的数，差别分为迟报、更正、口径和实际变化',
      en: 'Figures as known then against now, split into late ledgers, corrections, definitions and movement',
    },
    handle: ({ db, query }) => restatement(db, query),
  }),
];
