import { describe, expect, test } from 'vitest';
import { change, isSaid, type Change } from '../shared/change.ts';
import type { Context, RuleChange, UnitEvent } from '../shared/context.ts';
import { noContext } from '../shared/no-context.ts';
import { formatChange, formatVerdict } from '../shared/format.ts';
import type { Kpi } from '../shared/kpi.ts';
import { perMember } from '../shared/kpi.ts';
import { kpiById } from '../shared/kpis.ts';
import type { Cell } from '../shared/query.ts';
import { UnitTree, type Unit } from '../shared/unit.ts';

const kpi = (id: string): Kpi => kpiById.get(id)!;
const sessions = kpi('study_sessions');
const rate = kpi('attendance_rate');

const unit = (code: string, rest: Partial<Unit> = {}): Unit => ({
  code,
  name: `${code}引航站党支部`,
  parent: 'C',
  level: 'branch',
  openedOn: null,
  closedOn: null,
  mergedInto: null,
  ...rest,
});
/** Two areas with two branches each; B was in the south until the end of June 2024, X went into A at the end of 2024. */
const units: Unit[] = [
  unit('C', { parent: null, level: 'centre', name: '中心' }),
  unit('N', { level: 'centre', name: '北片' }),
  unit('S', { level: 'centre', name: '南片' }),
  unit('A', { parent: 'N' }),
  unit('B', {
    parent: 'N',
    past: [{ until: '2024-06-30', name: 'B引航站党支部', parent: 'S' }],
  }),
  unit('D', { parent: 'S' }),
  unit('X', { parent: 'N', closedOn: '2024-12-31', mergedInto: 'A' }),
  unit('A1', { parent: 'A', level: 'group' }),
];
const tree = new UnitTree(units);

const cell = (period: string, of: Partial<Cell> = {}): Cell => ({
  kpi: 'study_sessions',
  unit: 'A',
  period,
  value: 20,
  numerator: 20,
  denominator: null,
  records: 20,
  unknown: 0,
  coverage: { covered: 12, due: 12 },
  status: 'ok',
  ...of,
});
const share = (period: string, numerator: number, denominator = 100, of: Partial<Cell> = {}): Cell =>
  cell(period, {
    kpi: 'attendance_rate',
    numerator,
    denominator,
    value: denominator === 0 ? null : numerator / denominator,
    ...of,
  });

type Of = {
  kpi?: Kpi;
  now?: Cell;
  then?: Cell | null;
  context?: Partial<Context>;
  around?: Partial<Parameters<typeof change>[4]>;
};
const judge = ({ kpi: of = sessions, now, then, context, around }: Of = {}): Change =>
  change(
    of,
    now ?? cell('2025', { value: 25 }),
    then === undefined ? cell('2024') : then,
    { ...noContext, ...context },
    { tree, ...around },
  );
const codes = (c: Change): string[] => c.reasons.map((r) => `${r.code} ${r.verdict}`);
const zh = (c: Change): string => formatVerdict(c, 'zh');
const en = (c: Change): string => formatVerdict(c, 'en');

const event = (type: UnitEvent['type'], on: string, code = 'A', other: string | null = null): UnitEvent => ({
  unit: code,
  on,
  type,
  other,
});

describe('two whole figures of the same unit', () => {
  test('are comparable, and there is nothing to say', () => {
    const so = judge();
    expect([so.delta, so.relative, so.verdict, so.reasons, so.because]).toEqual([
      5,
      0.25,
      'comparable',
      [],
      null,
    ]);
    expect(zh(so)).toBe('可比');
  });
  test('rates move in percentage points', () => {
    const so = judge({ kpi: rate, now: share('2025', 90), then: share('2024', 87) });
    expect(formatChange(rate, so, 'en')).toBe('+3.0 percentage points');
  });
});

