import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../server/program.ts';
import type { ImportReply } from '../shared/imports.ts';
import type { Page } from 'playwright-core';
import { raise, type Stage } from './e2e/stage.ts';
import { engines } from './engines.ts';
import { form, served, today, type Served } from './served.ts';

// Each real ledger comes in alike by the command line, by HTTP and by the page, on a fresh database. What single
// oddities come to, test/ledger-cases tells.
const real = [
  'centre-summary',
  'meetings-serials-xls',
  'meetings-two-row-header',
  'rectification-closing',
  'visits-gb18030',
  'volunteering-withheld',
];
const folder = fileURLToPath(new URL('ledgers/', import.meta.url));
type Case = { path: string; file: string; accepted: number; errors: string[] };

async function cases(): Promise<Case[]> {
  return Promise.all(
    real.map(async (name) => {
      const path = join(folder, name);
      const expected = JSON.parse(await readFile(join(path, 'expected.json'), 'utf8')) as {
        file: string;
        accepted: number;
        problems: { cell?: string; code: string; severity: string }[];
      };
      const errors = expected.problems
        .filter((p) => p.severity === 'error')
        .map((p) => `${p.cell} ${p.code}`);
      return { path, file: expected.file, accepted: expected.accepted, errors: errors.sort() };
    }),
  );
}
const found = await cases();

const errorsOf = (reply: Pick<ImportReply, 'problems'>): string[] =>
  reply.problems
    .filter((p) => p.severity === 'error')
    .map((p) => `${p.cell} ${p.code}`)
    .sort();

describe('by the command line', () => {
  test.each(found)('$file', async ({ path, file, accepted, errors }) => {
    const data = await mkdtemp(join(tmpdir(), 'hangbiao-way-'));
    const hangbiao = async (...words: string[]): Promise<string> => {
      let out = '';
      const code = await run(words, {
        env: { DATA_DIR: data },
        from: path,
        lang: 'zh',
        now: () => today,
        version: 'test',
        clientDir: path,
        out: (text) => void (out += text),
        err: (text) => void (out += text),
      });
      expect({ words, code, out }).toMatchObject({ code: 0 });
      return out;
    };
    await hangbiao('units', 'import', 'units.csv');
    const said = JSON.parse(await hangbiao('import', file, '--json')) as ImportReply;
    expect({ status: said.status, records: said.records, errors: errorsOf(said) }).toEqual({
      status: 'committed',
      records: accepted,
      errors,
    });
    await rm(data, { recursive: true, force: true });
  });
});

describe.each(engines)('by HTTP on %s', (engine) => {
  test.each(found)('$file', async ({ path, file, accepted, errors }) => {
    const server: Served = await served(engine);
    const read = async (name: string): Promise<Uint8Array<ArrayBuffer>> =>
      new Uint8Array(await readFile(join(path, name)));
    await server.as('admin', '/api/units', form({ 'units.csv': await read('units.csv') }));
    const checked = await server.as('admin', '/api/imports', form({ [file]: await read(file) }));
    expect(checked.status).toBe(201);
    const reply = (await checked.json()) as ImportReply;
    expect(errorsOf(reply)).toEqual(errors);
    const committed = await server.as('admin', `/api/imports/${reply.id}/commit`, { method: 'POST' });
    expect(await committed.json()).toEqual({
      id: reply.id,
      status: 'committed',
      records: accepted,
      dataVersion: 2,
    });
    await server.close();
  });
});

describe('by the page', () => {
  let stage: Stage;
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    stage = await raise();
    ({ page, complaints } = await stage.open());
  });
  afterAll(async () => {
    await stage?.close();
  });

  // One centre for all six: their units are the same, and each ledger is judged by its own rows.
  test('all six, one after the other', async () => {
    await page.goto(`${stage.running.address}/imports`);
    await page.locator('input[data-units]').setInputFiles(join(found[0]?.path ?? '', 'units.csv'));
    // Its place is taken by the ledgers' once the units are stored; to leave before would break the upload off.
    await page.locator('.zone').waitFor();
    for (const [i, { path, file, accepted, errors }] of found.entries()) {
      await page.goto(`${stage.running.address}/imports`);
      await page.locator('.zone input[type=file]:not([webkitdirectory])').setInputFiles(join(path, file));
      await page.locator('[data-import][data-status=checked]').waitFor();
      const shown = await page
        .locator('[data-code]')
        .evaluateAll((all) =>
          all.map((e) => ({ code: e.getAttribute('data-code') ?? '', text: e.textContent ?? '' })),
        );
      for (const error of errors) {
        const [cell = '', code] = error.split(' ');
        expect(shown.some((p) => p.code === code && p.text.includes(cell))).toBe(true);
      }
      await page.getByRole('button', { name: '提交', exact: true }).click();
      await page.locator('[data-import][data-status=committed]').waitFor();
      const reply = (await (
        await page.request.get(`${stage.running.address}/api/imports/${i + 1}`)
      ).json()) as ImportReply;
      expect({ file, records: reply.records }).toEqual({ file, records: accepted });
    }
    expect(complaints).toEqual([]);
  });
});
