import { Option, type Command } from 'commander';
import { z } from 'zod';
import { fromParams, structures } from '../../shared/query.ts';
import { faultsOf } from '../problem.ts';
import { Misuse } from './command.ts';

/** The options of a question, as commander gives them: one for each parameter of `/api/query`. */
export type QuestionOptions = {
  kpi?: string;
  unit?: string;
  by?: string;
  years?: string;
  grain?: string;
  asOf?: string;
  toDate?: true;
  kind?: string;
  structure?: string;
  per?: string;
  knownOn?: string;
};

/** The same names for `query` and `snapshot`, so that one line can be made from the other. */
export const askable = (command: Command): Command =>
  command
    .option('--kpi <ids>', 'KPIs, separated by commas')
    .option('--unit <code>', 'the scope, with all under it; default: the whole centre')
    .addOption(new Option('--by <part>', 'answer for each part of the scope').choices(['unit', 'kind']))
    .option('--years <years>', 'years, separated by commas')
    .addOption(new Option('--grain <grain>', 'size of a period').choices(['year', 'quarter', 'month', 'day']))
    .option('--as-of <date>', 'what is later is not counted; YYYY-MM-DD')
    .option('--to-date', 'cuts every year at the same day')
    .option('--kind <codes>', 'kinds, separated by commas')
    .addOption(
      new Option('--structure <tree>', 'units as they stood then, or as they stand today').choices([
        ...structures,
      ]),
    )
    .addOption(new Option('--per <member>', 'counts over the mean headcount').choices(['member']))
    .option('--known-on <date>', 'as the data stood at the end of that day; YYYY-MM-DD');

const optionOf = (path: string): string =>
  `--${path.replace(/\.\d+$/, '').replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;

/** The parameters of the address that asks the same. */
export function paramsOf({
  kpi,
  unit,
  by,
  years,
  grain,
  asOf,
  toDate,
  kind,
  structure,
  per,
  knownOn,
}: QuestionOptions): Record<string, string> {
  const all = { kpi, unit, by, years, grain, asOf, toDate: toDate && '1', kind, structure, per, knownOn };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** @throws Misuse naming the option that does not parse */
export function parseOptions<T>(schema: z.ZodType<T>, options: QuestionOptions): T {
  const read = schema.safeParse(fromParams(paramsOf(options)));
  if (read.success) return read.data;
  throw new Misuse(
    faultsOf(read.error)
      .map((f) => `${optionOf(f.path)}: ${f.message}`)
      .join('; '),
  );
}
