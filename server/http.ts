import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import multer from 'multer';
import type { ZodType } from 'zod';
import type { Db } from '../db/connect.ts';
import { fromParams } from '../shared/query.ts';
import type { Text } from '../shared/text.ts';
import type { Access } from './auth/roles.ts';
import { authorise, identify, refuseCrossSite, type Who } from './auth/session.ts';
import type { Delivery } from './briefing/send.ts';
import { Refusal } from './errors.ts';
import { sendFile, type FileReply } from './http-file.ts';
import type { Work } from './import/work.ts';
import type { Limits } from './ledger/unreadable.ts';
import type { Log } from './log.ts';
import { faultsOf } from './problem.ts';
import { replyOf } from './replies.ts';
import type { Reader } from './reader/reader.ts';
import type { Renderer } from './snapshot/render-thread.ts';

/** What a route may use of the world outside: passed in, so that tests pass their own. */
export type World = {
  readonly db: Db;
  readonly now: () => Date;
  readonly version: string;
  readonly log: Log;
  /** The address by which the pages are reached, without a slash at its end. */
  readonly publicUrl: string;
  /** Where files of snapshots are made. */
  readonly renderer: Renderer;
  /** Where what takes many questions is asked; absent: here. */
  readonly reader?: Reader;
  /** Where briefings may be posted; absent: nowhere. */
  readonly delivery?: Delivery;
  /** Long work on imports. */
  readonly work: Work;
  /** How far the reading of a file may go. */
  readonly limits: Limits;
};

/** A file that was sent, where it has been put until the answer is given. */
export type Upload = { readonly name: string; readonly path: string; readonly size: number };

export type Call<P, Q, B> = World & {
  /** Never null on a route that is not open. */
  readonly who: Who | null;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly files: readonly Upload[];
  /** Work that goes on after the answer, and needs the files until it ends. */
  readonly keepUntil: (work: Promise<unknown>) => void;
  /** For cookies, and for what is streamed. */
  readonly req: Request;
  readonly res: Response;
};

/** One route, as data: the handler runs it, the OpenAPI document describes it. */
export type Route<P = unknown, Q = unknown, B = unknown, R = unknown> = {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** In Express's form: `/api/imports/:id`. */
  readonly path: string;
  readonly summary: Text;
  readonly access: Access;
  readonly params?: ZodType<P>;
  readonly query?: ZodType<Q>;
  /** JSON; with `files`, the fields beside the files. */
  readonly body?: ZodType<B>;
  readonly files?: true;
  /** The body is a form that a person fills in: what is wrong in a field is 422, wherever it is found. */
  readonly form?: true;
  readonly status?: 200 | 201;
  /** Absent: a file. */
  readonly reply?: ZodType<unknown, R>;
  /** The handler writes the answer itself, bit by bit. */
  readonly stream?: true;
  /** The handler sees itself to work that goes on: it does not wait for that to end. */
  readonly free?: true;
  /** The reply depends on the address, the role and the data version alone: an ETag saves the work. */
  readonly byVersion?: true;
  handle(call: Call<P, Q, B>): Promise<R> | R;
};

/** Binds a route's types together; without it each part would be typed apart. */
export const route = <P, Q, B, R>(r: Route<P, Q, B, R>): Route => r as unknown as Route;

const MB = 1024 * 1024;
export const FILES_MAX = 200;

/** Uploads go to the disk: a large one is never held in memory by the thread that answers. */
const uploading = ({ bytes }: Limits): RequestHandler =>
  multer({
    dest: join(tmpdir(), 'hangbiao-uploads'),
    // A file a little over the reader's limit is refused by the reader, by name; this keeps a disk from filling.
    limits: { files: FILES_MAX, fileSize: 2 * bytes, fields: 20, fieldSize: 1024, parts: FILES_MAX + 20 },
    // Browsers send names as UTF-8 without saying so; the default would make 台账 of it å°è´¦.
    defParamCharset: 'utf8',
    // The folder may be the one place that names a branch. Nothing is ever written by this name.
    preservePath: true,
  }).array('file', FILES_MAX);
const json = express.json({ limit: MB });

const through = (middleware: RequestHandler, req: Request, res: Response): Promise<void> =>
  new Promise(
    (resolve, reject) => void middleware(req, res, (fault?: unknown) => (fault ? reject(fault) : resolve())),
  );

/** Reads the body that the route expects, and no other; only after the asker's right is known. */
async function readBody(
  r: Route,
  upload: RequestHandler,
  { req, res }: { req: Request; res: Response },
): Promise<unknown> {
  if (!r.body) return undefined;
  // Nothing was sent, and nothing need be.
  const isEmpty = req.get('Content-Length') === '0' || req.is('*/*') === null;
  if (isEmpty && !r.files && r.body.safeParse(undefined).success) return undefined;
  const wanted = r.files ? 'multipart/form-data' : 'application/json';
  if (req.is(wanted) === false || (r.files && !req.is(wanted)))
    throw new Refusal(415, `the content type must be ${wanted}`, [
      { path: 'Content-Type', message: String(req.headers['content-type'] ?? 'absent') },
    ]);
  await through(r.files ? upload : json, req, res);
  return r.files ? fromParams((req.body ?? {}) as Record<string, unknown>) : req.body;
}

