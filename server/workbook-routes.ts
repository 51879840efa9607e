import { z } from 'zod';
import { families } from '../shared/kinds.ts';
import { FIRST_YEAR, LAST_YEAR } from '../shared/period.ts';
import { langs } from '../shared/text.ts';
import { Refusal } from './errors.ts';
import type { FileReply } from './http-file.ts';
import { route, type Route } from './http.ts';
import { listUnits } from './queries/units.ts';
import { templateFileName, templateWorkbook } from './workbooks/template.ts';
import { xlsxType } from './workbooks/write.ts';

const ledger = z.object({
  ledger: z.enum(families, `is no ledger; there are ${families.join(', ')}`),
});
const templateQuestion = z.strictObject({
  lang: z.enum(langs).default('zh'),
  /** Absent: a ledger of several branches, whose rows name their own. */
  unit: z.string().min(1).max(64).optional(),
  year: z
    .string()
    .regex(/^\d{4}$/, 'is not a year (YYYY)')
    .transform(Number)
    .refine((y) => y >= FIRST_YEAR && y <= LAST_YEAR, `lies outside ${FIRST_YEAR} to ${LAST_YEAR}`)
    .optional(),
});

/** Workbooks that are given out, to be filled in and imported. */
export const workbooks: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/templates/:ledger',
    access: 'read',
    params: ledger,
    query: templateQuestion,
    summary: { zh: '台账模板', en: 'An empty ledger to be filled in' },
    handle: async ({ db, params, query }): Promise<FileReply> => {
      const units = await listUnits(db);
      const unit = units.find((u) => u.code === query.unit) ?? null;
      if (query.unit !== undefined && unit === null)
        throw new Refusal(422, `there is no unit "${query.unit}"`, [
          { path: 'unit', message: `there is no unit "${query.unit}"` },
        ]);
      const asked = { family: params.ledger, units, unit, year: query.year ?? null, lang: query.lang };
      return { type: xlsxType, bytes: templateWorkbook(asked), fileName: templateFileName(asked) };
    },
  }),
];
