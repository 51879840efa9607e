import { writeSync } from 'node:fs';

/** What a process that is to be killed says of its work: written at once, so that it is heard whatever comes next. */
export const say = (word: 'READY' | 'BEGUN' | 'DONE'): void => void writeSync(1, `${word}\n`);

/** Says BEGUN at the first step of the work. */
export function beginning(): () => void {
  let isBegun = false;
  return () => {
    if (!isBegun) say('BEGUN');
    isBegun = true;
  };
}

export const doer = { now: () => new Date('2025-11-20T08:00:00Z'), actor: 'office' };
