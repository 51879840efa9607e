import { createHash } from 'node:crypto';

/** SHA-256 of parsed content: the same content twice has the same fingerprint, wherever it was written. */
export const fingerprint = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex');

/** The n-th contradiction of a code over the same content: told from the others by its number, and the same when the file comes again. */
export const contradictionPrint = (code: string, content: string, n: number): string =>
  fingerprint([`${code} ${content}`, n]);
