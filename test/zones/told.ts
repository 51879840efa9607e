import { z } from 'zod';
import { cellSchema } from '../../shared/query.ts';

/** When it is asked, and by which clock the centre lives. */
export const momentsSchema = z.array(z.object({ instant: z.string(), timeZone: z.string() }));
export type Moment = z.infer<typeof momentsSchema>[number];

/** What a process under one TZ tells of the product. */
export const toldSchema = z.object({
  west: z.number(),
  seen: z.array(
    z.object({
      today: z.string(),
      covered: z.array(z.string()),
      cells: z.array(cellSchema),
      knownThatDay: z.boolean(),
    }),
  ),
  read: z.record(z.string(), z.array(z.string())),
});
export type Told = z.infer<typeof toldSchema>;
