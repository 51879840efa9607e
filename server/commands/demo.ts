import { resolve } from 'node:path';
import { writeDemo } from '../../db/demo/demo.ts';
import { fileRefusal, wholeNumber, type Register } from './command.ts';

/** `demo`: ledgers of an invented centre, to be looked at or imported. */
export const registerDemo: Register = (program, shell) => {
  program
    .command('demo')
    .description('writes demonstration ledgers of any size; the same numbers give the same files')
    .requiredOption('--out <folder>', 'where to')
    .option('--branches <n>', 'reporting branches', wholeNumber(1, 5000), 20)
    .option('--years <n>', 'years, ending in 2026', wholeNumber(1, 30), 7)
    .option('--seed <n>', 'another number, another centre', wholeNumber(0, 2_147_483_647), 1)
    .option('--json', 'for machines')
    .action(
      ({
        out,
        branches,
        years,
        seed,
        json,
      }: {
        out: string;
        branches: number;
        years: number;
        seed: number;
        json?: true;
      }) => {
        const folder = resolve(shell.from, out);
        try {
          const files = writeDemo(folder, { branches, years, seed });
          shell.out(
            json
              ? JSON.stringify({ folder, files })
              : `${files.length} files in ${folder}; units.csv first: units import, then import`,
          );
        } catch (error) {
          throw error instanceof Error && 'code' in error ? fileRefusal(out, error) : error;
        }
      },
    );
};
