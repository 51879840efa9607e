import {
  nextQuestionSchema,
  nextReply,
  paceQuestionSchema,
  paceReply,
  slotsQuestionSchema,
  slotsReply,
} from '../shared/due.ts';
import { route, type Route } from './http.ts';
import { dueNext } from './queries/next.ts';
import { pace } from './queries/pace.ts';
import { yearSlots } from './queries/year-slots.ts';

/** What the norms ask of units: slot by slot, against the year, and next. */
export const due: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/slots',
    access: 'read',
    query: slotsQuestionSchema,
    reply: slotsReply,
    byVersion: true,
    summary: { zh: '规定动作：应办、已办，按类型和周期', en: 'Slots of the norms by kind and period' },
    handle: ({ db, query }) => yearSlots(db, query),
  }),
  route({
    method: 'get',
    path: '/api/pace',
    access: 'read',
    query: paceQuestionSchema,
    reply: paceReply,
    byVersion: true,
    summary: { zh: '进度：到此时应到、去年此时、照此全年', en: 'Pace: due by now, last year, on course for' },
    handle: ({ db, query }) => pace(db, query),
  }),
  route({
    method: 'get',
    path: '/api/next',
    access: 'read',
    query: nextQuestionSchema,
    reply: nextReply,
    byVersion: true,
    summary: { zh: '接下来：即将到期的事项', en: 'What falls due next' },
    handle: ({ db, query }) => dueNext(db, query),
  }),
];
