import { createHash } from 'node:crypto';

/** SHA-256 of parsed content: the same content twice has the same fingerprint, wherever it was written. */
export const fingerprint = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex');
