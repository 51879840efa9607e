import { z } from 'zod';
import { cellSchema } from './query.ts';
import { snapshotPapers, snapshotScales, snapshotThemes, type SnapshotScale } from './snapshot-formats.ts';
import { printable } from './text.ts';
import { viewIds } from './views.ts';

/** Snapshots on the wire: sealed charts, their files, and what has changed since. */

export const snapshotBody = z.strictObject({
  view: z.enum(viewIds),
  /** The parameters of the page, as in its address. */
  query: z.record(z.string(), z.unknown()),
  title: z.string().max(200).regex(printable, 'has control characters').optional(),
  note: z.string().max(2000).regex(printable, 'has control characters').optional(),
  lang: z.enum(['zh', 'en']).optional(),
});
export const snapshotMeta = z.object({
  id: z.string(),
  url: z.string(),
  sha256: z.string(),
  dataVersion: z.int(),
  createdAt: z.string(),
  view: z.enum(viewIds),
  title: z.string(),
  note: z.string().nullable(),
  maker: z.string(),
  lang: z.enum(['zh', 'en']),
  unit: z.string(),
  kpi: z.string(),
  /** The short address that leads to it; null: sealed before there was one. */
  link: z.string().nullable(),
  /** Beside the seal, which keeps its own words: what it is called in the list, and remarks. */
  listing: z
    .object({ title: z.string().nullable(), note: z.string().nullable(), by: z.string(), at: z.string() })
    .nullable(),
  withdrawn: z.object({ by: z.string(), at: z.string(), reason: z.string() }).nullable(),
  /** May the asker change the listing and withdraw it? */
  mine: z.boolean(),
});
export type SnapshotMeta = z.infer<typeof snapshotMeta>;
export const snapshotsReply = z.object({ snapshots: z.array(snapshotMeta) });

const words = (most: number) => z.string().trim().max(most).regex(printable, 'has control characters');
export const snapshotsQuestion = z.strictObject({ q: z.string().trim().max(100).optional() });
export const listingBody = z
  .strictObject({ title: words(200).nullable().optional(), note: words(2000).nullable().optional() })
  .refine((b) => b.title !== undefined || b.note !== undefined, 'names neither title nor note');
export const withdrawBody = z.strictObject({ reason: words(500).min(1, 'is empty') });
/** The choices of a file; each format has its own of them. */
export const snapshotFileQuestion = z.strictObject({
  theme: z.enum(snapshotThemes, `is none of ${snapshotThemes.join(', ')}`).optional(),
  scale: z
    .enum(snapshotScales.map(String) as ['1', '2', '4'], `is none of ${snapshotScales.join(', ')}`)
    .transform((scale) => Number(scale) as SnapshotScale)
    .optional(),
  paper: z.enum(snapshotPapers, `is none of ${snapshotPapers.join(', ')}`).optional(),
});
export const driftQuestion = z.strictObject({
  /** Seen from the day of the seal, or from the last day that ledgers cover today. */
  asOf: z.enum(['sealed', 'today'], 'is neither sealed nor today').default('sealed'),
});

const moved = z.object({
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  value: z.number().nullable(),
});
/** What a difference is made of: see `StepCode`. What was not there counts as nothing; a value has no part where it is null on the way. */
const split = <T extends z.ZodType>(of: T) =>
  z.object({ late: of, corrections: of, definitions: of, movement: of });
export const driftReply = z.object({
  id: z.string(),
  sealedVersion: z.int(),
  currentVersion: z.int(),
  asOf: z.object({ sealed: z.string(), now: z.string() }),
  changed: z.array(
    z.object({ sealed: cellSchema, now: cellSchema.nullable(), split: split(moved).nullable() }),
  ),
  /** Null where the data of the seal's day are not known any more, or too many to be laid out: see `unsplit`. */
  totals: z
    .object({
      /** How many of the changed cells each part moves. */
      cells: split(z.int()),
      /** Numerators of the changed cells, added up by question where months come to years. */
      sums: z.array(
        z.object({
          kpi: z.string(),
          grain: z.string(),
          by: z.enum(['unit', 'kind']).nullable(),
          parts: split(z.number()),
          whole: z.number(),
        }),
      ),
    })
    .nullable(),
  unsplit: z.object({ zh: z.string(), en: z.string() }).nullable(),
});
export type Drift = z.infer<typeof driftReply>;
