import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { officeFile, officeFormats } from '../../server/snapshot/office/office.ts';
import { oneOfEach, type Case } from './cases.ts';
import { proof } from '../sealed.ts';
import { isLong } from '../long.ts';

/** LibreOffice opens every file and prints it; another program reads the words of the pages. One call for all of them. */

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'hangbiao-office-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Usually one language a view, and the other is held by its XML; HANGBIAO_LONG=1 opens both.
const zh = oneOfEach('zh');
const en = oneOfEach('en');
const chosen: readonly Case[] = isLong ? [...zh, ...en] : zh.map((one, i) => (i % 2 === 0 ? one : en[i]!));
const files = chosen.flatMap((one) =>
  officeFormats.map((format) => ({ ...one, format, file: `${one.view}-${one.lang}-${format}` })),
);

beforeAll(async () => {
  for (const { sealed, format, file } of files)
    writeFileSync(join(folder, `${file}.${format}`), await officeFile(format, sealed, proof));
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  const paths = files.map(({ file, format }) => join(folder, `${file}.${format}`));
  await run('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...paths], {
    timeout: 230_000,
  });
}, 240_000);

// Where lines are broken, and the spaces between scripts, are the program's own.
const bare = (text: string): string => text.replace(/[\s\u00a0]+/g, '');

describe.each(files)('$file', ({ sealed, file, lang, view }) => {
  test('is opened and printed, with its title, its units or periods, and its sources', async () => {
    expect(
      readFileSync(join(folder, `${file}.pdf`))
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    const { stdout } = await run('pdftotext', [join(folder, `${file}.pdf`), '-']);
    const words = bare(stdout);
    expect(words).toContain(bare(sealed.title));
    expect(words).toContain(sealed.id);
    expect(words).toContain(proof.sha256);
    for (const row of sealed.table.rows.slice(0, 3)) expect(words).toContain(bare(row.label));
    expect(words).toContain({ zh: '口径与来源', en: 'Definitionsandsources' }[lang]);
    if (view === 'compare') expect(words).toContain('江海引航中心');
  });
});