describe('without a base', () => {
  test('of zero the change is shown as it is', () => {
    const so = judge({ then: cell('2024', { value: 0 }) });
    expect([so.verdict, so.delta, so.relative]).toEqual(['not_comparable', 25, null]);
    expect(codes(so)).toEqual(['no_base not_comparable']);
    expect([zh(so), en(so)]).toEqual(['不可比：没有基数', 'not comparable: no base']);
    expect(formatChange(sessions, so, 'zh')).toBe('+25 次');
    expect(isSaid(so)).toBe(true);
  });
  test('a rate moves from 0 % as from anywhere', () => {
    const so = judge({ kpi: rate, now: share('2025', 5), then: share('2024', 0) });
    expect(so.verdict).toBe('comparable');
    expect(formatChange(rate, so, 'zh')).toBe('+5.0 个百分点');
  });
  test.each([
    [null, '没有基数：没有去年的数'],
    [cell('2024', { value: null, status: 'none' }), '没有基数：去年同期台账未报'],
    [cell('2024', { value: null, status: 'na' }), '没有基数：去年同期没有数值'],
  ])('%#', (then, text) => {
    const so = judge({ then });
    expect([so.verdict, so.delta, so.because?.zh]).toEqual(['not_comparable', null, text]);
    expect(formatChange(sessions, so, 'zh')).toBe('');
  });
  test.each([
    ['none', '本期台账未报'],
    ['na', '本期没有数值'],
  ] as const)('nothing now: %s', (status, text) => {
    const so = judge({ now: cell('2025', { value: null, status }) });
    expect([so.verdict, so.because?.zh]).toEqual(['not_comparable', text]);
  });
});

test('a denominator of 9 is too few on either side, of 10 is not', () => {
  const of = (now: number, then: number): Change =>
    judge({ kpi: rate, now: share('2025', 5, now), then: share('2024', 5, then) });
  expect(codes(of(9, 100))).toEqual(['few not_comparable']);
  expect(codes(of(100, 9))).toEqual(['few not_comparable']);
  expect(codes(of(10, 10))).toEqual([]);
  expect(formatChange(rate, of(9, 100), 'zh')).toBe('');
});

describe('ledgers missing', () => {
  const partial = { status: 'partial', coverage: { covered: 9, due: 12 } } as const;
  const gap = (code: string, from: string, to = from) => ({
    unit: code,
    family: 'activity' as const,
    from,
    to,
  });
  test('are named by branch and months, of both periods', () => {
    const so = judge({
      now: cell('2025', partial),
      then: cell('2024', partial),
      context: { gaps: [gap('A', '2024-04', '2024-05'), gap('A', '2025-01')] },
    });
    expect(so.verdict).toBe('partial');
    expect(zh(so)).toBe('部分可比：缺A站 2024年4、5月，2025年1月三会一课台账');
    expect(en(so)).toBe(
      'partly comparable: A站 lacks the meetings and study ledger of Apr–May 2024, Jan 2025',
    );
    expect(so.reasons[0]).toMatchObject({
      code: 'gaps',
      units: ['A'],
      months: ['2024-04', '2024-05', '2025-01'],
    });
  });
  test('several branches: two by name, and how many more', () => {
    const so = judge({
      now: cell('2025', { unit: 'C', ...partial }),
      then: cell('2024', { unit: 'C' }),
      context: {
        gaps: [gap('A', '2025-04', '2025-05'), gap('B', '2025-06', '2025-08'), gap('D', '2025-02')],
      },
    });
    expect(so.because).toEqual({
      zh: '3 个支部缺三会一课台账：A站 2025年4、5月、B站 2025年6–8月，另有 1 个',
      en: '3 branches lack the meetings and study ledger: A站 Apr–May 2025, B站 Jun–Aug 2025 and 1 more',
    });
  });
  test('those of other units, ledgers and months are none of the figure’s', () => {
    const so = judge({
      now: cell('2025', partial),
      context: {
        gaps: [gap('D', '2025-04'), gap('A', '2023-04'), { ...gap('A', '2025-04'), family: 'visit' }],
      },
    });
    // What is not named is counted.
    expect(so.because?.zh).toBe('本期台账只报 9/12 个支部月');
  });
  test('a unit’s gap counts where it stood in that month', () => {
    const south = (period: string) => cell(period, { unit: 'S', ...partial });
    const context = { gaps: [gap('B', '2024-03', '2024-09')] };
    const so = judge({ now: cell('2025', { unit: 'S' }), then: south('2024'), context });
    expect(so.reasons.find((r) => r.code === 'gaps')?.months).toEqual([
      '2024-03',
      '2024-04',
      '2024-05',
      '2024-06',
    ]);
  });
  test('only the months up to the cut count', () => {
    const so = judge({
      now: cell('2025', partial),
      context: { gaps: [gap('A', '2024-11'), gap('A', '2025-02')] },
      then: cell('2024', partial),
      around: { asOf: '2025-03-31', toDate: true },
    });
    expect(so.reasons[0]?.months).toEqual(['2025-02']);
  });
  test('completeness is itself the measure of what is missing', () => {
    const complete = kpi('ledger_completeness');
    const of = (period: string): Cell => share(period, 9, 12, { kpi: complete.id, ...partial });
    const so = judge({
      kpi: complete,
      now: of('2025'),
      then: of('2024'),
      context: { gaps: [gap('A', '2025-04')] },
    });
    expect(so.verdict).toBe('comparable');
  });
});

