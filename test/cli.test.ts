import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../db/connect.ts';
import type { Shell } from '../server/commands/command.ts';
import { csvTable, textTable, width } from '../server/commands/table.ts';
import { run } from '../server/program.ts';
import { answerSchema } from '../shared/api.ts';
import { importReply } from '../shared/imports.ts';
import { today, unitsCsv, visitsCsv } from './served.ts';

type Ran = { code: number; out: string; err: string };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hangbiao-cli-'));
  await writeFile(join(folder, 'units.csv'), unitsCsv);
  await writeFile(join(folder, '东港站走访台账2025年度.csv'), visitsCsv);
  await writeFile(join(folder, 'notes.csv'), 'hello\nworld');
});
afterAll(() => rm(folder, { recursive: true }));

let used = 0;
/** A command line over a database of its own. */
function centre(env: Record<string, string> = {}) {
  const DATA_DIR = join(folder, `data${++used}`);
  return async (...words: string[]): Promise<Ran> => {
    const said = { out: '', err: '' };
    const shell: Shell = {
      env: { DATA_DIR, ...env },
      from: folder,
      lang: 'en',
      now: () => today,
      version: 'test',
      clientDir: folder,
      out: (text) => void (said.out += `${text}\n`),
      err: (text) => void (said.err += `${text}\n`),
    };
    return { code: await run(words, shell), ...said };
  };
}
const oneLine = /^[^\n]+\n$/;

describe('misuse is 2, refusal is 1, each in one line', () => {
  test.each<[string, number, RegExp]>([
    ['', 2, /--help/],
    ['fly', 2, /unknown command/],
    ['query --colour red', 2, /unknown option/],
    ['query', 2, /--kpi: is missing/],
    ['query --kpi visits --years abc', 2, /--years/],
    ['query --kpi visits --grain week', 2, /grain/],
    ['token create', 2, /--role/],
    ['token create --role king', 2, /admin, leader/],
    ['token create --role branch', 1, /users/],
    ['undo abc', 2, /whole number/],
    ['undo 77', 1, /no import 77/],
    ['units import', 2, /file/],
    ['units import missing.csv', 1, /missing\.csv: there is no such file/],
    ['import missing.xlsx', 1, /missing\.xlsx: there is no such file/],
    ['import notes.csv --from 2025-13', 2, /--from/],
    ['import notes.csv --unit Z', 1, /unit/],
    ['query --kpi joy --years 2025', 1, /joy/],
    ['demo', 2, /--out/],
    ['demo --out x --branches 0', 2, /whole number/],
    ['snapshot --view pie --out a.svg', 2, /pie/],
    ['snapshot --view yoy --out a.gif', 2, /\.svg/],
    ['snapshot --view yoy --out a.svg --scale 4', 2, /--scale/],
    ['snapshot --view yoy --out a.png --theme sepia', 2, /sepia/],
    ['briefing make x --out a.svg', 2, /\.pptx/],
    ['briefing make x --out a.pdf', 1, /no briefing/],
    ['check extra', 2, /too many arguments/],
  ])('hangbiao %s → %i', async (line, code, says) => {
    const ran = await centre()(...line.split(' ').filter(Boolean));
    expect([ran.code, ran.out]).toEqual([code, '']);
    expect(ran.err).toMatch(says);
    expect(ran.err).toMatch(oneLine);
  });

  test('a wrong setting and a database that is not there are refused', async () => {
    expect(await centre({ PORT: 'abc' })('check')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^hangbiao: PORT="abc": must be [^\n]+\n$/),
    });
    const ran = await centre({ DATABASE_URL: 'postgres://me:s3cret@127.0.0.1:1/d' })('check');
    expect([ran.code, ran.err]).toEqual([1, expect.stringMatching(oneLine)]);
    expect(ran.err).not.toContain('s3cret');
  });

  test('with --json the error is a problem', async () => {
    const ran = await centre()('query', '--kpi', 'joy', '--years', '2025', '--json');
    expect(JSON.parse(ran.err)).toMatchObject({ status: 422, errors: [{ path: 'kpi' }, { path: 'unit' }] });
  });

  test.each([
    '',
    'serve',
    'units import',
    'import',
    'undo',
    'query',
    'snapshot',
    'review',
    'briefing make',
    'token create',
    'link',
    'check',
    'demo',
  ])('%s --help is 0', async (command) => {
    const ran = await centre()(...command.split(' ').filter(Boolean), '--help');
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toMatch(/^Usage: hangbiao/);
  });
});

