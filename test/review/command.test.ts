import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../server/program.ts';
import { today, unitsCsv, visitsCsv } from '../served.ts';
import { readWord } from './word.ts';

describe('hangbiao review', () => {
  let folder: string;
  const said = { out: '', err: '' };
  const command = async (...words: string[]): Promise<number> => {
    Object.assign(said, { out: '', err: '' });
    return run(words, {
      env: { DATA_DIR: join(folder, 'data') },
      from: folder,
      lang: 'en',
      now: () => today,
      version: 'test',
      clientDir: folder,
      out: (text) => void (said.out += `${text}\n`),
      err: (text) => void (said.err += `${text}\n`),
    });
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hangbiao-review-'));
    await writeFile(join(folder, 'units.csv'), unitsCsv);
    await writeFile(join(folder, '东港站走访台账2025年度.csv'), visitsCsv);
    expect(await command('units', 'import', 'units.csv')).toBe(0);
    expect(await command('import', '东港站走访台账2025年度.csv', '--unit', 'A')).toBe(0);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('writes the document, and says how many figures it has', async () => {
    const words = [
      '--unit',
      'A',
      '--year',
      '2025',
      '--url',
      'https://hb.example/',
      '--out',
      'new/a.docx',
      '--json',
    ];
    expect(await command('review', ...words)).toBe(0);
    const told = JSON.parse(said.out) as { figures: number; year: number; asOf: string; file: string };
    const doc = readWord(await readFile(join(folder, 'new', 'a.docx')));
    expect(told).toMatchObject({ year: 2025, asOf: '2025-12-31', file: join(folder, 'new', 'a.docx') });
    expect(doc.notes.size).toBe(told.figures);
    expect(doc.paragraphs.map((p) => p.text)).toContain('东港引航站党支部2025年度述职材料');
    expect(doc.links.get(1)).toContain('https://hb.example/records?kpi=study_sessions&unit=A&period=2025');
  });

  test.each<[string, number, RegExp]>([
    ['review --unit A --out a.pdf', 2, /\.docx/],
    ['review --out a.docx', 2, /--unit/],
    ['review --unit A --out a.docx --year 25', 2, /whole number/],
    ['review --unit A --out a.docx --as-of 2025-02-30', 2, /not a date/],
    ['review --unit A --out a.docx --url ftp://x', 2, /http/],
    ['review --unit NOBODY --out a.docx', 1, /no unit "NOBODY"/],
    ['review --unit A --year 2031 --out a.docx', 1, /has not begun/],
  ])('%s → %i', async (line, code, message) => {
    expect(await command(...line.split(' '))).toBe(code);
    expect(said.err).toMatch(message);
    expect(said.err).toMatch(/^[^\n]+\n$/);
  });
});