function uploads(r: Route, req: Request): Upload[] {
  if (!r.files) return [];
  const files = (req.files ?? []) as Express.Multer.File[];
  if (files.length === 0)
    throw new Refusal(400, 'no file was sent', [
      { path: 'file', message: 'send one file or more in the field "file"' },
    ]);
  return files.map((f) => ({ name: f.originalname, path: f.path, size: f.size }));
}

/** @throws Refusal of the status, with the parameter or field that is wrong */
export function parse<T>(
  schema: ZodType<T> | undefined,
  value: unknown,
  status: 400 | 404 | 422,
  what: string,
): T {
  if (!schema) return undefined as T;
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  // In an address a list is one parameter: `years`, not its first item.
  const faults = faultsOf(read.error).map((f) => ({ ...f, path: f.path.replace(/\.\d+$/, '') }));
  const [first] = faults;
  throw new Refusal(
    status,
    first ? `${what} ${first.path ? `"${first.path}" ` : ''}${first.message}` : what,
    faults,
  );
}

/** What the route replies; where that depends on the data alone, the work is done once for each state of them. */
export async function replyTo(r: Route, call: Call<unknown, unknown, unknown>): Promise<unknown> {
  const handle = async (): Promise<unknown> => r.handle(call);
  return r.byVersion ? replyOf(call.db, [call.who?.role, r.path, call.params, call.query], handle) : handle();
}

/** parse, authorise, query, reply: the one shape of every route. */
function handler(r: Route, world: World): RequestHandler {
  const upload = uploading(world.limits);
  return async (req, res) => {
    const who = r.access === 'open' ? null : authorise(await identify(world.db, req, world.now()), r.access);
    if (r.method !== 'get' && who?.via !== 'token') refuseCrossSite(req);
    const params = parse(r.params, req.params, 404, 'there is nothing at this address:');
    const query = parse(r.query, fromParams(req.query), 400, 'parameter');
    const needed: Promise<unknown>[] = [];
    const keepUntil = (work: Promise<unknown>): void => void needed.push(work.catch(() => {}));
    try {
      const body = parse(r.body, await readBody(r, upload, { req, res }), r.form ? 422 : 400, 'field');
      // A change waits until a long one has let go of the database.
      if (r.method !== 'get' && !r.free) await world.work.free();
      const files = uploads(r, req);
      const reply = await replyTo(r, { ...world, who, params, query, body, files, keepUntil, req, res });
      if (!r.stream) send(r, res, reply);
    } finally {
      void Promise.all(needed).then(() => removeUploads(req, world.log));
    }
  };
}

function send(r: Route, res: Response, reply: unknown): void {
  // Figures are for the one who asked; a browser may keep them, but must ask whether they still hold.
  res
    .set('Cache-Control', r.method === 'get' ? 'private, no-cache' : 'no-store')
    .vary('Cookie, Authorization');
  if (!r.reply) sendFile(res, reply as FileReply);
  else res.status(res.statusCode === 200 ? (r.status ?? 200) : res.statusCode).json(reply);
}

async function removeUploads(req: Request, log: Log): Promise<void> {
  for (const { path } of (req.files ?? []) as Express.Multer.File[])
    await rm(path, { force: true }).catch((error: unknown) =>
      log.warn({ error }, 'an upload was left behind'),
    );
}

/** Mounts the routes, in order; a known address asked in another way is 405. */
export function mount(
  router: Router,
  routes: readonly Route[],
  world: World,
  versionTag: (who: Who | null) => Promise<string>,
): void {
  for (const r of routes) {
    if (r.byVersion) router.get(r.path, unchanged(r, world, versionTag));
    router[r.method](r.path, handler(r, world));
  }
  for (const path of new Set(routes.map((r) => r.path))) {
    const methods = routes.filter((r) => r.path === path).map((r) => r.method.toUpperCase());
    router.all(path, (req, res) => {
      res.set('Allow', methods.join(', '));
      throw Object.assign(
        new Error(`${req.method} is not for this address; it takes ${methods.join(', ')}`),
        { status: 405 },
      );
    });
  }
}

/** Answers 304 before the work is done, where the data has not changed since. */
function unchanged(r: Route, world: World, versionTag: (who: Who | null) => Promise<string>): RequestHandler {
  return async (req, res, next) => {
    const who = r.access === 'open' ? null : authorise(await identify(world.db, req, world.now()), r.access);
    const tag = await versionTag(who);
    res.set({ ETag: tag, 'Cache-Control': 'private, no-cache' }).vary('Cookie, Authorization');
    if (req.headers['if-none-match']?.split(/\s*,\s*/).includes(tag)) res.status(304).end();
    else next();
  };
}