describe('a ledger on the command line', () => {
  test('is checked, committed, asked for, counted and taken back', async () => {
    const hangbiao = centre();
    expect(JSON.parse((await hangbiao('units', 'import', 'units.csv', '--json')).out)).toEqual({
      units: 3,
      dataVersion: 1,
    });
    const ledger = '东港站走访台账2025年度.csv';

    const dry = await hangbiao('import', ledger, '--unit', 'A', '--dry-run', '--json');
    expect(importReply.parse(JSON.parse(dry.out))).toMatchObject({ status: 'checked', records: null });
    expect(dry.code).toBe(0);

    const done = await hangbiao('import', ledger, '--unit', 'A', '--json');
    const reply = importReply.parse(JSON.parse(done.out));
    expect(reply).toMatchObject({ status: 'committed', records: 2, dataVersion: 2 });

    const again = await hangbiao('import', ledger, '--unit', 'A', '--json');
    expect([again.code, JSON.parse(again.out).records]).toEqual([0, 0]);

    const json = await hangbiao('query', '--kpi', 'visits', '--unit', 'A', '--years', '2025', '--json');
    expect(answerSchema.parse(JSON.parse(json.out)).cells.map((c) => c.value)).toEqual([2]);
    const csv = (
      await hangbiao('query', '--kpi', 'visits', '--unit', 'A', '--years', '2025', '--csv')
    ).out.split('\r\n');
    expect(csv[0]).toBe(
      'kpi,unit,unit_name,period,value,numerator,denominator,records,unknown,covered,due,status',
    );
    expect(csv[1]).toMatch(/^visits,A,东港引航站党支部,2025,2,2,/);
    expect((await hangbiao('query', '--kpi', 'visits', '--unit', 'A', '--years', '2025')).out).toMatch(
      /东港引航站党支部 +2025 +2 /,
    );

    expect(JSON.parse((await hangbiao('check', '--json')).out)).toMatchObject({ ok: true });
    expect((await hangbiao('undo', String(reply.id))).out).toMatch(/undone: 2 records/);
    expect((await hangbiao('undo', String(reply.id))).code).toBe(1);
  });

  test('is sealed as a chart, and written in every format and choice', async () => {
    const DATA_DIR = join(folder, 'charts');
    const hangbiao = centre({ DATA_DIR, PUBLIC_URL: 'https://hangbiao.example.cn/' });
    await hangbiao('units', 'import', 'units.csv');
    await hangbiao('import', '东港站走访台账2025年度.csv', '--unit', 'A');
    for (const [file, begin, ...choices] of [
      ['a.svg', '<svg', '--theme', 'print'],
      ['a.png', '\u0089PNG', '--theme', 'dark', '--scale', '1'],
      ['a.pdf', '%PDF', '--paper', 'wide'],
      ['a.csv', '\u00ef\u00bb\u00bf'],
      ['a.json', '{"answers"'],
    ] as const) {
      const ran = await hangbiao(
        'snapshot',
        '--view',
        'yoy',
        '--kpi',
        'visits',
        '--out',
        `out/${file}`,
        ...choices,
        '--json',
      );
      expect([ran.code, ran.err]).toEqual([0, '']);
      const made = JSON.parse(ran.out) as { file: string; link: string; id: string };
      expect(made.link).toBe(`https://hangbiao.example.cn/s/${made.id}`);
      expect((await readFile(made.file, 'latin1')).startsWith(begin), file).toBe(true);
    }
  });

  test('a seal that somebody altered is found', async () => {
    const DATA_DIR = join(folder, 'altered');
    const hangbiao = centre({ DATA_DIR });
    await hangbiao('units', 'import', 'units.csv');
    await hangbiao('import', '东港站走访台账2025年度.csv', '--unit', 'A');
    const ran = await hangbiao('snapshot', '--view', 'yoy', '--kpi', 'visits', '--out', 'a.svg', '--json');
    const { id } = JSON.parse(ran.out) as { id: string };
    const seals = async (): Promise<unknown> =>
      (
        JSON.parse((await hangbiao('check', '--json')).out) as { checks: { check: string; ok: boolean }[] }
      ).checks.find((c) => c.check === 'snapshots');
    expect(await seals()).toEqual({
      check: 'snapshots',
      ok: true,
      detail: '1 seals and 1 files, as first made',
    });
    const { db } = await connect(`sqlite:${join(DATA_DIR, 'hangbiao.db')}`);
    await db
      .updateTable('snapshot')
      .set({ sealed: sql`replace(sealed, '"demo":false', '"demo":true')` })
      .execute();
    await db.destroy();
    expect(await seals()).toEqual({
      check: 'snapshots',
      ok: false,
      detail: `the seal of ${id} is broken`,
    });
  });

  test('that is none leaves nothing to be decided behind', async () => {
    const hangbiao = centre();
    await hangbiao('units', 'import', 'units.csv');
    const ran = await hangbiao('import', 'notes.csv', '--json');
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.out)).toMatchObject({ status: 'checked', problems: [expect.anything()] });
    expect((await hangbiao('undo', String(JSON.parse(ran.out).id))).err).toMatch(/dropped already/);
  });

  test('and its neighbours are taken from their folder, the list of units apart', async () => {
    const hangbiao = centre();
    await hangbiao('units', 'import', 'units.csv');
    const station = join(folder, 'station');
    await mkdir(join(station, '2025'), { recursive: true });
    await writeFile(join(station, 'units.csv'), unitsCsv);
    await writeFile(join(station, '2025', '走访台账.csv'), visitsCsv);
    const ran = await hangbiao('import', 'station', '--unit', 'B', '--json');
    expect(ran.err).toMatch(/units\.csv is no ledger/);
    expect(JSON.parse(ran.out)).toMatchObject({ records: 2, files: [{ name: '2025/走访台账.csv' }] });
  });

  test('a fault in the counts is found', async () => {
    const DATA_DIR = join(folder, 'faulty');
    const hangbiao = centre({ DATA_DIR });
    await hangbiao('units', 'import', 'units.csv');
    await hangbiao('import', '东港站走访台账2025年度.csv', '--unit', 'A');
    const { connect } = await import('../db/connect.ts');
    const { db } = await connect(`sqlite:${DATA_DIR}/hangbiao.db`);
    await db.deleteFrom('visit').where('date', '=', '2025-03-05').execute();
    await db.destroy();
    const ran = await hangbiao('check');
    expect([ran.code, ran.err]).toEqual([1, '']);
    expect(ran.out).toMatch(/FAULT {2}records of imports: import 1 \(committed\) has 1 of 2/);
  });

  test('demonstration ledgers are the same twice', async () => {
    const hangbiao = centre();
    for (const out of ['one', 'two'])
      expect(
        (await hangbiao('demo', '--out', out, '--branches', '2', '--years', '1', '--seed', '7')).code,
      ).toBe(0);
    expect(await readFile(join(folder, 'one', 'units.csv'))).toEqual(
      await readFile(join(folder, 'two', 'units.csv')),
    );
  });
});

