import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Granted } from '../server/auth/roles.ts';
import { answerSchema } from '../shared/api.ts';
import type { Answer } from '../shared/query.ts';
import {
  changeReply,
  previewReply,
  rulesReply,
  type ChangeReply,
  type PreviewReply,
  type RulesReply,
} from '../shared/rule-change.ts';
import { engines } from './engines.ts';
import { activity, record, smallCentre } from './records-by-hand.ts';
import { jsonBody, served, type Served } from './served.ts';

const source = { zh: '中心党委会纪要', en: '' };
const never = {
  what: 'norm',
  action: 'add',
  row: { layer: 'unit', unit: 'A', kind: 'theme_day', every: 'never', source, strength: 'local' },
} as const;
const exemption = {
  what: 'exemption',
  action: 'add',
  row: {
    unit: 'A',
    kind: 'theme_day',
    from: '2025-01-01',
    to: '2025-06-30',
    reason: '抗台防汛',
    decidedBy: '中心党委',
    decidedOn: '2025-01-05',
  },
} as const;

/** A and B are branches under C; both hand in 2024 and 2025, and hold theme days now and then. */
async function fill({ db }: Served): Promise<void> {
  await smallCentre(
    db,
    [
      { code: 'C', parent: null },
      { code: 'A', parent: 'C' },
      { code: 'B', parent: 'C' },
    ],
    [
      ['A', 'activity', '2024-01', '2025-12'],
      ['B', 'activity', '2024-01', '2025-12'],
    ],
  );
  for (const month of ['01', '02', '03', '07', '08', '09', '10', '11', '12'])
    await activity(db, 'A', `2025-${month}-05`, ['theme_day']);
  for (const month of ['01', '02']) await activity(db, 'B', `2025-${month}-05`, ['theme_day']);
  for (const unit of ['A', 'B']) await record(db, 'headcount', unit, '2024-01-01', { members: 20 });
  await activity(db, 'A', '2025-03-09', ['collective_study'], { present: 20, hours: 20 });
}

const tables = [
  'norm',
  'exemption',
  'definition_change',
  'setting',
  'change',
  'past',
  'unit',
  'unit_past',
  'coverage',
  'activity',
  'activity_kind',
  'headcount',
  'import',
] as const;

/** All that the database holds, to be compared with what it held. */
async function everything({ db }: Served): Promise<string> {
  const rows = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()));
  return rows.map((of, i) => [tables[i], ...of.map((r) => JSON.stringify(r)).sort()].join('\n')).join('\n');
}

