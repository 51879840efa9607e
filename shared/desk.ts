import { z } from 'zod';
import { code } from './query.ts';
import { grainOf } from './period.ts';
import { ownAddress } from './pages.ts';

/**
 * What readers keep for themselves and each other: named addresses (saved views) and words on a chart's point (notes).
 * No figure comes of either, and none changes by them.
 */

export const NAME_MAX = 80;
export const ADDRESS_MAX = 2000;
export const BODY_MAX = 500;

/** No control characters, no line or paragraph separators, and none of the marks that turn the direction of what follows. */
const clean = /^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u;
const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'is empty')
    .max(most, `has more than ${most} characters`)
    .regex(clean, 'has control characters or a line break');

const address = z
  .string()
  .max(ADDRESS_MAX, `has more than ${ADDRESS_MAX} characters`)
  .transform((text, context) => {
    const own = ownAddress(text);
    if (own !== null) return own;
    context.addIssue({ code: 'custom', message: 'is not the path and query of one of our pages' });
    return z.NEVER;
  });

export const viewBody = z.strictObject({
  name: line(NAME_MAX),
  address,
  /** For everyone; the office alone may share. */
  shared: z.boolean().optional(),
});
export const viewPatch = z.strictObject({
  name: line(NAME_MAX).optional(),
  address: address.optional(),
  shared: z.boolean().optional(),
  /** `false` brings a removed one back, for a day. */
  removed: z.boolean().optional(),
});
export type ViewBody = z.output<typeof viewBody>;
export type ViewPatch = z.output<typeof viewPatch>;

export const savedView = z.object({
  id: z.int(),
  name: z.string(),
  address: z.string(),
  shared: z.boolean(),
  owner: z.string(),
  /** May the one who asks change it? */
  mine: z.boolean(),
  createdAt: z.string(),
  removed: z.boolean(),
});
export type SavedView = z.infer<typeof savedView>;
export const viewsReply = z.object({ views: z.array(savedView) });
export type ViewsReply = z.infer<typeof viewsReply>;

/** Notes of a unit and all under it, the oldest first. */
export const notesQuestion = z.strictObject({
  /** Absent: of every unit. */
  unit: code.optional(),
  kpi: z.array(code).min(1).max(32).optional(),
  /** The latest so many. */
  limit: z.int().min(1).max(1000).default(500),
});
export type NotesQuestion = z.output<typeof notesQuestion>;

/** A day is no point of a note: no chart that shows days has room for one. */
const period = z
  .string()
  .refine(
    (p) => ['year', 'quarter', 'month'].includes(grainOf(p) ?? ''),
    'is not a period (2022, 2022-Q1, 2022-03)',
  );

export const noteBody = z.strictObject({
  kpi: code,
  unit: code,
  period,
  /** Absent: all kinds. */
  kind: z.array(code).min(1).max(64).optional(),
  body: line(BODY_MAX),
});
export const notePatch = z.strictObject({
  body: line(BODY_MAX).optional(),
  removed: z.boolean().optional(),
});
export type NoteBody = z.output<typeof noteBody>;
export type NotePatch = z.output<typeof notePatch>;

export const noteSchema = z.object({
  id: z.int(),
  kpi: z.string(),
  unit: z.string(),
  period: z.string(),
  kind: z.array(z.string()).optional(),
  body: z.string(),
  author: z.string(),
  createdAt: z.string(),
  /** The day on which it was written, by the centre's own clock. */
  day: z.string(),
  editedAt: z.string().nullable(),
  mine: z.boolean(),
  removed: z.boolean(),
});
export type Note = z.infer<typeof noteSchema>;
export const notesReply = z.object({ notes: z.array(noteSchema) });
export type NotesReply = z.infer<typeof notesReply>;
