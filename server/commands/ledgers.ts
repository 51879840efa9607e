import { readdirSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import type { ImportReply } from '../../shared/imports.ts';
import type { Lang } from '../../shared/text.ts';
import { faultsOf } from '../problem.ts';
import { checkImport } from '../queries/import-check.ts';
import { commitImport, undoImport } from '../queries/imports.ts';
import { importUnits } from '../queries/units.ts';
import { coverageSchema } from '../import-params.ts';
import {
  Failed,
  Misuse,
  fileRefusal,
  readGiven,
  wholeNumber,
  withDatabase,
  type Register,
  type Shell,
} from './command.ts';
import { printable, textTable } from './table.ts';

type Given = { name: string; bytes: Buffer };

/** `units import FILE.csv`. */
export const registerUnits: Register = (program, shell) => {
  program
    .command('units')
    .description('the tree of units')
    .command('import')
    .description('adds or changes units: code,name,parent,level,opened_on,closed_on,merged_into')
    .argument('<file>', 'CSV')
    .option('--json', 'for machines')
    .action(async (file: string, { json }: { json?: true }) => {
      const bytes = readGiven(shell, file);
      const done = await withDatabase(shell, ({ db }) => importUnits(db, bytes, basename(file)));
      shell.out(
        json ? JSON.stringify(done) : `${done.units} units imported; data version ${done.dataVersion}`,
      );
    });
};

/** `undo ID`: takes an import back, whole. */
export const registerUndo: Register = (program, shell) => {
  program
    .command('undo')
    .description('takes an import back, whole')
    .argument('<import-id>', 'its number', wholeNumber(1, 999_999_999))
    .option('--json', 'for machines')
    .action(async (id: number, { json }: { json?: true }) => {
      const done = await withDatabase(shell, ({ db }) => undoImport(db, id));
      shell.out(
        json
          ? JSON.stringify(done)
          : `import ${done.id} ${done.status}: ${done.records} records taken back; data version ${done.dataVersion}`,
      );
    });
};

type ImportOptions = { unit?: string; year?: string; from?: string; to?: string; dryRun?: true; json?: true };

/** `import FILE…`: checks, shows what was found, commits what is good. */
export const registerImport: Register = (program, shell) => {
  program
    .command('import')
    .description('checks and commits ledgers (.xlsx, .xls, .csv, .txt, or .zip of them), or folders of them')
    .argument('<file...>', 'ledgers or folders')
    .option('--unit <code>', 'the unit, where the ledger does not name it')
    .option('--year <year>', 'the year, where the ledger does not name it')
    .option('--from <month>', 'first month covered, YYYY-MM')
    .option('--to <month>', 'last month covered, YYYY-MM')
    .option('--dry-run', 'checks only')
    .option('--json', 'for machines')
    .action(async (names: string[], { dryRun, json, ...rest }: ImportOptions) => {
      const coverage = coverageSchema.safeParse(rest);
      if (!coverage.success)
        throw new Misuse(
          faultsOf(coverage.error)
            .map((f) => `--${f.path} ${f.message}`)
            .join('; '),
        );
      const files = names.flatMap((name) => given(shell, name));
      if (files.length === 0) throw new Misuse('there is no ledger in the folder');
      const reply = await withDatabase(shell, async ({ db }) => {
        const checked = await checkImport(db, { files, ...coverage.data }, { now: shell.now, actor: 'cli' });
        if (!dryRun && !isRefused(checked)) return { ...checked, ...(await commitImport(db, checked.id)) };
        // What is not committed is not left lying as if somebody still had to decide.
        await undoImport(db, checked.id);
        return checked;
      });
      shell.out(json ? JSON.stringify(reply) : importText(reply, shell.lang));
      if (isRefused(reply)) throw new Failed();
    });
};

/** Nothing could be taken: no sheet was recognised, or every row of all was rejected. */
const isRefused = ({ sheets }: ImportReply): boolean =>
  sheets.every((s) => s.ledger === null || (s.accepted === 0 && s.rejected > 0 && s.duplicates === 0));

const LEDGER = /\.(xlsx|xlsm|xlsb|xls|csv|txt|tsv|zip)$/i;

/** A file by its name; a folder as the ledgers in it, named from the folder on. */
function given(shell: Shell, name: string): Given[] {
  const path = resolve(shell.from, name);
  try {
    if (!statSync(path).isDirectory()) return [{ name: basename(path), bytes: readGiven(shell, name) }];
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(
      (f) => LEDGER.test(f) && !/^[.~]/.test(basename(f)),
    );
    const ledgers = names.filter((f) => f.toLowerCase() !== 'units.csv').sort();
    if (ledgers.length < names.length)
      shell.err(`${name}: units.csv is no ledger and was left out; take it with: units import`);
    return ledgers.map((f) => ({
      name: relative('.', f).split(sep).join('/'),
      bytes: readGiven(shell, join(path, f)),
    }));
  } catch (error) {
    throw error instanceof Error && 'code' in error ? fileRefusal(name, error) : error;
  }
}

/** The sheets, each problem beside its cell, and what became of it all. */
function importText(reply: ImportReply, lang: Lang): string {
  const sheets = textTable(reply.sheets, [
    { head: 'file', of: (s) => s.file },
    { head: 'sheet', of: (s) => s.sheet },
    { head: 'ledger', of: (s) => s.ledger ?? '?' },
    { head: 'unit', of: (s) => s.unit },
    { head: 'covers', of: (s) => (s.from === null ? '' : `${s.from} – ${s.to}`) },
    { head: 'rows', of: (s) => s.rows, right: true },
    { head: 'accepted', of: (s) => s.accepted, right: true },
    { head: 'rejected', of: (s) => s.rejected, right: true },
    { head: 'unknown', of: (s) => s.unknown, right: true },
    { head: 'duplicates', of: (s) => s.duplicates, right: true },
  ]);
  const problems = reply.problems.map((p) => {
    const place = [p.file, p.sheet, p.cell].filter((part) => part !== null && part !== '').join('!');
    return printable(`${p.severity}: ${place}: ${p.message[lang]} (${p.code})`);
  });
  const end =
    reply.status === 'committed'
      ? `import ${reply.id} committed: ${reply.records} records; data version ${reply.dataVersion}; take it back with: undo ${reply.id}`
      : isRefused(reply)
        ? 'nothing could be taken; nothing was stored'
        : `checked only: ${reply.sheets.reduce((n, s) => n + s.accepted, 0)} rows could be taken; nothing was stored`;
  return [sheets, ...problems, end].join('\n');
}
