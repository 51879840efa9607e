import { expect, test } from 'vitest';
import { newId } from '../server/ids.ts';

test('a name fits an address, a file and a command line', () => {
  // One in 64 would begin with a hyphen.
  const ids = Array.from({ length: 5_000 }, () => newId(12));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[A-Za-z0-9_][A-Za-z0-9_-]{15}$/.test(id))).toEqual([]);
});
