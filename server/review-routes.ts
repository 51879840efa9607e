import { z } from 'zod';
import { FIRST_YEAR, LAST_YEAR } from '../shared/period.ts';
import { code, date } from '../shared/query.ts';
import { langs } from '../shared/text.ts';
import type { FileReply } from './http-file.ts';
import { route, type Route } from './http.ts';
import { readerHere } from './reader/reader.ts';
import { docxType } from './review/docx-type.ts';

const unit = z.object({ code });
// The year before it is asked for, too.
const year = z
  .string()
  .regex(/^\d{4}$/, 'is not a year (YYYY)')
  .transform(Number)
  .refine((y) => y > FIRST_YEAR && y <= LAST_YEAR, `lies outside ${FIRST_YEAR + 1} to ${LAST_YEAR}`);
export const reviewQuestion = z.strictObject({
  /** Absent: the year of the day. */
  year: year.optional(),
  /** A day after the year is taken for the year's last. Absent: the last day that any ledger covers. */
  asOf: date.optional(),
  lang: z.enum(langs).default('zh'),
});

/** What a branch's year-end review is written from, as a document. */
export const reviews: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/units/:code/review.docx',
    access: 'read',
    params: unit,
    query: reviewQuestion,
    summary: { zh: '支部年度述职材料（Word）', en: 'Material for a unit’s year-end review (Word)' },
    handle: async ({ db, params, query, who, now, publicUrl, renderer, reader }): Promise<FileReply> => {
      const made = { by: who?.name ?? '', at: now(), origin: publicUrl };
      const { lang, ...asked } = query;
      const { review } = reader ?? readerHere(db);
      const { paper, fileName } = await review({ unit: params.code, ...asked }, made, lang);
      return { type: docxType, bytes: await renderer.makeReview(paper), fileName };
    },
  }),
];