describe('figures unknown', () => {
  test('are counted in a sum', () => {
    const so = judge({ now: cell('2025', { unknown: 2 }), then: cell('2024', { unknown: 1 }) });
    expect([so.verdict, so.because?.zh, so.because?.en]).toEqual([
      'partial',
      '3 条数不明',
      '3 figures unknown',
    ]);
    expect(judge({ now: cell('2025', { unknown: 1 }) }).because?.en).toBe('1 figure unknown');
  });
  test('a rate leaves them out of both halves; a count per member lacks them', () => {
    expect(
      judge({ kpi: rate, now: share('2025', 90, 100, { unknown: 3 }), then: share('2024', 90) }).verdict,
    ).toBe('comparable');
    const members = { denominator: 20, numerator: 30, value: 1.5 };
    expect(
      judge({
        kpi: perMember(sessions),
        now: cell('2025', { ...members, unknown: 3 }),
        then: cell('2024', members),
      }).verdict,
    ).toBe('partial');
  });
});

describe('what happened to the unit', () => {
  test.each([
    ['took_in', 'X', '2025年1月1日X站并入', 'merged X站 on 1 Jan 2025'],
    ['merged', 'D', '2025年1月1日并入D站', 'merged into D站 on 1 Jan 2025'],
    ['split', 'D', '2025年1月1日D站分出', 'D站 split off on 1 Jan 2025'],
    ['split_off', 'D', '2025年1月1日从D站分出', 'split off from D站 on 1 Jan 2025'],
    ['opened', null, '2025年1月1日成立', 'opened on 1 Jan 2025'],
    ['closed', null, '2025年1月1日撤销', 'closed on 1 Jan 2025'],
  ] as const)('%s: not comparable', (type, other, textZh, textEn) => {
    const so = judge({ context: { events: [event(type, '2025-01-01', 'A', other)] } });
    expect([so.verdict, so.because]).toEqual(['not_comparable', { zh: textZh, en: textEn }]);
    expect(codes(so)).toEqual([`${type} not_comparable`]);
    // The difference of two things is no change of one.
    expect([isSaid(so), formatChange(sessions, so, 'zh')]).toEqual([false, '']);
  });
  test('counts from the day after the earlier period begins to the last day of the later one', () => {
    const on = (day: string, around: Of['around'] = {}): string =>
      judge({ context: { events: [event('opened', day)] }, around }).verdict;
    expect(['2024-01-01', '2024-01-02', '2025-12-31', '2026-01-01'].map((d) => on(d))).toEqual([
      'comparable',
      'not_comparable',
      'not_comparable',
      'comparable',
    ]);
    // Between the same days of two years lies the rest of the earlier one.
    const cut = { asOf: '2025-03-31', toDate: true };
    expect(['2024-11-01', '2025-03-31', '2025-04-01'].map((d) => on(d, cut))).toEqual([
      'not_comparable',
      'not_comparable',
      'comparable',
    ]);
  });
  test('a year that begins in April has its own days', () => {
    const on = (day: string): string =>
      judge({ context: { events: [event('opened', day)] }, around: { yearStart: 4 } }).verdict;
    expect(['2024-04-01', '2024-04-02', '2026-03-31', '2026-04-01'].map(on)).toEqual([
      'comparable',
      'not_comparable',
      'not_comparable',
      'comparable',
    ]);
  });
  test('a new name, and a move of the whole, are the same unit', () => {
    const events = [event('renamed', '2025-01-01', 'A', '老名字'), event('moved', '2025-01-01', 'A', 'S')];
    expect(judge({ context: { events } }).reasons).toEqual([]);
  });
  test('a figure of a part of its period is not set beside a whole one', () => {
    const events = [event('moved', '2024-07-01', 'B', 'S')];
    const so = judge({
      now: cell('2025', { unit: 'B' }),
      then: cell('2024', { unit: 'B', within: 'N' }),
      context: { events },
    });
    expect([so.verdict, so.because?.zh]).toEqual(['not_comparable', '2024年7月1日划转，只计属于北片的月份']);
  });
  test('in today’s structure what was taken in is no break, what was split still is', () => {
    const events = [event('took_in', '2025-01-01', 'A', 'X'), event('merged', '2025-01-01', 'X', 'A')];
    expect(judge({ context: { events }, around: { structure: 'today' } }).reasons).toEqual([]);
    const split = [event('split', '2025-01-01', 'A', 'D')];
    expect(judge({ context: { events: split }, around: { structure: 'today' } }).verdict).toBe(
      'not_comparable',
    );
  });
  test('events of other units are none of the figure’s', () => {
    expect(judge({ context: { events: [event('closed', '2025-01-01', 'D')] } }).reasons).toEqual([]);
  });
});

