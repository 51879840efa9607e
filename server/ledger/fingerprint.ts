import { hash } from 'node:crypto';

/** SHA-256 of parsed content: the same content twice has the same fingerprint, wherever it was written. */
export const fingerprint = (content: unknown): string => hash('sha256', JSON.stringify(content), 'hex');

/** 96 bits of a fingerprint as a short text of its own, to be held a million times. */
export const printKey = (print: string): string => Buffer.from(print.slice(0, 24), 'hex').toString('latin1');

/** The n-th contradiction of a code over the same content: told from the others by its number, and the same when the file comes again. */
export const contradictionPrint = (code: string, content: string, n: number): string =>
  fingerprint([`${code} ${content}`, n]);
