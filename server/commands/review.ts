import { Option } from 'commander';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { FIRST_YEAR, LAST_YEAR, isDate } from '../../shared/period.ts';
import type { Lang } from '../../shared/text.ts';
import { paperOf } from '../review/paper-of.ts';
import { reviewOf } from '../review/report.ts';
import { Misuse, fileRefusal, wholeNumber, withDatabase, type Register } from './command.ts';

type ReviewOptions = {
  unit: string;
  year?: number;
  asOf?: string;
  lang: Lang;
  url?: string;
  out: string;
  json?: true;
};

/** `review`: what a unit's year-end review is written from, as a Word document. */
export const registerReview: Register = (program, shell) => {
  program
    .command('review')
    .description('writes the material for a unit’s year-end review (述职材料)')
    .requiredOption('--unit <code>', 'whose')
    .option('--year <year>', 'absent: that of the as-of day', wholeNumber(FIRST_YEAR + 1, LAST_YEAR))
    .option('--as-of <date>', 'what is later is not counted; absent: the last day that any ledger covers')
    .addOption(new Option('--lang <lang>', 'language of the document').choices(['zh', 'en']).default('zh'))
    .option('--url <address>', 'where the pages are; absent: addresses of records without a host')
    .requiredOption('--out <file>', 'a file ending in .docx')
    .option('--json', 'for machines')
    .action(async ({ unit, year, asOf, lang, url, out, json }: ReviewOptions) => {
      if (extname(out).toLowerCase() !== '.docx')
        throw new Misuse(`--out ${out}: the file must end in .docx`);
      if (asOf !== undefined && !isDate(asOf)) throw new Misuse(`"${asOf}" is not a date (YYYY-MM-DD).`);
      if (url !== undefined && !/^https?:\/\//.test(url))
        throw new Misuse(`--url ${url}: an address begins with http:// or https://`);
      const made = { by: 'cli', at: shell.now(), origin: url ?? '' };
      const review = await withDatabase(shell, ({ db }) => reviewOf(db, { unit, year, asOf }, made));
      const paper = paperOf(review, lang);
      // Brought where it is needed: the other commands, and the server, start without the library.
      const { docxOf } = await import('../review/docx.ts');
      const path = resolve(shell.from, out);
      try {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, await docxOf(paper));
      } catch (error) {
        throw fileRefusal(out, error);
      }
      const { title, notes } = paper;
      const told = { unit, year: review.year, asOf: review.asOf, dataVersion: review.dataVersion };
      shell.out(
        json
          ? JSON.stringify({ ...told, title, figures: notes.length, file: path })
          : `${path}\n${title}: ${notes.length} figures, as of ${review.asOf}, data version ${review.dataVersion}`,
      );
    });
};
