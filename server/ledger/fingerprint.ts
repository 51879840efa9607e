import { hash } from 'node:crypto';

/** SHA-256 of parsed content, hexadecimal: the same content twice has the same fingerprint, wherever it was written. */
export const fingerprint = (content: unknown): string => printOf(JSON.stringify(content));

/** The same of content that is JSON already. */
export const printOf = (json: string): string => hash('sha256', json, 'hex');

/** The n-th contradiction of a code over the same content: told from the others by its number, and the same when the file comes again. */
export const contradictionPrint = (code: string, content: string, n: number): string =>
  fingerprint([`${code} ${content}`, n]);