describe('tables', () => {
  test('stand in columns though Chinese is twice as wide', () => {
    const table = textTable(
      [
        { a: '走访', n: 5 },
        { a: 'x\u001b[31m\n', n: 12 },
      ],
      [
        { head: 'name', of: (r) => r.a },
        { head: 'n', of: (r) => r.n, right: true },
      ],
    );
    expect(table).toBe('name      n\n-------  --\n走访      5\nx [31m   12');
    expect(width('走访a')).toBe(5);
  });

  test('are no formulas in a spreadsheet', () => {
    const csv = csvTable(
      [{ t: '=1+1' }, { t: '＋x' }, { t: 'a,"b"\n' }, { t: '-' }],
      [
        { head: 't', of: (r) => r.t },
        { head: 'n', of: () => -3 },
      ],
    );
    expect(csv).toBe(`t,n\r\n'=1+1,-3\r\n'＋x,-3\r\n"a,""b""\n",-3\r\n'-,-3\r\n`);
  });
});

describe('the process', () => {
  const cli = fileURLToPath(new URL('../server/cli.ts', import.meta.url));
  const start = (words: string[], env: Record<string, string>) =>
    spawn(process.execPath, ['--import', 'tsx', cli, ...words], {
      env: { ...process.env, HOST: '', DATABASE_URL: '', LOG_LEVEL: 'silent', ...env },
    });

  test('serves on a free port, says where, and ends in order at a signal', async () => {
    const child = start(['serve'], { PORT: '0', DEMO: '0', DATA_DIR: join(folder, 'served') });
    let out = '';
    const link = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk) => {
        out += String(chunk);
        const found = /http:\/\/127\.0\.0\.1:\d+\/sign-in\/\S+/.exec(out);
        if (found) resolve(found[0]);
      });
      child.on('exit', (code) => reject(new Error(`ended with ${code}`)));
    });
    const port = new URL(link).port;
    const taken = start(['serve'], { PORT: port, DEMO: '0', DATA_DIR: join(folder, 'served') });
    let said = '';
    taken.stderr.on('data', (chunk) => (said += String(chunk)));
    const code = await new Promise((resolve) => taken.on('exit', resolve));
    expect([code, said]).toEqual([
      1,
      expect.stringMatching(new RegExp(`^hangbiao: PORT="${port}": port ${port} is in use[^\\n]*\\n$`)),
    ]);

    expect((await fetch(link, { redirect: 'manual' })).status).toBe(303);
    child.kill('SIGTERM');
    expect(
      await new Promise((resolve) =>
        child.removeAllListeners('exit').on('exit', (c, signal) => resolve(c ?? signal)),
      ),
    ).toBe(0);
  });
});
