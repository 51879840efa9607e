import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RecordsReply } from '../../shared/api.ts';
import { formatNumber, formatPercent } from '../../shared/format.ts';
import { isPercent, type Kpi } from '../../shared/kpi.ts';
import { kpiById } from '../../shared/kpis.ts';
import { engines } from '../engines.ts';
import { served, type Served } from '../served.ts';
import { someBranches } from './branches.ts';
import { readWord, type Read } from './word.ts';

const AS_OF = '2025-09-30';

/** What must be printed where the records come to these sums. */
function printed(kpi: Kpi, { numerator: n, denominator: d, unknown }: RecordsReply['sums']): RegExp {
  const half = (x: number): string => formatNumber(x, Number.isInteger(x) ? 0 : 1);
  const whole = (text: string): RegExp =>
    new RegExp(`^${text.replaceAll('.', '\\.').replaceAll('+', '\\+')}$`);
  if (n === null) return /^— (未报|不适用)$/;
  if (kpi.type === 'count')
    return whole(`${unknown > 0 ? '≥ ' : ''}${formatNumber(n, kpi.digits)} ${kpi.unit.zh}`);
  if (d === null || d === 0) return /^— /;
  // A median is no quotient: its halves stand beside it.
  if (kpi.type === 'median') return d < 10 ? new RegExp(`（${half(n)}/${half(d)}）$|^— `) : /天$|^— /;
  if (d < 10) return whole(`${half(n)}/${half(d)}`);
  const value = isPercent(kpi) ? formatPercent(n / d, kpi.digits) : formatNumber(n / d, kpi.digits);
  return whole(isPercent(kpi) ? value : `${value} ${kpi.unit.zh}`);
}

describe.each(engines)('the notes of a year-end review on %s', (engine) => {
  let s: Served;
  let doc: Read;
  const file = (unit: string, query = `year=2025&asOf=${AS_OF}`): Promise<Response> =>
    s.as('leader', `/api/units/${unit}/review.docx?${query}`);
  beforeAll(async () => {
    s = await served(engine);
    await someBranches(s.db);
    doc = readWord(new Uint8Array(await (await file('A')).arrayBuffer()));
  });
  afterAll(() => s?.close());

  test('each figure has one, and each note one figure', () => {
    const marked = doc.paragraphs.flatMap((p) => p.notes);
    expect(marked.length).toBeGreaterThan(50);
    // In the order in which they are read.
    expect(marked).toEqual(marked.map((_, i) => i + 1));
    expect([...doc.notes.keys()].toSorted((a, b) => a - b)).toEqual(marked);
    for (const { text, notes } of doc.paragraphs) expect([text, notes.length <= 1]).toEqual([text, true]);
  });

  test('its address gives records whose sums are the figure that is printed, and the halves that it tells', async () => {
    for (const { text, notes } of doc.paragraphs)
      for (const id of notes) {
        const said = doc.notes.get(id) ?? '';
        // The words are short; what is behind them leads to the records.
        expect(said).toMatch(/原始记录$/);
        expect(said).not.toContain('http');
        const address = new URL(doc.links.get(id) ?? 'none:');
        // The public address, of which the test's own server is another door.
        expect([address.origin, address.pathname]).toEqual(['http://127.0.0.1:8080', '/records']);
        const reply = await s.as('leader', `/api/records${address.search}&limit=1000`);
        expect([said, reply.status]).toEqual([said, 200]);
        const { sums, total, rows } = (await reply.json()) as RecordsReply;
        const kpi = kpiById.get(address.searchParams.get('kpi') ?? '');
        if (!kpi) throw new Error(said);
        expect([said, text]).toEqual([said, expect.stringMatching(printed(kpi, sums))]);
        expect(rows.length).toBe(total);
        if (sums.numerator !== null)
          for (const half of [sums.numerator, sums.denominator].filter((x) => x !== null))
            expect(said).toContain(formatNumber(half, Number.isInteger(half) ? 0 : 1));
        expect(said).toContain('数据版本 0');
        expect(said).toMatch(/口径[：同]/);
        expect(said).toContain(
          address.searchParams.get('period') === '2025' ? '截至2025年9月30日' : '截至2024年9月30日',
        );
      }
  }, 60_000);

  test('of a unit without ledgers every figure says that it is not reported, and none is 0', async () => {
    const { paragraphs } = readWord(new Uint8Array(await (await file('U')).arrayBuffer()));
    const figures = paragraphs.filter((p) => p.notes.length > 0).map((p) => p.text);
    expect(new Set(figures)).toEqual(new Set(['— 未报']));
    const text = paragraphs.map((p) => p.text).join('\n');
    expect(text).toContain('整改台账未报，有没有未销号的问题不得而知。');
    expect(text).toContain('台账未报，无从核对。');
    expect(text).not.toMatch(/没有不明的数|中没有|没有发现/);
  });

  test('is given to whoever may read, as a file with a Chinese name', async () => {
    expect((await s.ask('/api/units/A/review.docx')).status).toBe(401);
    for (const role of ['admin', 'leader', 'auditor'] as const) {
      const reply = await s.as(role, `/api/units/B/review.docx?year=2025&lang=en`);
      expect([role, reply.status]).toEqual([role, 200]);
    }
    const reply = await file('A');
    expect(reply.headers.get('content-type')).toBe(
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    );
    const named = /filename\*=UTF-8''(\S+)$/.exec(reply.headers.get('content-disposition') ?? '')?.[1] ?? '';
    expect(decodeURIComponent(named)).toBe('东港引航站党支部2025年度述职材料.docx');
  });

  test('a token of a branch opens nothing, while branches have no users of their own', async () => {
    await s.tokenOf('leader');
    await s.db.updateTable('token').set({ role: 'branch', unit: 'B' }).where('role', '=', 'leader').execute();
    try {
      expect((await file('A')).status).toBe(401);
    } finally {
      await s.db
        .updateTable('token')
        .set({ role: 'leader', unit: null })
        .where('role', '=', 'branch')
        .execute();
    }
    expect((await file('A')).status).toBe(200);
  });

  test.each([
    ['/api/units/NOBODY/review.docx', 404, undefined],
    ['/api/units/A/review.docx?year=2031', 422, 'year'],
    ['/api/units/OLD/review.docx?year=2025', 422, 'year'],
    ['/api/units/A/review.docx?year=25', 400, 'year'],
    ['/api/units/A/review.docx?year=1902', 400, 'year'],
    ['/api/units/A/review.docx?asOf=2025-02-30', 400, 'asOf'],
    ['/api/units/A/review.docx?lang=fr', 400, 'lang'],
    ['/api/units/A/review.docx?unit=B', 400, undefined],
  ])('%s is refused with %i', async (path, status, named) => {
    const reply = await s.as('leader', path);
    const { errors } = (await reply.json()) as { errors?: { path: string }[] };
    expect([reply.status, named === undefined ? undefined : errors?.[0]?.path]).toEqual([status, named]);
  });
});