describe('what happened inside a scope', () => {
  const of = (code: string, events: UnitEvent[], around: Of['around'] = {}): Change =>
    judge({
      now: cell('2025', { unit: code }),
      then: cell('2024', { unit: code }),
      context: { events },
      around,
    });
  const move = [event('moved', '2024-07-01', 'B', 'S')];
  const merge = [event('merged', '2025-01-01', 'X', 'A'), event('took_in', '2025-01-01', 'A', 'X')];

  test('a scope that lost or won a unit is not the same scope', () => {
    expect(of('N', move).because?.zh).toBe('2024年7月1日B站由南片划转');
    expect(of('S', move).verdict).toBe('not_comparable');
    expect(of('N', move).reasons[0]).toMatchObject({ code: 'moved', units: ['B', 'S'] });
  });
  test('above both nothing moved', () => expect(of('C', move).reasons).toEqual([]));
  test('in today’s structure the scopes are the same', () => {
    expect(of('N', move, { structure: 'today' }).reasons).toEqual([]);
    expect(of('S', move, { structure: 'today' }).reasons).toEqual([]);
  });
  test('a merger within it breaks nothing; across its edge it does, and is told once', () => {
    expect(of('N', merge).reasons).toEqual([]);
    const across = [event('merged', '2025-01-01', 'X', 'D'), event('took_in', '2025-01-01', 'D', 'X')];
    expect(codes(of('N', across))).toEqual(['merged not_comparable']);
    expect(of('S', across).because?.zh).toBe('2025年1月1日X站并入D站');
  });
  test('a split across the edge is a break in either structure', () => {
    const across = [event('split_off', '2025-01-01', 'D', 'A'), event('split', '2025-01-01', 'A', 'D')];
    for (const structure of ['then', 'today'] as const)
      expect(codes(of('N', across, { structure }))).toEqual(['split_off not_comparable']);
  });
  test('a branch that opened or closed makes it partly comparable, a party group does not', () => {
    expect(codes(of('N', [event('opened', '2025-03-01', 'B')]))).toEqual(['opened partial']);
    expect(of('N', [event('closed', '2025-03-01', 'B')]).because?.en).toBe('B站 closed on 1 Mar 2025');
    expect(of('N', [event('opened', '2025-03-01', 'A1')]).reasons).toEqual([]);
  });
});

