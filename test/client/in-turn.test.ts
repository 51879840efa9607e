import type { Component } from 'vue';
import { afterEach, expect, test, vi } from 'vitest';
import { inTurn, isTakingOver, noneWaits } from '../../client/inTurn.ts';

// Only how Vue is told when to take a part over is asked for here: what it is told.
vi.mock('vue', async (original) => ({
  ...(await original<typeof import('vue')>()),
  defineAsyncComponent: (told: unknown) => told,
}));
const wait = (take: () => void): (() => void) =>
  (inTurn({} as Component) as unknown as { hydrate: (take: () => void) => () => void }).hydrate(take);

afterEach(() => {
  vi.unstubAllGlobals();
});

test('parts are taken over one after the other, and one that is gone is not', async () => {
  const taken: string[] = [];
  wait(() => taken.push('a'));
  wait(() => taken.push('b'))();
  wait(() => taken.push('c'));
  expect([isTakingOver(), taken]).toEqual([true, []]);
  await noneWaits();
  expect([isTakingOver(), taken]).toEqual([false, ['a', 'c']]);
});

test('a part that fails is told of, and the others have their turn', async () => {
  const told: unknown[] = [];
  vi.stubGlobal('reportError', (error: unknown) => told.push(error));
  const taken: string[] = [];
  const failure = new Error('no such element');
  wait(() => {
    throw failure;
  });
  wait(() => taken.push('after'));
  await noneWaits();
  expect([isTakingOver(), taken, told]).toEqual([false, ['after'], [failure]]);
});
