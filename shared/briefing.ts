import { z } from 'zod';
import { langs, printable } from './text.ts';
import { viewIds } from './views.ts';

/** Briefings on the wire: what is put together for a meeting, as a draft, and sealed as a whole. */

const line = (most: number) => z.string().trim().max(most).regex(printable, 'has control characters');

/** What stands in a briefing, one after the other. Each chart or snapshot is a page with one message. */
export const briefingItem = z.discriminatedUnion('is', [
  /** Begins a part of the briefing, named in its contents. */
  z.strictObject({ is: z.literal('heading'), text: line(120).min(1, 'is empty') }),
  /** The author's own words, a page of their own. */
  z.strictObject({ is: z.literal('text'), text: line(4000).min(1, 'is empty') }),
  /** A chart as it was sealed; it stays so. */
  z.strictObject({
    is: z.literal('snapshot'),
    id: z.string().regex(/^[\w-]+$/, 'is not the id of a snapshot'),
    /** The author's words on it. */
    comment: line(2000).nullable().default(null),
  }),
  /** A chart of the data as they are when the briefing is sealed. */
  z.strictObject({
    is: z.literal('view'),
    view: z.enum(viewIds),
    /** The parameters of the page, as in its address; without `asOf`: the last day that ledgers cover then. */
    query: z.record(z.string(), z.unknown()),
    title: line(200).nullable().default(null),
    comment: line(2000).nullable().default(null),
  }),
]);
export type BriefingItem = z.output<typeof briefingItem>;

export const MOST_ITEMS = 80;
export const briefingBody = z.strictObject({
  title: line(120).min(1, 'is empty'),
  /** Under the title on the cover: for whom, at which meeting. */
  occasion: line(200).nullable().default(null),
  lang: z.enum(langs).default('zh'),
  items: z.array(briefingItem).max(MOST_ITEMS, `holds more than ${MOST_ITEMS}`),
});
export type BriefingBody = z.output<typeof briefingBody>;

export const briefingFormats = ['pptx', 'docx', 'pdf'] as const;
export type BriefingFormat = (typeof briefingFormats)[number];

export const briefingMeta = z.object({
  id: z.string(),
  title: z.string(),
  occasion: z.string().nullable(),
  lang: z.enum(langs),
  maker: z.string(),
  createdAt: z.string(),
  changedAt: z.string(),
  /** Null: a draft. */
  sealedAt: z.string().nullable(),
  sha256: z.string().nullable(),
  dataVersion: z.int().nullable(),
  items: z.int(),
  /** The sealed briefing of whose outline this one is made; what has changed since then is marked. */
  former: z.string().nullable(),
  /** By which schedule it was made, if by one. */
  schedule: z.string().nullable(),
  /** May the asker change it (a draft), or take it away? */
  mine: z.boolean(),
});
export type BriefingMeta = z.infer<typeof briefingMeta>;
export const briefingReply = briefingMeta.extend({
  outline: z.array(briefingItem),
  /** Of a sealed one: the snapshots that it holds, in its order. */
  snapshots: z.array(z.object({ id: z.string(), title: z.string(), sha256: z.string() })),
});
export type BriefingReply = z.infer<typeof briefingReply>;
export const briefingsReply = z.object({ briefings: z.array(briefingMeta) });

/** Makes a briefing again and again of a sealed one's outline, in the centre's time zone. */
export const scheduleBody = z.strictObject({
  /** The sealed briefing whose outline is taken. */
  briefing: z.string().regex(/^[\w-]+$/, 'is not the id of a briefing'),
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  cron: line(100).min(1, 'is empty'),
  format: z.enum(briefingFormats).default('pptx'),
  /** Where it is posted; only to hosts that the settings allow. Null: it is kept and not sent. */
  to: z
    .discriminatedUnion('is', [
      z.strictObject({ is: z.literal('webhook'), url: line(500) }),
      z.strictObject({ is: z.literal('mail'), address: line(200) }),
    ])
    .nullable()
    .default(null),
  isOn: z.boolean().default(true),
});
export type ScheduleBody = z.output<typeof scheduleBody>;
export const scheduleReply = z.object({
  id: z.string(),
  briefing: z.string(),
  title: z.string(),
  cron: z.string(),
  format: z.enum(briefingFormats),
  to: scheduleBody.shape.to,
  isOn: z.boolean(),
  maker: z.string(),
  /** May the asker change it, run it, or take it away? */
  mine: z.boolean(),
  /** ISO 8601, UTC; null: it is off. */
  nextAt: z.string().nullable(),
  /** The last time that it ran: the briefing that was made, or what stood in its way. */
  last: z
    .object({ at: z.string(), briefing: z.string().nullable(), problem: z.string().nullable() })
    .nullable(),
});
export type ScheduleReply = z.infer<typeof scheduleReply>;
export const schedulesReply = z.object({ schedules: z.array(scheduleReply) });
