import { randomBytes } from 'node:crypto';

/**
 * A name that nobody can guess, fit for an address, a file's name and a command line: it never begins with a hyphen, which
 * a command would take for an option.
 * @param bytes of chance in it
 */
export function newId(bytes: number): string {
  for (;;) {
    const id = randomBytes(bytes).toString('base64url');
    if (!id.startsWith('-')) return id;
  }
}
