/** A place in what was asked, and what is wrong there. `path` is a parameter, a field or a cell. */
export type Fault = { readonly path: string; readonly message: string };

/**
 * The one error that is the asker's to mend. Becomes `application/problem+json` over HTTP and one
 * clear line on the command line. Statuses: 400 does not parse · 401 · 403 · 404 · 409 conflict ·
 * 413 too large · 415 · 422 parses but cannot be.
 */
export class Refusal extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429,
    message: string,
    readonly errors: readonly Fault[] = [],
  ) {
    super(message);
    this.name = 'Refusal';
  }
}