describe.each(engines)('the rules on %s', (engine) => {
  let s: Served;
  beforeAll(async () => {
    s = await served(engine);
    await fill(s);
  });
  afterAll(() => s.close());

  const rules = async (role: Granted = 'leader'): Promise<RulesReply> =>
    rulesReply.parse(await (await s.as(role, '/api/rules')).json());
  const write = async (change: unknown, path = '/api/rules'): Promise<ChangeReply> => {
    const reply = await s.as('admin', path, jsonBody(change));
    const told: unknown = await reply.json();
    expect(reply.status, JSON.stringify(told)).toBe(200);
    return changeReply.parse(told);
  };
  const refused = async (change: unknown, path = '/api/rules'): Promise<[number, unknown[]]> => {
    const before = await everything(s);
    const reply = await s.as('admin', path, jsonBody(change));
    const told = (await reply.json()) as { errors?: { path: string; message: string }[] };
    expect(await everything(s)).toBe(before);
    return [reply.status, (told.errors ?? []).map((e) => e.path)];
  };
  const preview = async (change: unknown): Promise<PreviewReply> => {
    const reply = await s.as('admin', '/api/rules/preview', jsonBody({ change }));
    const told: unknown = await reply.json();
    expect(reply.status, JSON.stringify(told)).toBe(200);
    return previewReply.parse(told);
  };
  const ask = async (question: string): Promise<Answer> =>
    answerSchema.parse(await (await s.as('leader', `/api/query?${question}`)).json());
  const halves = async (unit: string): Promise<unknown> =>
    (await ask(`kpi=norm_compliance&kind=theme_day&unit=${unit}&years=2025`)).cells.map((c) => [
      c.numerator,
      c.denominator,
    ]);
  const version = async (): Promise<number> => (await ask('kpi=visits')).dataVersion;

  test('are those of a new centre, and told to whoever may read', async () => {
    for (const role of ['admin', 'leader', 'auditor'] as const) {
      const { norms, exemptions, definitionChanges, settings } = await rules(role);
      expect(norms.length).toBe(9);
      expect(norms.every((n) => n.version === 0 && n.source.en !== '')).toBe(true);
      expect([exemptions, definitionChanges]).toEqual([[], []]);
      expect(settings).toEqual({ yearStart: 1, timeZone: 'Asia/Shanghai' });
    }
  });

  test('are written by the office alone', async () => {
    const before = await everything(s);
    for (const role of ['leader', 'auditor'] as const)
      for (const [path, body] of [
        ['/api/rules', exemption],
        ['/api/rules/preview', { change: exemption }],
        ['/api/settings', { yearStart: 4 }],
      ] as const)
        expect([role, path, (await s.as(role, path, jsonBody(body))).status]).toEqual([role, path, 403]);
    expect((await s.ask('/api/rules')).status).toBe(401);
    expect(await everything(s)).toBe(before);
  });

  test('an exemption is added, changed and removed; each change is counted, told of, and can be taken back', async () => {
    expect(await halves('A')).toEqual([[9, 12]]);
    const was = await version();
    const added = await write(exemption);
    expect(added).toMatchObject({ changed: true, dataVersion: was + 1 });
    expect((await rules()).exemptions).toEqual([{ ...exemption.row, id: added.id, version: was + 1 }]);
    expect(await halves('A')).toEqual([[6, 6]]);

    const changed = await write({
      ...exemption,
      action: 'change',
      id: added.id,
      row: { ...exemption.row, to: null },
    });
    expect(changed.dataVersion).toBe(was + 2);
    expect(await halves('A')).toEqual([[0, 0]]);
    const { db } = s;
    const past = await db.selectFrom('past').selectAll().where('table_name', '=', 'exemption').execute();
    expect(past.map((p) => [p.added, p.removed, (JSON.parse(p.row) as { to_on: string }).to_on])).toEqual([
      [was + 1, was + 2, '2025-06-30'],
    ]);

    // Undone, it is again what it was; undone with the change that made it, it is gone.
    await write(changed.undo);
    expect(await halves('A')).toEqual([[6, 6]]);
    const removed = await write({ what: 'exemption', action: 'remove', id: added.id });
    expect((await rules()).exemptions).toEqual([]);
    expect(await halves('A')).toEqual([[9, 12]]);
    await write(removed.undo);
    expect(await halves('A')).toEqual([[6, 6]]);
    const [again] = (await rules()).exemptions;
    await write({ what: 'exemption', action: 'remove', id: again?.id });

    const journal = await db
      .selectFrom('change')
      .selectAll()
      .where('version', '>', was)
      .orderBy('version')
      .execute();
    expect(journal.map((c) => [c.version - was, c.actor, c.what])).toEqual(
      [1, 2, 3, 4, 5, 6].map((n) => [n, 'admin', 'exemption']),
    );
    expect(journal[0]?.detail).toBe('add theme_day A 2025-01-01 – 2025-06-30');
  });

  test('a row changed by somebody else since is a conflict, one that is not there is not found', async () => {
    const added = await write(exemption);
    await write({
      ...exemption,
      action: 'change',
      id: added.id,
      row: { ...exemption.row, reason: '另有原因' },
    });
    expect(await refused(added.undo)).toEqual([409, []]);
    await write({ what: 'exemption', action: 'remove', id: added.id });
    expect(await refused(added.undo)).toEqual([404, []]);
    expect(await refused({ what: 'norm', action: 'remove', id: 4711 })).toEqual([404, []]);
  });

  test('what stands so already is no change', async () => {
    const [norm] = (await rules()).norms;
    if (!norm) throw new Error('no norm');
    const { id, version: _, ...row } = norm;
    const before = await everything(s);
    expect(await write({ what: 'norm', action: 'change', id, row })).toMatchObject({
      changed: false,
      undo: null,
    });
    expect(await write({ yearStart: 1 }, '/api/settings')).toMatchObject({ changed: false });
    expect(await everything(s)).toBe(before);
  });

  test('a central norm is ended, overruled by the centre, and lifted for one unit', async () => {
    const central = (await rules()).norms.find((n) => 'kind' in n && n.kind === 'theme_day');
    if (!central) throw new Error('no norm of theme days');
    const { id, version: _, ...row } = central;
    const ended = await write({ what: 'norm', action: 'change', id, row: { ...row, to: '2025-03-31' } });
    expect(await halves('C')).toEqual([[3 + 2, 3 + 3]]);
    await write(ended.undo);

    const quarterly = await write({
      what: 'norm',
      action: 'add',
      row: { layer: 'centre', kind: 'theme_day', every: 'quarter', source, strength: 'local' },
    });
    expect(await halves('C')).toEqual([[3 + 1, 4 + 4]]);
    const lifted = await write(never);
    expect(await halves('C')).toEqual([[1, 4]]);
    expect((await rules()).norms.find((n) => n.id === lifted.id)).toMatchObject({
      source: { zh: source.zh, en: source.zh },
      every: 'never',
      per: 'branch',
      minMembers: null,
    });
    await write(lifted.undo);
    await write(quarterly.undo);
    expect(await halves('C')).toEqual([[9 + 2, 24]]);
  });

  test('settings are kept, with what they were', async () => {
    const { db } = s;
    const was = await version();
    const set = await write({ yearStart: 4, timeZone: 'Asia/Urumqi' }, '/api/settings');
    expect((await rules()).settings).toEqual({ yearStart: 4, timeZone: 'Asia/Urumqi' });
    const past = await db.selectFrom('past').selectAll().where('table_name', '=', 'setting').execute();
    expect(past.map((p) => [p.removed, JSON.parse(p.row)])).toEqual([
      [was + 1, { key: 'yearStart', value: '1', version: 0 }],
      [was + 1, { key: 'timeZone', value: 'Asia/Shanghai', version: 0 }],
    ]);
    if (set.undo?.what !== 'setting') throw new Error('nothing to undo');
    await write(set.undo.row, '/api/settings');
    expect((await rules()).settings).toEqual({ yearStart: 1, timeZone: 'Asia/Shanghai' });
  });

  const row = never.row;
  const figure = { layer: 'centre', kpi: 'attendance_rate', value: 0.9, source, strength: 'local' };
  const norm = (more: object, of: object = row) => ({ what: 'norm', action: 'add', row: { ...of, ...more } });
  const free = (more: object) => ({ ...exemption, row: { ...exemption.row, ...more } });
  test.each([
    ['an unknown unit', norm({ unit: 'X' }), 'row.unit'],
    ['a unit of a common norm', norm({ layer: 'centre' }), 'row.unit'],
    ['no unit of a norm for one', norm({ unit: null }), 'row.unit'],
    ['an unknown layer', norm({ layer: 'national' }), 'row.layer'],
    ['an unknown kind', norm({ kind: 'party' }), 'row.kind'],
    ['a kind of visit', norm({ kind: 'condolence_visit' }), 'row.kind'],
    ['neither kind nor figure', norm({ kind: null }), 'row.kind'],
    ['both kind and figure', norm({ kpi: 'attendance_rate' }), 'row.kpi'],
    ['no interval', norm({ every: null }), 'row.every'],
    ['an unknown interval', norm({ every: 'week' }), 'row.every'],
    ['a value of a kind', norm({ value: 3 }), 'row.value'],
    ['a day that is none', norm({ from: '2025-02-30' }), 'row.from'],
    ['an end before the beginning', norm({ from: '2025-03-01', to: '2025-02-01' }), 'row.to'],
    ['no source', norm({ source: { zh: '  ' } }), 'row.source.zh'],
    ['an unknown strength', norm({ strength: 'strict' }), 'row.strength'],
    ['an unknown figure', norm({ kpi: 'happiness' }, figure), 'row.kpi'],
    ['no value', norm({ value: null }, figure), 'row.value'],
    ['a percentage over 100 %', norm({ value: 90 }, figure), 'row.value'],
    ['an interval of a figure', norm({ every: 'year' }, figure), 'row.every'],
    ['a twin', norm({ layer: 'central', unit: null, every: 'year' }), 'row.from'],
    ['a field that is not known', norm({ colour: 'red' }), 'row.colour'],
    ['no reason', free({ reason: '' }), 'row.reason'],
    ['no decider', free({ decidedBy: ' ' }), 'row.decidedBy'],
    ['no day of decision', free({ decidedOn: undefined }), 'row.decidedOn'],
    ['no first day', free({ from: '' }), 'row.from'],
    ['an exemption of nobody', free({ unit: 'X' }), 'row.unit'],
    ['an exemption from nothing', free({ kind: 'party' }), 'row.kind'],
    ['an exemption that ends first', free({ to: '2024-12-31' }), 'row.to'],
    [
      'a definition of no figure',
      { what: 'definition', action: 'add', row: { kpi: 'happiness', on: '2025-01-01', note: '改' } },
      'row.kpi',
    ],
    [
      'a definition without a word',
      { what: 'definition', action: 'add', row: { kpi: 'visits', on: '2025-01-01', note: '' } },
      'row.note',
    ],
  ])('are refused for %s, naming the field, and nothing is changed', async (_, change, path) => {
    expect(await refused(change)).toEqual([422, [path]]);
    const [status, paths] = await refused({ change }, '/api/rules/preview');
    expect([status, paths]).toEqual([422, [`change.${path}`]]);
  });

  test.each([
    ['a month that is none', { yearStart: 13 }, 'yearStart'],
    ['half a month', { yearStart: 1.5 }, 'yearStart'],
    ['a zone that is none', { timeZone: 'Asia/Nowhere' }, 'timeZone'],
    ['another setting', { dataVersion: '99' }, 'dataVersion'],
  ])('settings are refused for %s', async (_, body, path) => {
    expect(await refused(body, '/api/settings')).toEqual([422, [path]]);
  });

  test('exemptions of one unit and kind do not overlap, but may follow each other', async () => {
    const first = await write(exemption);
    for (const span of [
      { from: '2025-06-30', to: null },
      { from: '2024-01-01', to: '2025-01-01' },
      { from: '2025-02-01', to: '2025-03-01' },
    ])
      expect(await refused(free(span))).toEqual([422, ['row.from']]);
    const next = await write(free({ from: '2025-07-01', to: null }));
    const other = await write(free({ kind: 'general_meeting' }));
    expect(await refused({ ...free({ to: '2025-07-01' }), action: 'change', id: first.id })).toEqual([
      422,
      ['row.from'],
    ]);
    for (const { undo } of [first, next, other]) await write(undo);
  });

  test('a preview tells what then happens, and changes nothing', async () => {
    const changes = [exemption, never, norm({ layer: 'centre', unit: null, every: 'year' })];
    for (const change of changes) {
      const before = await everything(s);
      const told = await preview(change);
      expect(await everything(s)).toBe(before);
      expect(told.total).toBe(told.moved.length);
      expect(told.asOf).toBe('2025-12-31');
      const questions = ['unit=C', 'unit=C&by=unit'].flatMap((scope) => [
        `kpi=norm_compliance&${scope}&years=2023,2024,2025`,
        `kpi=norm_compliance&${scope}&years=2025&grain=month`,
      ]);
      const figures = async (): Promise<Map<string, unknown>> => {
        const answers = await Promise.all(questions.map(ask));
        return new Map(
          answers
            .flatMap((a) => a.cells)
            .map(({ unit, period, value, numerator, denominator, status }) => [
              `${unit} ${period}`,
              { value, numerator, denominator, status },
            ]),
        );
      };
      const was = await figures();
      const made = await write(change);
      const is = await figures();
      const moved = [...was].filter(
        ([place, figure]) => JSON.stringify(is.get(place)) !== JSON.stringify(figure),
      );
      expect(moved.length).toBeGreaterThan(0);
      expect(new Map(told.moved.map((m) => [`${m.unit} ${m.period}`, [m.before, m.after]]))).toEqual(
        new Map(moved.map(([place, figure]) => [place, [figure, is.get(place)]])),
      );
      await write(made.undo);
    }
  });

  test('a preview of an exemption says the unit’s and the centre’s year', async () => {
    const { moved } = await preview(exemption);
    const year = (unit: string) => moved.find((m) => m.unit === unit && m.period === '2025');
    // Beside 12 theme days: 4 general meetings, 12 committees and two yearly meetings, none of them held.
    expect(year('A')).toMatchObject({
      before: { numerator: 9, denominator: 30 },
      after: { numerator: 6, denominator: 24 },
    });
    expect(year('C')).toMatchObject({ before: { denominator: 60 }, after: { denominator: 54 } });
    expect(moved.some((m) => m.unit === 'B')).toBe(false);
    expect(moved.filter((m) => m.unit === 'A' && m.period.length === 7).length).toBe(6);
  });

  test('a preview of a figure’s norm says who would meet it otherwise', async () => {
    // A's 400 hours over 20 members are 20 hours each: under 32, over 18.
    const change = norm({ kpi: 'study_hours_per_member', value: 18 }, figure);
    const told = await preview(change);
    expect(told.moved).toEqual([]);
    expect(
      told.flips.map((f) => [f.unit, f.period, f.value, f.normBefore, f.normAfter, f.metBefore, f.metAfter]),
    ).toEqual([['A', '2025', 20, 32, 18, false, true]]);
    expect(told.total).toBe(1);
  });

  test('a preview of what moves no figure says so', async () => {
    const definition = {
      what: 'definition',
      action: 'add',
      row: { kpi: 'visits', on: '2025-07-01', note: '改为按次统计' },
    };
    expect(await preview(definition)).toEqual({ moved: [], flips: [], total: 0, asOf: '2025-12-31' });
    const outside = await preview(free({ from: '2030-01-01', to: null }));
    expect([outside.moved, outside.total]).toEqual([[], 0]);
    const made = await write(definition);
    expect((await rules()).definitionChanges).toEqual([
      { id: made.id, version: made.dataVersion, ...definition.row },
    ]);
    const { context } = await ask('kpi=visits&years=2025');
    expect(context.changes.map((c) => [c.on, c.what])).toEqual([['2025-07-01', 'definition']]);
    await write(made.undo);
  });

  test('a preview of another year says how the centre’s figures are cut anew', async () => {
    const before = await everything(s);
    const told = await preview({ what: 'setting', action: 'change', row: { yearStart: 7 } });
    expect(await everything(s)).toBe(before);
    // Theme days of A from July 2025 on are of the year 2025, those before of 2024.
    expect(told.moved.find((m) => m.kpi === 'norm_compliance' && m.period === '2025')).toMatchObject({
      unit: 'C',
      before: { numerator: 11 },
      after: { numerator: 6 },
    });
  });

  test('many at once: previews and changes do not disturb each other', async () => {
    const was = await version();
    const kinds = ['general_meeting', 'committee_meeting', 'organisational_life'];
    const [told, ...made] = await Promise.all([
      preview(exemption),
      ...kinds.map((kind) => write(free({ kind }))),
    ]);
    expect(told.moved.find((m) => m.unit === 'A' && m.period === '2025')).toMatchObject({
      before: { numerator: 9 },
      after: { numerator: 6 },
    });
    expect(made.map((m) => m.dataVersion).sort()).toEqual([was + 1, was + 2, was + 3]);
    for (const { undo } of made) await write(undo);
  });
});

describe('a centre without ledgers', () => {
  test('has rules, and no figures that they could move', async () => {
    const s = await served();
    await smallCentre(s.db, [{ code: 'A', parent: null, level: 'branch' }], []);
    const reply = await s.as('admin', '/api/rules/preview', jsonBody({ change: exemption }));
    expect(previewReply.parse(await reply.json())).toEqual({ moved: [], flips: [], total: 0, asOf: null });
    await s.close();
  });
});
