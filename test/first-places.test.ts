import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FirstPlaces } from '../server/ledger/first-places.ts';

const printOf = (content: number): string => createHash('sha256').update(String(content)).digest('hex');

test('a print is kept where it stood first, however many come between and however often it comes', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3000), { maxLength: 9000 }), (contents) => {
      const places = new FirstPlaces();
      const first = new Map<number, number>();
      contents.forEach((content, i) => {
        const before = first.get(content) ?? null;
        if (before === null) first.set(content, i + 1);
        expect(places.keep(printOf(content), i + 1)).toBe(before);
      });
    }),
    { numRuns: 20 },
  );
});

test('it grows past its first room and loses nothing', () => {
  const places = new FirstPlaces();
  for (let i = 0; i < 20_000; i++) expect(places.keep(printOf(i), i + 1)).toBeNull();
  for (let i = 0; i < 20_000; i++) expect(places.keep(printOf(i), 99_999)).toBe(i + 1);
});

test('prints that point to one entry, and differ only in their last bits, are told apart', () => {
  const places = new FirstPlaces();
  const prints = [0, 1, 2, 255].flatMap((a) =>
    [0, 1, 4096].map((b) => [7, a, b].map((n) => n.toString(16).padStart(8, '0')).join('')),
  );
  prints.forEach((print, i) => expect(places.keep(print, i + 1)).toBeNull());
  prints.forEach((print, i) => expect(places.keep(print, 99)).toBe(i + 1));
});
