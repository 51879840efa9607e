import { z } from 'zod';
import { printable } from './text.ts';

/** Results of one sort at most. */
export const FOUND_MAX = 8;
/** Letters from which on records are looked through. */
export const RECORDS_FROM = 2;
const TYPED_MAX = 100;

export const findQuestion = z.strictObject({
  q: z
    .string()
    .max(TYPED_MAX, `has more than ${TYPED_MAX} characters`)
    .regex(printable, 'has control characters')
    .default(''),
});

const unit = z.object({ what: z.literal('unit'), code: z.string(), name: z.string() });
const kpi = z.object({ what: z.literal('kpi'), id: z.string() });
const page = z.object({ what: z.literal('page'), path: z.string() });
const view = z.object({
  what: z.literal('view'),
  id: z.int(),
  name: z.string(),
  address: z.string(),
  shared: z.boolean(),
});
const record = z.object({
  what: z.literal('record'),
  unit: z.string(),
  id: z.string(),
  family: z.string(),
  date: z.string(),
  title: z.string(),
});
export const foundItem = z.discriminatedUnion('what', [unit, kpi, page, view, record]);
export type Found = z.infer<typeof foundItem>;
export type FoundWhat = Found['what'];
export type FoundOf<W extends FoundWhat> = Extract<Found, { what: W }>;

/** Groups in the order of their best result, results the best first. */
export const findReply = z.object({
  q: z.string(),
  groups: z.array(
    z.object({ what: z.enum(['unit', 'kpi', 'page', 'view', 'record']), found: z.array(foundItem) }),
  ),
});
export type FindReply = z.infer<typeof findReply>;
