// npm test: everything that the tests need, then all of them. The last line of standard output says how they went.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { readyOrExit, root } from '../server/bin/ready.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PACKAGES = ['chromium', 'fonts-noto-cjk'];
const say = (line) => process.stderr.write(`${line}\n`);

const isProgram = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

function find(names) {
  const folders = ['/usr/bin', '/usr/local/bin', ...(process.env.PATH ?? '').split(delimiter)];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isProgram) ?? null;
}

function chromium() {
  const given = process.env.CHROMIUM;
  if (given) return isProgram(given) ? given : null;
  return find(NAMES);
}

/** Programs that read our files as others would, with the packages that they are in. */
const READERS = {
  soffice: ['libreoffice-core', 'libreoffice-impress', 'libreoffice-writer', 'libreoffice-calc'],
  pdftotext: ['poppler-utils'],
  pdffonts: ['poppler-utils'],
  pdfinfo: ['poppler-utils'],
  xmllint: ['libxml2-utils'],
};
const lackedReaders = () => {
  const lacked = Object.entries(READERS).filter(([name]) => find([name]) === null);
  return [...new Set(lacked.flatMap(([, packages]) => packages))];
};
const lacked = () => [...(chromium() ? [] : PACKAGES), ...lackedReaders()];

/** On Debian, as root, what is missing is installed; elsewhere the command that does it is named. */
function findPrograms() {
  const { CHROMIUM } = process.env;
  if (CHROMIUM && !chromium()) {
    say(`CHROMIUM="${CHROMIUM}": there is no such program`);
    return null;
  }
  if (lacked().length > 0 && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say(`安装测试所需的程序 · installing ${lacked().join(', ')} …`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const args of [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', ...lacked()],
    ])
      spawnSync('apt-get', args, { env, stdio: ['ignore', 2, 2] });
  }
  if (lacked().length === 0) return chromium();
  say(
    `The tests need programs that this machine lacks. Install them: sudo apt-get install -y ${lacked().join(' ')}`,
  );
  return null;
}

const lastLine = ({ passed = 0, failed = 0, skipped = 0 }) =>
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);

/** vitest's own report. A file that failed to load has no tests, but it is a failure. */
function counts(path) {
  if (!existsSync(path)) return { failed: 1 };
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((t) => t.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function vitest(words, executable, report) {
  const args = [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...words,
  ];
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CHROMIUM: executable },
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

// A start that fails stops here as well, with the line that users of the tests wait for.
process.once('exit', (code) => {
  if (!told) lastLine({ failed: code === 0 ? 0 : 1 });
});
let told = false;

await readyOrExit();
const executable = findPrograms();
if (!executable) process.exit(1);
const folder = mkdtempSync(join(tmpdir(), 'hangbiao-test-'));
try {
  const report = join(folder, 'report.json');
  const code = await vitest(process.argv.slice(2), executable, report);
  const result = counts(report);
  // An error outside of any test fails the run, though no test is to blame.
  if (code !== 0 && result.failed === 0) result.failed = 1;
  process.exitCode = code === 0 && result.failed > 0 ? 1 : code;
  told = true;
  lastLine(result);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
