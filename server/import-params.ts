import { z } from 'zod';
import { isMonth } from '../shared/period.ts';

export const importId = z.object({
  id: z
    .string()
    .regex(/^\d{1,9}$/, 'is not the number of an import')
    .transform(Number),
});

const month = z.string().refine(isMonth, 'is not a month (YYYY-MM)');

/** What a ledger covers, where its title does not say or is wrong. */
export const coverageSchema = z.strictObject({
  unit: z.string().min(1).max(64).optional(),
  year: z
    .string()
    .regex(/^(19|2\d)\d\d$/, 'is not a year (YYYY)')
    .transform(Number)
    .optional(),
  from: month.optional(),
  to: month.optional(),
});
