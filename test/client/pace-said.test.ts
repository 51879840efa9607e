import { describe, expect, test } from 'vitest';
import { sayPace, shareText } from '../../client/components/pace/said.ts';
import { barEnd } from '../../client/components/pace/scale.ts';
import type { Pace } from '../../shared/due.ts';
import { slotPace, valuePace, yearGone, type Tally } from '../../shared/pace.ts';

const tally = (asked: number, due: number, met: number, unknown = 0): Tally => ({ asked, met, due, unknown });
const slots = (now: Tally, before: Tally, asOf = '2026-09-30'): Pace => ({
  kpi: 'norm_compliance',
  unit: 'A',
  year: 2026,
  gone: yearGone(asOf).share,
  coverage: { covered: 9, due: 9 },
  ...((judged) => ({ ...judged, before: { ...judged.before, asOf: '2025-09-30' } }))(
    slotPace({ now, before }),
  ),
});
const hours = (numerator: number, missing: number, asOf = '2026-09-30', norm: number | null = 32): Pace => {
  const figure = {
    value: numerator / 20,
    numerator,
    denominator: 20,
    unknown: 0,
    coverage: { covered: 9 - missing, due: 9 },
    status: missing > 0 ? ('partial' as const) : ('ok' as const),
  };
  const judged = valuePace({ norm, gone: yearGone(asOf), now: figure, before: { ...figure, value: 20 } });
  return {
    kpi: 'study_hours_per_member',
    unit: 'A',
    year: 2026,
    gone: yearGone(asOf).share,
    coverage: figure.coverage,
    ...judged,
    before: { ...judged.before, asOf: '2025-09-30' },
  };
};

describe('a pace in words', () => {
  test('now, last year, due by now, and the course', () => {
    const pace = slots(tally(200, 150, 141), tally(200, 150, 122));
    expect(sayPace(pace, 'zh')).toMatchObject({
      now: '已办 141/200（71%）',
      line: '去年此时 61%；到此时应到 75%；照此全年 94%',
      gap: { text: '少办 9 项', tone: 'warn' },
    });
    expect(sayPace(pace, 'en').line).toBe('at this date last year 61%; due by now 75%; on course for 94%');
  });

  test('a range where something is not reported, and how much that is', () => {
    const pace = slots(tally(200, 140, 133, 10), tally(200, 150, 122, 3));
    expect(sayPace(pace, 'zh').line).toBe(
      '去年此时 ≥ 61%；到此时应到 70%；照此全年 89%–95%；10 项台账未报，不知是否已办',
    );
  });

  test('too early to say: the fraction, no projection, no colour', () => {
    const said = sayPace(slots(tally(54, 4, 3), tally(0, 0, 0)), 'zh');
    expect(said).toMatchObject({
      now: '已办 3/54（6%）',
      line: '去年此时：没有应办事项；到此时应到 7%；为时尚早，不作推算',
      gap: { text: '少办 1 项', tone: '' },
    });
    expect(sayPace(slots(tally(54, 4, 3), tally(0, 0, 0)), 'en').course).toBe('too early to say');
  });

  test('not reported is said, and is no zero; all held is on pace', () => {
    const silent = sayPace(slots(tally(54, 0, 0, 40), tally(54, 0, 0, 40)), 'zh');
    expect([silent.now, silent.line, silent.gap]).toEqual(['台账未报', '去年此时：台账未报', null]);
    expect(sayPace(slots(tally(54, 40, 40), tally(54, 40, 0)), 'zh').gap).toEqual({
      text: '跟上',
      tone: 'good',
    });
    expect(sayPace(slots(tally(54, 40, 0), tally(54, 40, 0)), 'zh').now).toBe('已办 0/54（0%）');
  });

  test('a year that is over has no due by now and no course, but what it came to', () => {
    const said = sayPace(slots(tally(54, 54, 39), tally(54, 54, 36), '2026-12-31'), 'zh');
    expect(said.line).toBe('去年此时 67%；全年 72%');
    expect(sayPace(hours(400, 1, '2026-12-31'), 'zh').course).toBe('全年至少 20.0 学时');
  });

  test('hours against the norm; where months are missing, at least and without judgement', () => {
    expect(sayPace(hours(440, 0), 'zh')).toMatchObject({
      now: '已有 22.0 学时',
      line: '去年此时 20.0 学时；到此时应到 24.0 学时；照此全年 29.3 学时；全年规定 32.0 学时',
      gap: { text: '差 2.0 学时', tone: 'warn' },
    });
    expect(sayPace(hours(440, 2), 'zh')).toMatchObject({
      now: '已有 ≥ 22.0 学时',
      course: '照此全年至少 29.3 学时',
      gap: { text: '差 2.0 学时', tone: '' },
    });
    expect(sayPace(hours(480, 0), 'en').gap).toEqual({ text: 'on pace', tone: 'good' });
    expect(sayPace(hours(440, 0, '2026-09-30', null), 'zh').gap).toBeNull();
  });

  test('what is not quite all is not called all', () => {
    expect([shareText(0.996), shareText(1), shareText(0.004), shareText(0), shareText(0.9401)]).toEqual([
      '99.6%',
      '100%',
      '0.4%',
      '0%',
      '94%',
    ]);
  });

  test('bars below each other end where the longest does', () => {
    expect(barEnd([slots(tally(54, 40, 40), tally(54, 40, 20))])).toBe(1);
    expect(barEnd([hours(440, 0), hours(900, 0)])).toBe(60);
  });
});
