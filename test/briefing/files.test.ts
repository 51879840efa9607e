import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeBriefing } from '../../server/briefing/make.ts';
import { chartsOf } from '../../server/briefing/sealed.ts';
import { nativeCharts } from '../../server/snapshot/office/native.ts';
import { readSealed } from '../../server/snapshot/sealed.ts';
import { renderThread } from '../../server/snapshot/render-thread.ts';
import { briefingFormats, type BriefingFormat } from '../../shared/briefing.ts';
import { kpiById } from '../../shared/kpis.ts';
import { langs } from '../../shared/text.ts';
import { chartsIn, isXml, partsOf, readChart, textOf, wellFormed } from '../office/reading.ts';
import { madeBriefing } from './made.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'hangbiao-briefing-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Where lines are broken, and the spaces between scripts, are the program's own.
const bare = (text: string): string => text.replace(/[\s\u00a0]+/g, '');
/** The words of each page. */
const pagesOf = async (path: string): Promise<string[]> =>
  (await run('pdftotext', ['-layout', path, '-'], { maxBuffer: 1e8 })).stdout.split('\f').slice(0, -1);

describe.each(langs)('a briefing in %s', (lang) => {
  const made = madeBriefing(lang);
  const seals = made.charts.map(readSealed);
  const files = new Map<BriefingFormat, Uint8Array>();
  beforeAll(async () => {
    for (const format of briefingFormats) files.set(format, await makeBriefing({ ...made, format }));
  });
  const bytes = (format: BriefingFormat): Uint8Array => files.get(format) ?? new Uint8Array();

  test.each(briefingFormats)('.%s is the same bytes again, in a thread too', async (format) => {
    const thread = renderThread();
    const again = await thread.makeBriefing({ ...made, format });
    await thread.close();
    expect(Buffer.compare(Buffer.from(again), Buffer.from(bytes(format)))).toBe(0);
  });

  test.each(['pptx', 'docx'] as const)(
    '.%s is well-formed and names nothing outside but the links',
    (format) => {
      const parts = partsOf(bytes(format));
      for (const name of Object.keys(parts).filter(isXml)) wellFormed(textOf(parts, name));
      const outside = Object.keys(parts)
        .filter((name) => name.endsWith('.rels'))
        .flatMap((name) =>
          [...textOf(parts, name).matchAll(/Target="([^"]*)"[^>]*TargetMode="External"/g)].map((m) => m[1]),
        );
      expect(new Set(outside)).toEqual(new Set(seals.map((s) => s.link)));
    },
  );

  test('its charts in .pptx are the sealed figures, all of them and no other', () => {
    const written = chartsIn(partsOf(bytes('pptx'))).map(({ xml }) =>
      readChart(xml).series.map((s) => [...s.points].map(([i, v]) => [i, Number(v)])),
    );
    const sealed = seals
      .flatMap(nativeCharts)
      .map((chart) => chart.series.map((s) => s.values.flatMap((v, i) => (v === null ? [] : [[i, v]]))));
    expect(written).toEqual(sealed);
  });

  test('contents of .pdf lead to the pages of their messages; each is headed by its finding', async () => {
    const path = join(folder, `${lang}.pdf`);
    writeFileSync(path, bytes('pdf'));
    const pages = await pagesOf(path);
    const contents = pages[1] ?? '';
    for (const [i, seal] of seals.entries()) {
      const entry = new RegExp(
        `^\\s*${i + 1}\\s+${seal.title.replace(/[()[\]*+?.]/g, '\\$&').replace(/\s+/g, '\\s+')}\\s+(\\d+)\\s*$`,
        'm',
      );
      const at = Number(entry.exec(contents)?.[1]);
      const page = bare(pages[at - 1] ?? '');
      expect([seal.title, page]).toEqual([
        seal.title,
        expect.stringContaining(bare(`${i + 1} · ${seal.title}`)) as string,
      ]);
      expect(page).toContain(bare(seal.says));
      const comment = chartsOf(made.seal)[i]?.comment;
      if (comment) expect(page).toContain(bare(comment).slice(0, 30));
    }
    const words = bare(pages.join(''));
    for (const said of [made.seal.title, made.seal.occasion ?? '', made.seal.centre, made.seal.id])
      expect(words).toContain(bare(said));
    pages.slice(1).forEach((page, i) => expect(page).toContain(`${i + 2} / ${pages.length}`));
    expect(words.split({ zh: '演示数据', en: 'Demonstrationdata' }[lang]).length).toBeGreaterThan(
      pages.length - 1,
    );
    const { stdout } = await run('pdffonts', [path]);
    expect(
      stdout
        .split('\n')
        .slice(2)
        .filter(Boolean)
        .map((l) => /\s(yes|no)\s+(yes|no)\s+(yes|no)\s/.exec(l)?.[1]),
    ).not.toContain('no');
  });

  test('each definition stands once in the appendix, and every snapshot with its hash', async () => {
    const path = join(folder, `${lang}-a.pdf`);
    writeFileSync(path, bytes('pdf'));
    const words = bare((await run('pdftotext', [path, '-'])).stdout);
    for (const kpi of new Set(seals.map((s) => s.kpi.id))) {
      const definition = bare(kpiById.get(kpi)?.definition[lang] ?? '');
      expect([kpi, words.split(definition.slice(0, 20)).length - 1]).toEqual([kpi, 1]);
    }
    for (const { id, sha256 } of chartsOf(made.seal)) {
      expect(words).toContain(id);
      expect(words).toContain(sha256);
    }
  });
});

