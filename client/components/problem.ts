import { ApiProblem } from '../api.ts';
import type { WordKey } from '../i18n.ts';

/** Statuses that have a sentence of their own. */
const told = [400, 401, 403, 404, 409, 413, 415, 422, 429] as const;

/** The sentence that says, in the reader's language, what an error means to whoever meets it. */
export function sentenceFor(error: Error): WordKey {
  if (!(error instanceof ApiProblem)) return 'problem.unknown';
  if (error.isLost) return 'problem.lost';
  if (error.status >= 500) return 'problem.broken';
  const status = told.find((s) => s === error.status);
  return status === undefined ? 'problem.refused' : `problem.${status}`;
}
