import type { BriefingFormat, ScheduleBody, ScheduleReply } from '../../../shared/briefing.ts';
import type { Fault } from '../../api.ts';
import type { ScheduleWords } from '../../words/schedules.ts';
import { cronOf, DEFAULT_WHEN, whenOf, type When } from './cron.ts';

export const ways = ['kept', 'webhook', 'mail'] as const;
export type Way = (typeof ways)[number];

/** A schedule as its form has it. */
export type ScheduleDraft = {
  briefing: string;
  when: When;
  format: BriefingFormat;
  way: Way;
  /** Address of the webhook. */
  url: string;
  /** Address of the mail. */
  address: string;
  isOn: boolean;
};
export type ScheduleField = 'briefing' | 'time' | 'own' | 'to';

export const newDraft = (briefing: string): ScheduleDraft => ({
  briefing,
  when: DEFAULT_WHEN,
  format: 'pptx',
  way: 'kept',
  url: '',
  address: '',
  isOn: true,
});
export const draftOf = ({ briefing, cron, format, to, isOn }: ScheduleReply): ScheduleDraft => ({
  briefing,
  when: whenOf(cron),
  format,
  way: to?.is ?? 'kept',
  url: to?.is === 'webhook' ? to.url : '',
  address: to?.is === 'mail' ? to.address : '',
  isOn,
});

/** What is to be filled in before it is sent, beside its field. */
export function lacking(draft: ScheduleDraft, words: ScheduleWords): Partial<Record<ScheduleField, string>> {
  const isOwn = draft.when.preset === 'own';
  const target = draft.way === 'webhook' ? draft.url : draft.way === 'mail' ? draft.address : 'none';
  return {
    ...(draft.briefing === '' ? { briefing: words.missing } : {}),
    ...(cronOf(draft.when) === null ? (isOwn ? { own: words.ownNeeded } : { time: words.timeNeeded }) : {}),
    ...(target.trim() === '' ? { to: words.missing } : {}),
  };
}

/** @throws Error for a draft that lacks something */
export function bodyOf({ briefing, when, format, way, url, address, isOn }: ScheduleDraft): ScheduleBody {
  const cron = cronOf(when);
  if (cron === null) throw new Error('the schedule has no time');
  const to: ScheduleBody['to'] =
    way === 'webhook'
      ? { is: 'webhook', url: url.trim() }
      : way === 'mail'
        ? { is: 'mail', address: address.trim() }
        : null;
  return { briefing, cron, format, to, isOn };
}

/** The server's faults, each at the field that it is of; what belongs to none is left to be said beneath. */
export function faultsAt(
  errors: readonly Fault[],
  preset: When['preset'],
): Partial<Record<ScheduleField, string>> {
  const at: Partial<Record<ScheduleField, string>> = {};
  for (const { path, message } of errors) {
    if (path === 'cron') at[preset === 'own' ? 'own' : 'time'] ??= message;
    else if (path === 'briefing') at.briefing ??= message;
    else if (path === 'to' || path.startsWith('to.')) at.to ??= message;
  }
  return at;
}
