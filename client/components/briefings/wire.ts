import type {
  BriefingBody,
  BriefingFormat,
  BriefingMeta,
  BriefingReply,
  ScheduleBody,
  ScheduleReply,
} from '../../../shared/briefing.ts';
import type { Lang } from '../../../shared/text.ts';
import { get, send } from '../../api.ts';

/** Briefings and their schedules, as the pages ask for them. All throw ApiProblem. */

const at = (id: string): string => `/briefings/${encodeURIComponent(id)}`;
const scheduleAt = (id: string): string => `/schedules/${encodeURIComponent(id)}`;

export const listBriefings = (): Promise<{ briefings: BriefingMeta[] }> => get('/briefings');
export const getBriefing = (id: string): Promise<BriefingReply> => get(at(id));
export const makeBriefing = (title: string, lang: Lang): Promise<BriefingMeta> =>
  send('POST', '/briefings', { title, occasion: null, lang, items: [] } satisfies BriefingBody);
export const saveBriefing = (id: string, body: BriefingBody): Promise<BriefingReply> =>
  send('PATCH', at(id), body);
export const removeBriefing = (id: string): Promise<unknown> => send('DELETE', at(id));
/** Draws and seals all pages: seconds for a long one. */
export const sealBriefing = (id: string): Promise<BriefingReply> => send('POST', `${at(id)}/seal`);
/** A new draft of a sealed one's outline. */
export const remakeBriefing = (id: string): Promise<BriefingMeta> => send('POST', `${at(id)}/remake`);

/** The files of a sealed one, and what they are called. */
export const formatNames: Record<BriefingFormat, string> = { pptx: 'PPTX', docx: 'Word', pdf: 'PDF' };
export const formatsInOrder = Object.keys(formatNames) as BriefingFormat[];
export const fileOf = (id: string, format: BriefingFormat): string =>
  `/api/briefings/${encodeURIComponent(id)}.${format}`;

export const listSchedules = (): Promise<{ schedules: ScheduleReply[] }> => get('/schedules');
export const addSchedule = (body: ScheduleBody): Promise<ScheduleReply> => send('POST', '/schedules', body);
export const changeSchedule = (id: string, change: Partial<ScheduleBody>): Promise<ScheduleReply> =>
  send('PATCH', scheduleAt(id), change);
export const removeSchedule = (id: string): Promise<unknown> => send('DELETE', scheduleAt(id));
/** Makes and seals one now. */
export const runSchedule = (id: string): Promise<ScheduleReply> => send('POST', `${scheduleAt(id)}/run`);
