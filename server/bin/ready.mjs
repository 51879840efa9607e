// Makes a checkout ready to run: packages as the lock file says, pages and server built from the
// files as they are. Node's own modules alone: it runs before anything is installed.
import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const at = (...parts) => join(root, ...parts);
const LEAST_NODE = [20, 19];
const SOURCES = [
  'client',
  'server',
  'shared',
  'db',
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];

const say = (line) => process.stderr.write(`${line}\n`);
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** A failure that has been named in one line. */
class Stop extends Error {}

/** Is every package there in the version of the lock file, and no other? Optional ones are for other machines. */
function installed() {
  const hidden = at('node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = readJson(at('package-lock.json')).packages;
  const found = readJson(hidden).packages;
  for (const [path, { version, integrity, optional, link }] of Object.entries(wanted)) {
    if (path === '' || link) continue;
    const has = found[path];
    if (!has && optional) continue;
    if (!has || has.version !== version || (integrity && has.integrity && has.integrity !== integrity))
      return false;
  }
  return Object.keys(found).every((path) => path in wanted);
}

/** One hash over what the build is made from. */
function sourceHash() {
  const hash = createHash('sha256');
  const take = (path) => {
    if (!existsSync(at(path))) return;
    if (statSync(at(path)).isDirectory())
      for (const name of readdirSync(at(path)).sort()) take(`${path}/${name}`);
    else
      hash
        .update(path)
        .update('\0')
        .update(readFileSync(at(path)))
        .update('\0');
  };
  SOURCES.forEach(take);
  return hash.digest('hex');
}

function built(hash) {
  const stamp = at('dist', '.stamp');
  return (
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === hash &&
    existsSync(at('dist/server/cli.js')) &&
    existsSync(at('dist/client/index.html')) &&
    existsSync(at('dist/pages/server.js'))
  );
}

/** Runs a program with its output on standard error. */
function execute(command, args, failure, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
    child.on('error', (error) => reject(new Stop(`${failure}: ${error.message}`)));
    child.on('exit', (code, signal) =>
      code === 0 ? resolve() : reject(new Stop(`${failure} (${signal ?? `exit ${code}`})`)),
    );
  });
}

async function install() {
  say('安装依赖 · installing packages (npm ci) …');
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath;
  const failure = 'npm ci failed: its own message stands above';
  if (npm?.endsWith('.js')) await execute(process.execPath, [npm, ...args], failure);
  else await execute('npm', args, failure, { shell: process.platform === 'win32' });
}

/** What is built, each into its folder of dist/ (vite.config.ts). */
const sides = [
  { side: 'client', how: [], what: 'the pages' },
  { side: 'pages', how: ['--ssr', 'server.ts', '--mode', 'pages'], what: 'the pages that the server draws' },
  { side: 'server', how: ['--ssr'], what: 'the server' },
];

/** Builds beside the old one and takes its place at the end: what runs keeps its files until then. */
async function build(hash) {
  say('构建 · building …');
  const next = at('dist', `.next-${process.pid}`);
  const vite = at('node_modules/vite/bin/vite.js');
  const quiet = ['--logLevel', 'warn', '--emptyOutDir'];
  const env = { ...process.env, NODE_ENV: 'production' };
  try {
    for (const { side, how, what } of sides)
      await execute(
        process.execPath,
        [vite, 'build', ...how, '--outDir', join(next, side), ...quiet],
        `the build of ${what} failed`,
        { env },
      );
    rmSync(at('dist', '.stamp'), { force: true });
    for (const { side } of sides) {
      const old = at('dist', `.old-${side}-${process.pid}`);
      if (existsSync(at('dist', side))) renameSync(at('dist', side), old);
      renameSync(join(next, side), at('dist', side));
      rmSync(old, { recursive: true, force: true });
    }
    writeFileSync(at('dist', '.stamp'), hash);
  } finally {
    rmSync(next, { recursive: true, force: true });
  }
}

const LOCK = at('dist', '.lock');
const BEAT_MS = 1_000;
/** A holder that has not touched the lock for so long is dead. */
const STALE_MS = 15_000;

function lockAge() {
  try {
    return Date.now() - statSync(LOCK).mtimeMs;
  } catch {
    return null;
  }
}

/** One at a time: of two starts the second waits, and then finds all done. */
async function alone(work) {
  mkdirSync(at('dist'), { recursive: true });
  const mine = randomUUID();
  for (let told = false; ;) {
    try {
      writeFileSync(LOCK, mine, { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const age = lockAge();
    if (age !== null && age > STALE_MS) rmSync(LOCK, { force: true });
    else {
      if (!told) say('等待另一次启动完成安装和构建 · waiting for another start to install and build …');
      told = true;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  const beat = setInterval(() => existsSync(LOCK) && utimesSync(LOCK, new Date(), new Date()), BEAT_MS);
  try {
    await work();
  } finally {
    clearInterval(beat);
    if (existsSync(LOCK) && readFileSync(LOCK, 'utf8') === mine) rmSync(LOCK, { force: true });
  }
}

/** Installs and builds what is missing or stale. `pages: false` leaves the build to a development server. */
export async function ready({ pages = true } = {}) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1]))
    throw new Stop(`Node ${process.versions.node} is too old: install Node ${LEAST_NODE.join('.')} or later`);
  const done = () => installed() && (!pages || built(sourceHash()));
  if (lockAge() === null && done()) return;
  await alone(async () => {
    if (!installed()) await install();
    const hash = sourceHash();
    if (pages && !built(hash)) await build(hash);
  });
}

/**
 * npm runs a script through a shell, and a signal to npm ends the shell alone: without this the
 * server would live on without a parent and keep its port.
 */
function endWithParent() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250).unref();
}

/** `ready()`, and one line and exit 1 where it fails. */
export async function readyOrExit(options) {
  endWithParent();
  try {
    await ready(options);
  } catch (error) {
    say(`hangbiao: ${error instanceof Stop ? error.message : (error?.stack ?? error)}`);
    process.exit(1);
  }
}

/** Turns this process into the built program: its signals and its exit code are the program's. */
export async function become(words) {
  // npm runs its scripts in the project's folder; file names are meant from where the user stands.
  const { npm_lifecycle_event: script, INIT_CWD } = process.env;
  process.env.HANGBIAO_FROM = (script === 'hangbiao' && INIT_CWD) || process.cwd();
  process.chdir(root);
  process.argv = [process.argv[0], at('dist/server/cli.js'), ...words];
  await import(new URL('../../dist/server/cli.js', import.meta.url).href);
}