describe('a briefing', () => {
  test('without charts, and without anything, is a whole file', async () => {
    for (const items of [
      [],
      [{ is: 'heading' as const, text: '只有标题' }],
      [{ is: 'text' as const, text: '只有一段话。' }],
    ]) {
      const made = madeBriefing('zh', { of: { items } });
      for (const format of briefingFormats) {
        const bytes = await makeBriefing({ ...made, charts: [], format });
        expect(bytes.length).toBeGreaterThan(2000);
      }
    }
  });

  test('long words of the author are whole, on as many pages as they take', async () => {
    const text = Array.from({ length: 400 }, (_, i) => `第${i}句话说完。`).join('');
    const path = join(folder, 'long.pdf');
    const made = madeBriefing('zh', { of: { items: [{ is: 'text', text }] } });
    writeFileSync(path, await makeBriefing({ ...made, charts: [], format: 'pdf' }));
    const words = bare((await run('pdftotext', [path, '-'])).stdout);
    for (const i of [0, 150, 399]) expect(words).toContain(`第${i}句话`);
  });

  test('is not made of another snapshot than was sealed', () => {
    const made = madeBriefing();
    const charts = [...made.charts.slice(1), made.charts[0] ?? ''];
    expect(() => makeBriefing({ text: made.text, charts, format: 'pdf' })).toThrow(/not as it was sealed/);
  });

  test('is opened and printed by LibreOffice, with its findings, comments and sources', async () => {
    const made = madeBriefing();
    const paths = [];
    for (const format of ['pptx', 'docx'] as const) {
      paths.push(join(folder, `${format}-of.${format}`));
      writeFileSync(paths.at(-1) ?? '', await makeBriefing({ ...made, format }));
    }
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    await run('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...paths], {
      timeout: 170_000,
    });
    const slides = Object.keys(partsOf(await makeBriefing({ ...made, format: 'pptx' }))).filter((n) =>
      /slides\/slide\d+\.xml$/.test(n),
    );
    expect(await pagesOf(join(folder, 'pptx-of.pdf'))).toHaveLength(slides.length);
    for (const format of ['pptx', 'docx']) {
      const words = bare((await run('pdftotext', [join(folder, `${format}-of.pdf`), '-'])).stdout);
      for (const seal of made.charts.map(readSealed)) {
        expect(words).toContain(bare(seal.says));
        expect(words).toContain(seal.id);
      }
      expect(words).toContain(bare('请各支部于十月底前补齐未报台账。'));
      expect(words).toContain('附录：与上次不同的数');
      expect(words).toContain(bare('“*”上次没有').slice(1));
    }
  }, 180_000);
});
