import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paperOf, reviewFileName } from '../../server/review/paper-of.ts';
import { reviewOf } from '../../server/review/report.ts';
import type { Review, ReviewFigure, ThemeId } from '../../shared/review.ts';
import { engines, freshDatabase } from '../engines.ts';
import { meetings, problems, services, someBranches, visits, type Meeting } from './branches.ts';

const made = { by: 'test', at: new Date('2025-10-08T02:00:00Z'), origin: 'https://hb.example/' };
const AS_OF = '2025-09-30';

type Days = { readonly from: string; readonly to: string };
const now: Days = { from: '2025-01-01', to: AS_OF };
const before: Days = { from: '2024-01-01', to: '2024-09-30' };
const within =
  ({ from, to }: Days) =>
  (r: { unit: string; date: string }): boolean =>
    r.unit === 'A' && r.date >= from && r.date <= to;
const sum = (of: readonly (number | null)[]): number => of.reduce<number>((n, x) => n + (x ?? 0), 0);

const study = ['collective_study', 'theme_day', 'party_lecture'];
const studied = (days: Days): Meeting[] =>
  meetings.filter(within(days)).filter((m) => m.kinds.some((k) => study.includes(k)));

describe.each(engines)('the figures of a year-end review, counted by hand, on %s', (engine) => {
  let connection: Awaited<ReturnType<typeof freshDatabase>>;
  let a: Review;
  const of = (unit: string, year = 2025, asOf = AS_OF): Promise<Review> =>
    reviewOf(connection.db, { unit, year, asOf }, made);
  beforeAll(async () => {
    connection = await freshDatabase(engine);
    await someBranches(connection.db);
    a = await of('A');
  });
  afterAll(() => connection?.close());

  const themeIn = (review: Review, id: ThemeId) => {
    const theme = review.themes.find((t) => t.id === id);
    if (!theme) throw new Error(`no theme ${id}`);
    return theme;
  };
  const figure = (id: ThemeId, kpi: string, review = a): ReviewFigure => {
    const found = themeIn(review, id).figures.find((f) => f.kpi === kpi);
    if (!found) throw new Error(`no figure ${kpi}`);
    return found;
  };
  const halves = ({ now: n, before: b }: ReviewFigure) => [
    [n.numerator, n.denominator],
    [b.numerator, b.denominator],
  ];
  const both = <T>(count: (days: Days) => T): [T, T] => [count(now), count(before)];

  test('study: events, and hours over the mean of the headcounts', () => {
    expect(halves(figure('study', 'study_sessions'))).toEqual(both((d) => [studied(d).length, null]));
    const hours = (d: Days): number =>
      sum(studied(d).map((m) => (m.present === null || m.hours === null ? null : m.present * m.hours)));
    const per = figure('study', 'study_hours_per_member');
    // Four month's beginnings with 20 members, five with 24; last year 20 throughout.
    expect(per.now.numerator).toBe(hours(now));
    expect(per.now.denominator).toBeCloseTo((4 * 20 + 5 * 24) / 9, 9);
    expect([per.before.numerator, per.before.denominator]).toEqual([hours(before), 20]);
    expect([per.norm?.value, per.standing]).toEqual([32, (per.now.value ?? 0) >= 32 ? 'met' : 'later']);
  });

  test('study by kind: an event of two kinds once in the whole and once in each', () => {
    const kinds = themeIn(a, 'study').byKind.map((f) => [f.kind?.[0], f.now.value, f.before.value]);
    const count = (kind: string, d: Days): number => studied(d).filter((m) => m.kinds.includes(kind)).length;
    expect(kinds.sort()).toEqual(study.toSorted().map((k) => [k, count(k, now), count(k, before)]));
  });

  test('attendance: whoever is not known is in neither half, and named', () => {
    const all = (d: Days): Meeting[] => meetings.filter(within(d));
    const rate = (d: Days, top: (m: Meeting) => number | null, below: (m: Meeting) => number | null) => {
      const whole = all(d).filter((m) => top(m) !== null && below(m) !== null);
      return [sum(whole.map(top)), sum(whole.map(below))];
    };
    const expected = (m: Meeting) => m.expected;
    const able = (m: Meeting) =>
      m.expected === null || m.on_duty === null ? null : m.expected - m.on_duty - m.exempt;
    expect(halves(figure('life', 'attendance_rate'))).toEqual(
      both((d) => rate(d, (m) => m.present, expected)),
    );
    expect(halves(figure('life', 'available_attendance_rate'))).toEqual(
      both((d) => rate(d, (m) => m.present, able)),
    );
    expect(halves(figure('life', 'unexcused_rate'))).toEqual(
      both((d) => rate(d, (m) => m.unexcused, expected)),
    );
    const { unknown } = figure('life', 'attendance_rate');
    expect([unknown.total, unknown.listed.map((e) => [e.date, e.kinds])]).toEqual([
      2,
      [
        ['2025-05-25', ['general_meeting']],
        ['2025-06-12', ['heart_talk']],
      ],
    ]);
  });

  test('what the norms ask, kind by kind, and which periods lack a meeting', () => {
    const told = a.slots
      .filter((s) => s.figure !== null)
      .map((s) => [s.kind, s.figure?.now.numerator, s.figure?.now.denominator, s.missed]);
    expect(told).toEqual([
      // Of quarters that have ended: held in the first two.
      ['general_meeting', 2, 3, ['2025-Q3']],
      ['committee_meeting', 8, 9, ['2025-04']],
      ['theme_day', 9, 9, []],
    ]);
    expect(halves(figure('life', 'norm_compliance'))[0]).toEqual([19, 21]);
    const groups = a.slots.find((s) => s.kind === 'group_meeting');
    expect(groups?.notAsked.map((t) => t.zh)).toEqual(['没有党小组，不要求']);
  });

  test('visits: those with operations apart, by kind, and the month that is not reported', () => {
    const seen = (d: Days, kinds?: readonly string[]) =>
      visits.filter(within(d)).filter((v) => kinds === undefined || kinds.includes(v.kind));
    const near = ['enterprise_visit', 'research_visit'];
    const issues = (d: Days, kinds?: readonly string[]) => {
      const known = seen(d, kinds).filter((v) => v.raised !== null && v.resolved !== null);
      return [sum(known.map((v) => v.resolved)), sum(known.map((v) => v.raised))];
    };
    expect(halves(figure('operations', 'visits'))).toEqual(both((d) => [seen(d, near).length, null]));
    expect(halves(figure('operations', 'visit_issues_resolved_rate'))).toEqual(both((d) => issues(d, near)));
    expect(halves(figure('visits', 'visits'))).toEqual(both((d) => [seen(d).length, null]));
    expect(halves(figure('visits', 'visit_issues_resolved_rate'))).toEqual(both((d) => issues(d)));
    expect(themeIn(a, 'visits').byKind.map((f) => [f.kind?.[0], f.now.value, f.before.value])).toEqual([
      ['enterprise_visit', 2, 1],
      ['condolence_visit', 1, 1],
      ['research_visit', 1, 0],
    ]);
    const { now: n, change } = figure('visits', 'visits');
    expect([n.status, n.coverage, change.verdict]).toEqual(['partial', { covered: 8, due: 9 }, 'partial']);
    expect(themeIn(a, 'visits').gaps.now?.zh).toBe('缺东港站 2025年9月走访台账');
    expect(themeIn(a, 'visits').gaps.before).toBeNull();
  });

  test('volunteering: a lower bound is counted, and once among the unknown', () => {
    const count = (d: Days): number =>
      sum(services.filter(within(d)).map((s) => s.participants ?? s.participants_min));
    const turnouts = figure('volunteering', 'volunteers');
    expect(halves(turnouts)).toEqual(both((d) => [count(d), null]));
    expect([turnouts.now.unknown, turnouts.unknown.listed.map((e) => e.title)]).toEqual([1, ['护学']]);
  });

  test('rectification: by the same days, with what stands open and how long it is past its day', () => {
    const raised = (d: Days) => problems.filter(within(d)).filter((p) => p.nature !== 'long_term');
    const closed = (d: Days): number =>
      raised(d).filter((p) => p.closed_on !== null && p.closed_on <= d.to).length;
    expect(halves(figure('rectification', 'rectification_closure_rate'))).toEqual(
      both((d) => [closed(d), raised(d).length]),
    );
    expect(halves(figure('rectification', 'rectification_overdue'))).toEqual([
      [1, null],
      [1, null],
    ]);
    expect(a.rectification.open.listed.map((i) => [i.title, i.state, i.age])).toEqual([
      ['计划不具体', 'reported', 92],
      ['考勤不及时', 'open', null],
    ]);
    expect(a.rectification.longTerm.listed.map((i) => i.title)).toEqual(['在船党员参学难']);
  });

  test('the events behind are those of the figure, and names of persons are masked', () => {
    const { events } = themeIn(a, 'study');
    expect([events?.total, events?.listed.length]).toEqual([studied(now).length, studied(now).length]);
    expect(events?.listed.map((e) => e.title)).toEqual(
      studied(now)
        .toSorted((x, y) => (x.date < y.date ? -1 : 1))
        .map((m) => m.title),
    );
    const text = JSON.stringify(a);
    for (const name of ['张三', '李四', '王五']) expect(text).not.toContain(name);
    expect(themeIn(a, 'visits').events?.listed).toHaveLength(1);
    expect(themeIn(a, 'operations').events?.listed.map((e) => e.title)).toEqual([
      '甲公司',
      '乙公司',
      '丙码头',
    ]);
  });

  test('others are a band without names: the middle half of the seven that can be compared', () => {
    const { band } = figure('life', 'attendance_rate');
    const own = figure('life', 'attendance_rate').now.value ?? 0;
    // N opened in the year and Q took P in: each has its meetings all the same; U has none, P is gone.
    const rates = [own, 0.6, 0.7, 0.8, 0.9, 0.85, 0.85].toSorted((x, y) => x - y);
    const at = (p: number): number => {
      const place = (rates.length - 1) * p;
      const low = Math.floor(place);
      const [x = 0, y = x] = rates.slice(low, low + 2);
      return x + (y - x) * (place - low);
    };
    expect(band?.units).toBe(rates.length);
    expect(band?.low).toBeCloseTo(at(0.25), 9);
    expect(band?.high).toBeCloseTo(at(0.75), 9);
    expect(figure('study', 'study_sessions').band).toBeNull();
  });

  test('contradictions and what is due next', () => {
    expect(a.contradictions.counts).toEqual([{ code: 'duplicate', count: 1 }]);
    expect(figure('ledgers', 'contradictions').now.value).toBe(1);
    expect(a.next.items.map((i) => [i.title, i.by])).toEqual([]);
    expect(a.next.slots.map((s) => [s.kind, s.period]).slice(0, 2)).toEqual([
      ['committee_meeting', '2025-10'],
      ['theme_day', '2025-10'],
    ]);
  });

  test('a unit without ledgers: no figure at all, not even 0', async () => {
    const u = await of('U');
    for (const theme of u.themes)
      for (const f of [...theme.figures, ...theme.byKind])
        expect([f.kpi, f.now.value, f.before.value]).toEqual([f.kpi, null, null]);
    expect(u.rectification).toMatchObject({ isReported: false, open: { total: 0 } });
    expect(u.themes.map((t) => t.gaps.now?.zh ?? '')).toContainEqual('缺U 2025年1–9月走访台账');
  });

  test('a new, a merging and a merged unit say why their years do not compare', async () => {
    const n = await of('N');
    expect(figure('study', 'study_sessions', n).now).toMatchObject({
      value: 7,
      coverage: { covered: 7, due: 7 },
    });
    expect(figure('study', 'study_sessions', n).change.verdict).toBe('not_comparable');
    expect(n.events.map((e) => e.zh)).toEqual(['2025年3月15日成立']);
    const q = await of('Q');
    expect(q.events.map((e) => e.zh)).toEqual(['2025年7月1日P并入']);
    expect(figure('study', 'study_sessions', q).change.reasons[0]).toMatchObject({ code: 'took_in' });
    const p = await of('P');
    expect(figure('study', 'study_sessions', p).now).toMatchObject({
      value: 6,
      coverage: { covered: 6, due: 6 },
    });
    expect(p.events.map((e) => e.zh)).toEqual(['2025年7月1日并入Q']);
    // Its last day is the year's: what comes after it lies in no year of the report.
    expect((await of('R', 2024)).events.map((e) => e.zh)).toEqual(['2024年12月31日为最后一日，其后撤销']);
    // Looked at on its last day, its end is told all the same.
    expect((await of('P', 2025, '2025-06-30')).events.map((e) => e.zh)).toEqual(['2025年7月1日并入Q']);
  });

  test('a year that is over is whole, whatever later day is asked', async () => {
    const whole = await of('A', 2024);
    expect(whole).toMatchObject({ asOf: '2024-12-31', askedDay: AS_OF, isOver: true });
    const year = { from: '2024-01-01', to: '2024-12-31' };
    expect(figure('study', 'study_sessions', whole).now.value).toBe(studied(year).length);
    expect(figure('visits', 'visits', whole).now.value).toBe(visits.filter(within(year)).length);
    // Closed by the year's last day, though not by the same days.
    expect(halves(figure('rectification', 'rectification_closure_rate', whole))[0]).toEqual([2, 2]);
  });

  test('a year of the centre that begins in April is counted from April', async () => {
    const { db } = connection;
    await db.insertInto('setting').values({ key: 'yearStart', value: '4' }).execute();
    try {
      const review = await of('A', 2025);
      const halfYear = { from: '2025-04-01', to: AS_OF };
      const sameDays = { from: '2024-04-01', to: '2024-09-30' };
      const { now: n, before: b } = figure('study', 'study_sessions', review);
      expect([n.value, b.value]).toEqual([studied(halfYear).length, studied(sameDays).length]);
      expect(review).toMatchObject({ yearStart: 4, isOver: false });
      const paper = paperOf(review, 'zh');
      expect(paper.title).toBe('东港引航站党支部2025/26年度述职材料');
      expect(reviewFileName(review, 'zh')).toBe('东港引航站党支部2025-26年度述职材料.docx');
      expect(paper.notes[0]?.text).toContain('学习次数，2025/26年度4–9月');
    } finally {
      await db.deleteFrom('setting').where('key', '=', 'yearStart').execute();
    }
  });

  test('what cannot be asked is refused by name', async () => {
    await expect(of('NOBODY')).rejects.toMatchObject({ status: 404 });
    await expect(of('A', 2026)).rejects.toMatchObject({ status: 422, errors: [{ path: 'year' }] });
    await expect(of('OLD')).rejects.toMatchObject({ status: 422, errors: [{ path: 'year' }] });
    await expect(of('N', 2024)).rejects.toMatchObject({ status: 422 });
  });
});
