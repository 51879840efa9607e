import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Granted } from '../server/auth/roles.ts';
import { seesNames } from '../server/auth/names.ts';
import { maskedTitle } from '../server/import/masked-title.ts';
import { checkImport } from '../server/queries/import-check.ts';
import { commitImport, undoImport } from '../server/queries/imports.ts';
import { importUnits } from '../server/queries/units.ts';
import { recordPageReply, type RecordPage } from '../shared/record-edit.ts';
import { changeReply, previewReply, type ChangeReply } from '../shared/rule-change.ts';
import { engines } from './engines.ts';
import { jsonBody, served, unitsCsv, type Served } from './served.ts';

const doer = { now: () => new Date('2025-06-01T02:00:00Z'), actor: 'office' };
const names = '赵铁柱 钱多福 孙大海 周小川 吴天明 郑成林 冯玉祥 陈独山 褚万里'.split(' ');
const [host, sea, ill, came, also, signed, made, checked, late] = names;

/** A ledger that names persons wherever a clerk does: a cell for each way in which it might be kept. */
const ledger = (month: string): string =>
  [
    `东港引航站党支部三会一课台账,,,填报人：${made},审核人,${checked}`,
    '时间,会议类型,主题,主持人,应到人数,实到人数,缺席人员及原因,参加人员,学时,谁签的字',
    `2025-${month}-05,主题党日,学习条例,${host},4,2,${sea}（在船）、${ill}（事假）,"${came},${also}",半天,${signed}`,
    `2025-${month}-06,主题党日,若干人到会,${host},若干,${came}和${also}说好要来,,,,`,
    `2025-${month}-06,主题党日,又一次,${host},3,"${came}、${also}（代${late}）没数",,,,`,
    `2025-${month}-07,主题党日,来的多于应到的,${host},1,,${sea},"${came}、${also}",,`,
    `2025-02-30,主题党日,没有这一天,${host},若干,${came}等,${ill}（病假）,${also},,${signed}`,
    `2025-${month}-05,主题党日,学习条例,${host},4,2,${sea}（在船）、${ill}（事假）,"${came},${also}",半天,${signed}`,
    `合计,,,,"${came}",4,${late},,,`,
    `注：${late}长期病假,,,,,,,,,`,
  ].join('\n');

const textOf = (value: unknown): string =>
  value instanceof Uint8Array ? Buffer.from(value).toString() : String(value);

const file = (month: string) => ({
  name: `三会一课-${month}.csv`,
  bytes: new TextEncoder().encode(ledger(month)),
});

