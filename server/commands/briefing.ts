import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { briefingFormats, type BriefingFormat } from '../../shared/briefing.ts';
import { addressOf } from '../main.ts';
import { remakeBriefing } from '../queries/briefing-again.ts';
import { briefingFile } from '../queries/briefing-files.ts';
import { sealBriefing } from '../queries/briefing-seal.ts';
import { removeBriefing } from '../queries/briefings.ts';
import { rendererHere } from '../snapshot/render-thread.ts';
import { Misuse, fileRefusal, withDatabase, type Register } from './command.ts';

const endings = briefingFormats.map((f) => `.${f}`).join(', ');

/** @throws Misuse where the file's ending is that of no format */
function formatOf(out: string): BriefingFormat {
  const ending = extname(out).slice(1).toLowerCase();
  const format = briefingFormats.find((f) => f === ending);
  if (format === undefined) throw new Misuse(`--out ${out}: the file must end in ${endings}`);
  return format;
}

/** `briefing make`: a sealed briefing again with today's figures, sealed and written to a file. */
export const registerBriefing: Register = (program, shell) => {
  program
    .command('briefing')
    .description('briefings')
    .command('make <id>')
    .description('makes a sealed briefing again with the figures of now, seals it and writes it to a file')
    .requiredOption('--out <file>', `a file ending in ${endings}`)
    .option('--json', 'for machines')
    .action(async (id: string, { out, json }: { out: string; json?: true }) => {
      const format = formatOf(out);
      const { sealed, file } = await withDatabase(shell, async ({ db }, env) => {
        // Where any free port is taken, none can be told before the server runs.
        const publicUrl = env.PUBLIC_URL ?? addressOf(env.HOST, env.PORT || 8080);
        const who = { name: 'cli', role: 'admin' } as const;
        const by = { now: shell.now, who, renderer: rendererHere, publicUrl };
        const draft = await remakeBriefing(db, { id }, by);
        const made = await sealBriefing(db, draft.id, by).catch(async (error: unknown) => {
          await removeBriefing(db, draft.id, who);
          throw error;
        });
        return { sealed: made, file: await briefingFile(db, { id: made.id, format }, by) };
      });
      const path = resolve(shell.from, out);
      try {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, file.bytes);
      } catch (error) {
        throw fileRefusal(out, error);
      }
      shell.out(
        json
          ? JSON.stringify({ ...sealed, file: path })
          : `${path}\nbriefing ${sealed.id}: ${sealed.title} (sha256 ${sealed.sha256 ?? ''})`,
      );
    });
};
