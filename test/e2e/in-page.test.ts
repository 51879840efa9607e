import { readFileSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inPage } from '../../server/in-page.ts';
import { raise, type Stage } from './stage.ts';
import { unlike } from './unlike.ts';

const folder = new URL('../charts/output/', import.meta.url);
const all = readdirSync(folder).filter((name) => name.endsWith('.svg'));
const kinds = [...new Set(all.map((name) => /^[a-z]+/.exec(name)?.[0] ?? ''))];
/** The first and the last of each kind. */
const some = kinds.flatMap((kind) => {
  const of = all.filter((name) => name.startsWith(kind));
  return [...new Set([of[0] ?? '', of.at(-1) ?? ''])];
});

/** Series and datum of each mark that can be pressed, in order. */
const heard = (svg: string): string[] =>
  [...svg.matchAll(/<(?:path|rect|circle|text)[^>]*>/g)].flatMap(([element]) => {
    const of = (name: string): string => new RegExp(` ecmeta_${name}="([^"]*)"`).exec(element)?.[1] ?? '';
    return of('ssr_type') && of('silent') !== 'true' && of('data_index')
      ? [`${of('ssr_type')} ${of('series_index')} ${of('data_index')}`]
      : [];
  });
const texts = (svg: string): string[] => [...svg.matchAll(/>([^<>\n]+)</g)].map(([, text = '']) => text);

describe('a drawing as a part of a page', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await raise();
  });
  afterAll(() => stage.close());

  test.each(kinds)(
    '%s: looks as the drawing does, and is heard as it is, with less to read',
    async (kind) => {
      const { page } = await stage.open();
      const sheet = await page.context().newPage();
      for (const name of some.filter((n) => n.startsWith(kind))) {
        const svg = readFileSync(new URL(name, folder), 'utf8');
        const slim = inPage(svg);
        const shots = [];
        for (const one of [svg, slim]) {
          await sheet.setContent(`<body style="margin: 0; background: #888">${one}</body>`);
          shots.push(await sheet.locator('svg').screenshot());
        }
        const [former, now] = shots as [Buffer, Buffer];
        expect(await unlike(sheet, former, now), name).toBe(0);
        expect(heard(slim), name).toEqual(heard(svg));
        expect(texts(slim), name).toEqual(texts(svg));
        expect(slim.length, name).toBeLessThan(svg.length * 0.8);
      }
      await page.context().close();
    },
  );
});