describe.each(engines)('names of persons on %s', (engine) => {
  let s: Served;
  beforeAll(async () => {
    s = await served(engine);
    await importUnits(s.db, new TextEncoder().encode(unitsCsv), 'units.csv', doer);
  });
  afterAll(() => s.close());

  const check = (month: string) =>
    checkImport(s.db, { files: [file(month)], unit: 'A', from: `2025-${month}`, to: `2025-${month}` }, doer);
  const bring = async (month: string): Promise<number> => {
    const { id } = await check(month);
    await commitImport(s.db, id, doer);
    return id;
  };
  const set = async (row: object): Promise<ChangeReply> => {
    const reply = await s.as('admin', '/api/settings', jsonBody(row));
    const told: unknown = await reply.json();
    expect(reply.status, JSON.stringify(told)).toBe(200);
    return changeReply.parse(told);
  };
  const page = async (role: Granted, id: string): Promise<RecordPage> =>
    recordPageReply.parse(await (await s.as(role, `/api/records/A/${id}`)).json());
  const first = async (importId: number): Promise<{ id: string; hours: number | null }> =>
    s.db
      .selectFrom('activity')
      .select(['id', 'hours'])
      .where('import_id', '=', importId)
      .orderBy('row')
      .executeTakeFirstOrThrow();

  /** Every table as text, to be searched for names. @returns `table.column: name`, once each */
  async function named(): Promise<string[]> {
    const found = new Set<string>();
    for (const { name: table } of await s.db.introspection.getTables())
      for (const row of await s.db
        .selectFrom(table as 'past')
        .selectAll()
        .execute())
        for (const [column, value] of Object.entries(row)) {
          const text = textOf(value);
          for (const name of names) if (text.includes(name)) found.add(`${table}.${column}: ${name}`);
        }
    return [...found].toSorted();
  }

  test('stand nowhere in the database once an import is committed, and its findings quote none', async () => {
    const { id, problems } = await check('03');
    const before = await named();
    for (const name of names) expect(before).toContain(`import_part.body: ${name}`);
    expect(before.some((at) => at.startsWith('import.report'))).toBe(true);

    // While it waits, the office alone reads what a cell says.
    const quoted = (of: { value: string | null }[]): boolean =>
      of.some((p) => names.some((name) => JSON.stringify(p).includes(name)));
    expect(quoted(problems)).toBe(true);
    for (const role of ['admin', 'leader', 'auditor'] as const) {
      const told = (await (await s.as(role, `/api/imports/${id}`)).json()) as { problems: typeof problems };
      expect([role, quoted(told.problems)]).toEqual([role, role === 'admin']);
    }

    await commitImport(s.db, id, doer);
    expect(await named()).toEqual([]);
    const { report } = await s.db
      .selectFrom('import')
      .select('report')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const kept = (JSON.parse(report) as { problems: typeof problems }).problems;
    expect(kept.map((p) => [p.code, p.cell])).toEqual(problems.map((p) => [p.code, p.cell]));
    expect(kept.find((p) => p.value === '若干')?.message.zh).toContain('“若干”');
    const contradictions = await s.db
      .selectFrom('contradiction')
      .select('value')
      .where('import_id', '=', id)
      .execute();
    expect(contradictions.map((c) => c.value)).toContain('＊＊、＊＊');
    const { id: record } = await first(id);
    expect((await page('admin', record)).names).toBeNull();
  });

  test('go with an import that is dropped', async () => {
    const { id } = await check('04');
    expect(await named()).not.toEqual([]);
    await undoImport(s.db, id, doer);
    expect(await named()).toEqual([]);
  });

  test('are kept when the centre says so, for the office alone, and deleted when it no longer does', async () => {
    await set({ keepNames: true });
    const id = await bring('05');
    const at = await named();
    expect(at.length).toBeGreaterThan(0);
    expect(at.filter((place) => !place.startsWith('record_names.names'))).toEqual([]);
    const { id: record } = await first(id);
    expect((await page('admin', record)).names).toEqual([
      { heading: '主持人', text: host },
      { heading: '缺席人员及原因', text: `${sea}（在船）、${ill}（事假）` },
      { heading: '参加人员', text: `${came},${also}` },
    ]);
    for (const role of ['leader', 'auditor'] as const) expect((await page(role, record)).names).toBeNull();
    for (const role of ['admin', 'leader'] as const) {
      const lists = await (await s.as(role, '/api/records?kpi=norm_compliance&unit=A&period=2025')).text();
      expect(lists).toContain(record);
      for (const name of names) expect(lists).not.toContain(name);
    }

    const off = { what: 'setting', action: 'change', row: { keepNames: false } };
    const seen = previewReply.parse(
      await (await s.as('admin', '/api/rules/preview', jsonBody({ change: off }))).json(),
    );
    const kept = await s.db.selectFrom('record_names').select('record_id').execute();
    expect(seen).toMatchObject({ total: 0, namesDeleted: kept.length });
    expect(await named()).toEqual(at);

    const turned = await set({ keepNames: false });
    expect(await named()).toEqual([]);
    if (turned.undo?.what !== 'setting') throw new Error('nothing to undo');
    await set(turned.undo.row);
    expect((await page('admin', record)).names).toBeNull();
    expect(await named()).toEqual([]);
    await set({ keepNames: false });
  });

  test('half a day is unknown until its hours are set, and then so many from the next import on', async () => {
    const before = await bring('07');
    const reply = await set({ halfDay: 4 });
    const after = await bring('08');
    expect([(await first(before)).hours, (await first(after)).hours]).toEqual([null, 4]);
    if (reply.undo?.what !== 'setting') throw new Error('nothing to undo');
    await set(reply.undo.row);
    expect((await first(await bring('09'))).hours).toBeNull();
  });
});

describe('who sees names', () => {
  test.each([
    ['the office', { role: 'admin' }, 'A', true],
    ['the branch’s own secretary', { role: 'branch', unit: 'A' }, 'A', true],
    ['the secretary of another branch', { role: 'branch', unit: 'B' }, 'A', false],
    ['a secretary without a branch', { role: 'branch', unit: null }, 'A', false],
    ['a secretary, of several units', { role: 'branch', unit: null }, null, false],
    ['a leader', { role: 'leader' }, 'A', false],
    ['a leader with a unit', { role: 'leader', unit: 'A' }, 'A', false],
    ['an auditor', { role: 'auditor' }, 'A', false],
  ] as const)('%s', (_, who, unit, sees) => expect(seesNames(who, unit)).toBe(sees));
});

describe('a line above the header', () => {
  test.each([
    [['东港引航站党支部三会一课台账（2025年）'], ['东港引航站党支部三会一课台账（2025年）']],
    [['填报人：赵铁柱  填报时间：2025年3月'], ['填报人：＊＊  填报时间：2025年3月']],
    [
      ['支部书记: 张 三', '2025年'],
      ['支部书记: ＊＊', '2025年'],
    ],
    [
      ['审核人', '', '钱多福', '时间'],
      ['审核人', '', '＊＊', '时间'],
    ],
    [
      ['填报单位：东港站', '记录人：孙大海、周小川'],
      ['填报单位：东港站', '记录人：＊＊、＊＊'],
    ],
  ])('%j', (cells, masked) => expect(maskedTitle(cells)).toEqual(masked));
});
