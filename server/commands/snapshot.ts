import { Option } from 'commander';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import {
  snapshotFormats,
  snapshotPapers,
  snapshotScales,
  snapshotThemes,
  type SnapshotPaper,
  type SnapshotScale,
  type SnapshotTheme,
  type Variant,
} from '../../shared/snapshot-formats.ts';
import { viewIds, type ViewId } from '../../shared/views.ts';
import { Refusal } from '../errors.ts';
import { addressOf } from '../main.ts';
import { createSnapshot } from '../queries/snapshot-create.ts';
import { snapshotFile } from '../queries/snapshot-files.ts';
import { rendererHere } from '../snapshot/render-thread.ts';
import { variantOf, type Chosen } from '../snapshot/variant.ts';
import { Misuse, fileRefusal, withDatabase, type Register } from './command.ts';
import { askable, paramsOf, type QuestionOptions } from './question.ts';

const endings = snapshotFormats.map((f) => `.${f}`).join(', ');

/** @throws Misuse where the file's ending is that of no format, or the format has no such choice */
function asked(out: string, chosen: Chosen): Variant {
  const ending = extname(out).slice(1).toLowerCase();
  if (!(snapshotFormats as readonly string[]).includes(ending))
    throw new Misuse(`--out ${out}: the file must end in ${endings}`);
  try {
    return variantOf(ending, chosen);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Misuse(error.errors.map((f) => `--${f.path}: ${f.message}`).join('; '));
  }
}

type SnapshotOptions = QuestionOptions & {
  view: ViewId;
  out: string;
  title?: string;
  note?: string;
  lang?: 'zh' | 'en';
  theme?: SnapshotTheme;
  scale?: SnapshotScale;
  paper?: SnapshotPaper;
  json?: true;
};

/** `snapshot`: seals a chart as the page would, and writes it to a file. */
export const registerSnapshot: Register = (program, shell) => {
  askable(program.command('snapshot').description('seals a chart and writes it to a file'))
    .addOption(new Option('--view <view>', 'the chart').choices([...viewIds]).makeOptionMandatory())
    .requiredOption('--out <file>', `a file ending in ${endings}`)
    .option('--title <text>', 'instead of the chart’s own')
    .option('--note <text>', 'stands under the chart')
    .addOption(new Option('--lang <lang>', 'language of the chart').choices(['zh', 'en']))
    .addOption(
      new Option('--theme <theme>', 'of svg, png and pdf; print is black and white').choices([
        ...snapshotThemes,
      ]),
    )
    .addOption(new Option('--scale <times>', 'of png').choices(snapshotScales.map(String)))
    .addOption(new Option('--paper <paper>', 'of pdf; wide is 16:9').choices([...snapshotPapers]))
    .option('--json', 'for machines')
    .action(async (given: SnapshotOptions) => {
      const { view, out, title, note, lang, json, theme, scale, paper, ...question } = given;
      const variant = asked(out, {
        ...(theme && { theme }),
        ...(scale && { scale: Number(scale) as SnapshotScale }),
        ...(paper && { paper }),
      });
      const by = { now: shell.now, who: { name: 'cli', role: 'admin' }, renderer: rendererHere } as const;
      const { meta, file } = await withDatabase(shell, async ({ db }, env) => {
        // Where any free port is taken, none can be told before the server runs.
        const publicUrl = env.PUBLIC_URL ?? addressOf(env.HOST, env.PORT || 8080);
        const made = await createSnapshot(
          db,
          { view, query: paramsOf(question), title, note, lang },
          { ...by, publicUrl },
        );
        return { meta: made, file: await snapshotFile(db, made.id, variant, by) };
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
