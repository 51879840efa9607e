import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { factsOf } from '../server/snapshot/facts.ts';
import { makeFile } from '../server/snapshot/make.ts';
import { canonicalJson } from '../server/snapshot/sealed.ts';
import { variantOf } from '../server/snapshot/variant.ts';
import { beside } from '../shared/charts/beside.ts';
import { snapshotFormats, type SnapshotFormat } from '../shared/snapshot-formats.ts';
import { UnitTree } from '../shared/unit.ts';
import { madeInput, madeTree } from './charts/made.ts';
import { sealOf } from './sealed.ts';

/** A view that shows some of the units says how many of how many, and where the others are. */

const tree = madeTree(189);
const sealed = (lang: 'zh' | 'en', picked: string[] = [], of = tree) =>
  sealOf(
    'beside',
    madeInput(
      beside,
      { kpi: 'study_sessions', ...(picked.length === 0 ? {} : { beside: picked }) },
      () => ({ numerator: 3 }),
      of,
    ),
    { lang },
  );
const shown = {
  zh: '前 4 个单位，共 200 个（没有挑选）；其余 196 个不在本快照里，见“各支部同比”',
  en: 'the first 4 of 200 units (none were picked); the other 196 are not in this snapshot, see “All branches over the years”',
};

const run = promisify(execFile);

/** A file's words without spaces and markup: where lines are broken is the format's own. */
async function wordsOf(format: SnapshotFormat, bytes: Uint8Array): Promise<string> {
  const bare = (text: string): string =>
    text
      .replace(/<[^>]+>/g, '')
      .replaceAll('\\"', '"')
      .replace(/[\s\f]+/g, '');
  if (format === 'pdf') {
    const folder = mkdtempSync(join(tmpdir(), 'hangbiao-shown-'));
    try {
      writeFileSync(join(folder, 'a.pdf'), bytes);
      const { stdout } = await run('pdftotext', [join(folder, 'a.pdf'), '-']);
      return bare(stdout);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  if (['xlsx', 'pptx', 'docx'].includes(format))
    return Object.entries(unzipSync(bytes))
      .filter(([name]) => name.endsWith('.xml'))
      .map(([, part]) => bare(strFromU8(part)))
      .join('\n');
  return bare(strFromU8(bytes));
}

describe.each(['zh', 'en'] as const)('four of two hundred, %s', (lang) => {
  // The picture is made of the drawing.
  const formats = snapshotFormats.filter((format) => format !== 'png');
  test.each(formats)('.%s says so', async (format) => {
    const bytes = await makeFile(canonicalJson(sealed(lang)), variantOf(format));
    expect(await wordsOf(format, bytes)).toContain(shown[lang].replace(/\s+/g, ''));
  });
});

test('nothing is said where all are shown, or where they were picked', () => {
  const said = (of: ReturnType<typeof sealed>): unknown => factsOf(of).find((f) => f.key === 'shown')?.text;
  // The centre and four of its stations.
  const four = new UnitTree(tree.units.slice(0, 5));
  expect(said(sealed('zh'))).toBe(shown.zh);
  expect(said(sealed('zh', ['S1', 'S2']))).toBeUndefined();
  expect(said(sealed('zh', [], four))).toBeUndefined();
});
