import { z } from 'zod';

/** More questions than any page asks at once. */
export const BATCH_MAX = 60;

/** What a page asks for at once: addresses under `/api` that answer with JSON, as `GET` would. */
export const batchBody = z.strictObject({
  requests: z
    .array(
      z.strictObject({
        path: z.string().max(200).startsWith('/', 'is no path under /api'),
        params: z.record(z.string().max(40), z.union([z.string().max(4000), z.number()])).optional(),
      }),
    )
    .min(1)
    .max(BATCH_MAX),
});

/** In the order of the requests; a `body` is what the address alone would have answered, a problem included. */
export const batchReply = z.object({
  replies: z.array(z.object({ status: z.int(), body: z.unknown() })),
});
