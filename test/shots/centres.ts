import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The centres that are photographed, each made by the product's own commands and served by it. */

export const dataSets = ['empty', 'small', 'demo', 'large'] as const;
export type DataSet = (typeof dataSets)[number];

export type Served = { readonly address: string; readonly link: string; stop(): Promise<void> };

const built = new URL('out/.built/', import.meta.url).pathname;
const folderOf = (set: DataSet): string => join(tmpdir(), 'hangbiao-shots', set);

const environment = (set: DataSet): NodeJS.ProcessEnv => ({
  ...process.env,
  DATA_DIR: join(folderOf(set), 'data'),
  DATABASE_URL: '',
  HOST: '127.0.0.1',
  PORT: '0',
  DEMO: '0',
  LOG_LEVEL: 'error',
});

const start = (set: DataSet, words: readonly string[]) =>
  spawn(process.execPath, [join(built, 'dist', 'server', 'cli.js'), ...words], {
    cwd: built,
    env: environment(set),
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Runs one command of the product to its end. Rejects with what it said where it fails. */
function command(set: DataSet, ...words: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = start(set, words);
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes: Buffer) => (said = `${said}${bytes.toString()}`.slice(-2000)));
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${set}: hangbiao ${words.join(' ')}: ${said}`)),
    );
  });
}

/** One branch, and the first rows that somebody would try the product with. */
const small: Record<string, string> = {
  'units.csv':
    'code,name,parent,level,opened_on,closed_on,merged_into\nJH,江海引航中心,,centre,2019-01-01,,\nDG,东港引航站党支部,JH,branch,2019-01-01,,\n',
  '东港站2026年三会一课.csv':
    '日期,类型,主题,应到,实到\n2026-01-14,主题党日,学习年度工作部署,12,11\n2026-02-11,党员大会,组织生活会,12,12\n2026-03-18,党课,安全引航专题,12,9\n',
  '东港站2026年走访.csv': '时间,类型,走访对象,参加人数,困难诉求,办结\n2026-02-03,走访慰问,退休引航员,2,1,1\n',
};

async function make(set: DataSet): Promise<void> {
  const folder = folderOf(set);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'data'), { recursive: true });
  if (set === 'empty') return;
  const ledgers = join(folder, 'ledgers');
  if (set === 'small') {
    mkdirSync(ledgers);
    for (const [name, text] of Object.entries(small)) writeFileSync(join(ledgers, name), text);
  } else if (set === 'demo') await command(set, 'demo', '--out', ledgers);
  else await command(set, 'demo', '--out', ledgers, '--branches', '200', '--years', '3');
  await command(set, 'units', 'import', join(ledgers, 'units.csv'));
  await command(set, 'import', ledgers);
}

/** Serves a data set on a port of its own; `again` takes the one that the last run made. */
export async function open(set: DataSet, again: boolean): Promise<Served> {
  if (!again || !existsSync(join(folderOf(set), 'data', 'hangbiao.db'))) await make(set);
  const child = start(set, ['serve']);
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  const link = await new Promise<string>((resolve, reject) => {
    let said = '';
    const read = (line: string): void => {
      said += `${line}\n`;
      const found = /http:\S+\/sign-in\/\S+/.exec(line);
      if (found) resolve(found[0]);
    };
    for (const stream of [child.stdout, child.stderr]) createInterface(stream).on('line', read);
    void ended.then(() => reject(new Error(`${set}: the server ended: ${said}`)));
  });
  return { address: new URL(link).origin, link, stop };
}
