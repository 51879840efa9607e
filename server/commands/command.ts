import { Command, InvalidArgumentError } from 'commander';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Connection } from '../../db/connect.ts';
import type { Lang } from '../../shared/text.ts';
import { readEnv, type Env } from '../env.ts';
import { Refusal } from '../errors.ts';
import { openDatabase } from '../main.ts';

/** The world of the command line, passed in whole so that tests pass their own. */
export type Shell = {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the user stands; file names are read from there. */
  readonly from: string;
  readonly lang: Lang;
  readonly now: () => Date;
  readonly version: string;
  /** Where the built pages are. */
  readonly clientDir: string;
  /** Whole lines to standard output and standard error. */
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
};

/** Wrong words after a command: exit 2. */
export class Misuse extends InvalidArgumentError {}

/** A command that found something amiss and has said so: exit 1 without another word. */
export class Failed extends Error {}

/** Runs with the settings' database open, and closes it whatever happens. */
export async function withDatabase<T>(
  shell: Shell,
  work: (connection: Connection, env: Env) => Promise<T>,
): Promise<T> {
  const env = readEnv(shell.env);
  const connection = await openDatabase(env);
  try {
    return await work(connection, env);
  } finally {
    await connection.db.destroy();
  }
}

/** A file named on the command line. @throws Refusal in one line */
export function readGiven(shell: Shell, name: string): Buffer {
  try {
    return readFileSync(resolve(shell.from, name));
  } catch (error) {
    throw fileRefusal(name, error);
  }
}

/** What the file system refused, in the words of one who gave the name. */
export function fileRefusal(name: string, error: unknown): Refusal {
  const reasons: Record<string, string> = {
    ENOENT: 'there is no such file',
    EISDIR: 'is a folder',
    ENOTDIR: 'is not in a folder',
    EACCES: 'this user may not open it',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
  };
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return new Refusal(code === 'ENOENT' ? 404 : 422, `${name}: ${reasons[code] ?? (error as Error).message}`);
}

/** A whole number within bounds, for commander to read an option with. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const n = Number(text);
    if (!/^\d+$/.test(text) || n < least || n > most)
      throw new Misuse(`"${text}" is not a whole number from ${least} to ${most}.`);
    return n;
  };

export type Register = (program: Command, shell: Shell) => void;
