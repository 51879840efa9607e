import { describe, expect, test } from 'vitest';
import { clearOf, type Stretch } from '../../shared/charts/shapes.ts';

const height = 16;
const room: Stretch = [40, 300];
const liesOver = (y: number, taken: readonly Stretch[]): boolean =>
  taken.some(([from, to]) => y + height / 2 > from && y - height / 2 < to);

describe('a name beside a line, clear of the others', () => {
  test('stays where nothing is', () => {
    expect(clearOf(100, [], { height, room })).toBe(100);
    expect(clearOf(100, [[120, 140]], { height, room })).toBe(100);
  });

  test('moves over or under what is in its way, whichever is nearer', () => {
    expect(clearOf(100, [[95, 120]], { height, room })).toBe(87);
    expect(clearOf(100, [[80, 105]], { height, room })).toBe(113);
  });

  test('does not leave its room, and stays where no place is free', () => {
    expect(clearOf(50, [[45, 120]], { height, room })).toBe(128);
    expect(clearOf(100, [[0, 400]], { height, room })).toBe(100);
  });

  test('of many lines: no place that is free is nearer, tried pixel by pixel', () => {
    // Numbers of a fixed generator (Lehmer, 48271), so that a failure can be made again.
    let seed = 7;
    const next = (most: number): number => ((seed = (seed * 48_271) % 2_147_483_647) % (most * 4)) / 4;
    for (let i = 0; i < 500; i++) {
      const wanted = 48 + next(244);
      const taken = Array.from({ length: 1 + Math.floor(next(5)) }, (): Stretch => {
        const from = 30 + next(270);
        return [from, from + next(40)];
      });
      const found = clearOf(wanted, taken, { height, room });
      const free = Array.from({ length: (300 - 40 - height) * 4 + 1 }, (_, n) => 48 + n / 4).filter(
        (y) => !liesOver(y, taken),
      );
      const nearest = Math.min(...free.map((y) => Math.abs(y - wanted)));
      expect(Math.abs(found - wanted)).toBe(free.length > 0 ? nearest : 0);
      expect(free.length === 0 || !liesOver(found, taken)).toBe(true);
    }
  });
});
