import { Option } from 'commander';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { viewIds, type ViewId } from '../../shared/views.ts';
import { Refusal } from '../errors.ts';
import { createSnapshot, snapshotFile } from '../queries/snapshots.ts';
import { snapshotFormats } from '../routes.ts';
import { Misuse, fileRefusal, withDatabase, type Register } from './command.ts';
import { askable, paramsOf, type QuestionOptions } from './question.ts';

type Format = (typeof snapshotFormats)[number];
/** Promised, not made yet. */
const later = ['pdf', 'xlsx', 'pptx'];

function formatOf(out: string): Format {
  const ending = extname(out).slice(1).toLowerCase();
  const format = snapshotFormats.find((f) => f === ending);
  if (format) return format;
  const known = snapshotFormats.map((f) => `.${f}`).join(', ');
  if (later.includes(ending))
    throw new Refusal(422, `--out ${out}: .${ending} is not made yet; there are ${known}`);
  throw new Misuse(`--out ${out}: the file must end in ${known}`);
}

type SnapshotOptions = QuestionOptions & {
  view: ViewId;
  out: string;
  title?: string;
  note?: string;
  lang?: 'zh' | 'en';
  json?: true;
};

/** `snapshot`: seals a chart as the page would, and writes it to a file. */
export const registerSnapshot: Register = (program, shell) => {
  askable(program.command('snapshot').description('seals a chart and writes it to a file'))
    .addOption(new Option('--view <view>', 'the chart').choices([...viewIds]).makeOptionMandatory())
    .requiredOption('--out <file>', `a file ending in ${snapshotFormats.map((f) => `.${f}`).join(', ')}`)
    .option('--title <text>', 'instead of the chart’s own')
    .option('--note <text>', 'stands under the chart')
    .addOption(new Option('--lang <lang>', 'language of the chart').choices(['zh', 'en']))
    .option('--json', 'for machines')
    .action(async ({ view, out, title, note, lang, json, ...given }: SnapshotOptions) => {
      const format = formatOf(out);
      const { meta, file } = await withDatabase(shell, async ({ db }) => {
        const made = await createSnapshot(
          db,
          { view, query: paramsOf(given), title, note, lang },
          { now: shell.now, maker: 'cli' },
        );
        return { meta: made, file: await snapshotFile(db, made.id, format) };
      });
      const path = resolve(shell.from, out);
      try {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, file.bytes);
      } catch (error) {
        throw fileRefusal(out, error);
      }
      shell.out(
        json ? JSON.stringify({ ...meta, file: path }) : `${path}\nsnapshot ${meta.id}: ${meta.title}`,
      );
    });
};