describe('what changed in the rules', () => {
  const norms = kpi('norm_compliance');
  const rule = (what: RuleChange['what'], code: string | null, of = norms.id): RuleChange => ({
    kpi: of,
    unit: code,
    on: '2025-01-01',
    what,
    text: { zh: '新规', en: 'the new rule' },
  });
  const of = (change: RuleChange, code = 'A', id = norms): Change =>
    judge({
      kpi: id,
      now: share('2025', 90, 100, { unit: code, kpi: id.id }),
      then: share('2024', 80, 100, { unit: code, kpi: id.id }),
      context: { changes: [change] },
    });
  test('a definition: not comparable', () => {
    const so = of(rule('definition', null, rate.id), 'A', rate);
    expect([so.verdict, so.because?.zh, so.because?.en]).toEqual([
      'not_comparable',
      '2025年1月1日起口径变更：新规',
      'definition changed on 1 Jan 2025: the new rule',
    ]);
  });
  test('of another figure it is nothing', () =>
    expect(of(rule('definition', null, 'visits')).reasons).toEqual([]));
  test('which meetings are asked for: not comparable where it binds the whole scope', () => {
    expect(of(rule('norm', null)).verdict).toBe('not_comparable');
    expect(of(rule('norm', 'N')).verdict).toBe('not_comparable');
    expect(of(rule('norm', 'A')).verdict).toBe('not_comparable');
  });
  test('partly where it binds a unit of it; not at all where it binds another', () => {
    const so = of(rule('norm', 'A'), 'N');
    expect([so.verdict, so.because?.zh]).toEqual(['partial', '2025年1月1日起，A站：新规']);
    expect(of(rule('norm', 'D')).reasons).toEqual([]);
  });
  test('what a figure is held against changes whether it is met, not the figure: said, and comparable', () => {
    const so = of(rule('value', null, rate.id), 'A', rate);
    expect([so.verdict, zh(so)]).toEqual(['comparable', '可比：2025年1月1日起，新规']);
    expect(formatChange(rate, so, 'zh')).toBe('+10.0 个百分点');
  });
});

describe('days', () => {
  test('an unfinished year against a whole one is the reader’s choice, and partly comparable', () => {
    const so = judge({ around: { asOf: '2025-09-15' } });
    expect([so.verdict, so.because?.en]).toEqual(['partial', 'whole years: this year is not over']);
    expect(judge({ around: { asOf: '2025-09-15', toDate: true } }).reasons).toEqual([]);
    expect(judge({ around: { asOf: '2025-12-31' } }).reasons).toEqual([]);
  });
  test('so is a running month', () => {
    const so = judge({ now: cell('2025-09'), then: cell('2024-09'), around: { asOf: '2025-09-15' } });
    expect(so.because?.zh).toBe('本期还没有过完');
  });
});

test('all reasons are kept, the gravest first; the verdict speaks of its own', () => {
  const so = judge({
    now: cell('2025', { unknown: 1 }),
    context: { events: [event('took_in', '2025-01-01', 'A', 'X')] },
    around: { asOf: '2025-09-15' },
  });
  expect(codes(so)).toEqual(['took_in not_comparable', 'unknown partial', 'days partial']);
  expect(zh(so)).toBe('不可比：2025年1月1日X站并入');
});
