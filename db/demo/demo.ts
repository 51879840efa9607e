import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { demoCentre } from './centre.ts';
import { filesOf, type DemoFile } from './ledgers.ts';

export type { DemoFile } from './ledgers.ts';

export type DemoOptions = {
  /** Reporting branches. */
  readonly branches?: number;
  /** Years, the last of which is 2026 up to 30 September. */
  readonly years?: number;
  readonly seed?: number;
};

/**
 * The ledgers of an invented pilotage centre, as its branches and party office would keep them.
 * The first file is `units.csv`; names may have a folder (`2024/…`). The same options give the
 * same bytes on every machine and on every day.
 */
export function demoLedgers({ branches = 20, years = 7, seed = 1 }: DemoOptions = {}): DemoFile[] {
  for (const [name, n, most] of [
    ['branches', branches, 5000],
    ['years', years, 30],
  ] as const)
    if (!Number.isInteger(n) || n < 1 || n > most)
      throw new RangeError(`${name} is a whole number from 1 to ${most}`);
  return filesOf(demoCentre({ branches, years, seed }), seed);
}

export type WriteFile = (path: string, bytes: Uint8Array) => void;

const toDisk: WriteFile = (path, bytes) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
};

/** Writes the demonstration's ledgers into a folder. Returns the names written, the units first. */
export function writeDemo(folder: string, options: DemoOptions = {}, write: WriteFile = toDisk): string[] {
  return demoLedgers(options).map(({ name, bytes }) => {
    write(join(folder, name), bytes);
    return name;
  });
}
