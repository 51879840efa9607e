import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, Response } from 'express';
import multer from 'multer';
import { ZodError } from 'zod';
import type { ProblemReply } from '../shared/api.ts';
import { Refusal, type Fault } from './errors.ts';
import type { Log } from './log.ts';

/** zod's findings, each with the parameter or field that it is about. */
export function faultsOf(error: ZodError): Fault[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: 'is not known here' }))
      : [{ path: issue.path.join('.'), message: messageOf(issue) }],
  );
}

/** A finding in words of ours: zod's own for a wrong type are about its types, not about what was asked. */
export function messageOf(issue: ZodError['issues'][number]): string {
  if (issue.code !== 'invalid_type') return issue.message;
  if (issue.message.endsWith('received undefined')) return 'is missing';
  // An address can only repeat a parameter; a body can hold whatever JSON has.
  if (issue.expected === 'string' && !issue.message.endsWith('received array')) return 'is not text';
  return (
    {
      number: 'is not a number',
      int: 'is not a whole number',
      boolean: 'is neither 1 nor 0',
      string: 'stands more than once',
    }[issue.expected as string] ?? issue.message
  );
}

/** RFC 9457. The title is the status's own name, as `about:blank` asks. */
export function problem(status: number, detail: string, errors: readonly Fault[] = []): ProblemReply {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    ...(errors.length > 0 && { errors: [...errors] }),
  };
}

export function sendProblem(res: Response, body: ProblemReply): void {
  res.removeHeader('ETag');
  res
    .status(body.status)
    .set('Cache-Control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(body));
}

const uploadFaults: Partial<Record<multer.MulterError['code'], string>> = {
  LIMIT_FILE_SIZE: 'the file is larger than any that is taken',
  LIMIT_FILE_COUNT: 'at most 200 files in one import: give a folder as a zip, or in parts',
  LIMIT_PART_COUNT: 'too many parts',
  LIMIT_FIELD_COUNT: 'too many fields',
  LIMIT_FIELD_VALUE: 'a field is too long',
};

/**
 * Any error as a problem: the asker's own are named, those of Express and its parsers keep their
 * status, and the rest is ours, of which the asker learns only under which id it is logged.
 */
export function problemOf(error: unknown, logged: (id: string) => void): ProblemReply {
  if (error instanceof Refusal) return problem(error.status, error.message, error.errors);
  if (error instanceof ZodError) return problem(400, 'what was sent does not parse', faultsOf(error));
  if (error instanceof multer.MulterError) {
    const limit = uploadFaults[error.code];
    const path = error.field ?? 'file';
    if (limit) return problem(413, limit, [{ path, message: limit }]);
    return problem(400, `the form cannot be read: ${error.message}`, [
      { path, message: 'send files in the field "file"' },
    ]);
  }
  const { status, type, message } = (error ?? {}) as { status?: unknown; type?: unknown; message?: string };
  if (type === 'entity.parse.failed')
    return problem(400, 'the body is not JSON', [{ path: 'body', message: message ?? '' }]);
  if (type === 'entity.too.large') return problem(413, 'the body may have at most 1 MB');
  if (typeof status === 'number' && status >= 400 && status < 500) return problem(status, message ?? '');
  // busboy throws plain errors for a form that ends early or has no boundary.
  if (
    error instanceof Error &&
    /end of form|Boundary not found|Malformed part|Unsupported content type/i.test(error.message)
  )
    return problem(400, `the form cannot be read: ${error.message}`);
  const id = randomUUID();
  logged(id);
  return problem(500, `something went wrong here; it is in the log under ${id}`);
}

/** The last handler: every error leaves as a problem, none with its stack. */
export const problems =
  (log: Log): ErrorRequestHandler =>
  (error, req, res, next) => {
    if (res.headersSent) return next(error);
    sendProblem(
      res,
      problemOf(error, (id) =>
        log.error({ id, err: error, method: req.method, path: req.path }, 'request failed'),
      ),
    );
  };
