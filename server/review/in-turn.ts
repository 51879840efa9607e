import { setImmediate } from 'node:timers/promises';

/**
 * Makes one after another. A question to SQLite is answered without a pause, and a report is made of many:
 * between two of them the server answers others.
 */
export async function inTurn<T, R>(items: readonly T[], make: (item: T) => Promise<R>): Promise<R[]> {
  const made: R[] = [];
  for (const item of items) {
    await setImmediate();
    made.push(await make(item));
  }
  return made;
}
