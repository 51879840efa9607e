import type { ProblemReply } from '../shared/api.ts';

/**
 * The wire, as the pages see it: `get`, `send`, `upload`. Types come from the schemas of
 * shared/api.ts; whatever is not a reply is an `ApiProblem`.
 */

export type Fault = { readonly path: string; readonly message: string };
export type Params = Readonly<Record<string, string | number | undefined>>;

/** A refusal by the server (RFC 9457), or status 0: the server did not answer. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly errors: readonly Fault[] = [],
    readonly detail?: string,
  ) {
    super(title);
    this.name = 'ApiProblem';
  }
  get isLost(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

type Listener = { signedOut(): void; lost(): void; answered(): void };
let listener: Listener = { signedOut() {}, lost() {}, answered() {} };

/** Who is told that the session ended, that the server is silent, and that it answers again. */
export function reportTo(to: Listener): void {
  listener = to;
}

/** `/query`, {years: '2024,2025'} → `/api/query?years=2024,2025`; absent parameters are left out. */
function apiUrl(path: string, params: Params = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) if (value !== undefined) search.set(key, String(value));
  const text = search.toString().replaceAll('%2C', ',');
  return `/api${path}${text === '' ? '' : `?${text}`}`;
}

function problemOf(status: number, body: string): ApiProblem {
  try {
    return problemIn(status, JSON.parse(body));
  } catch {
    return new ApiProblem(status, `HTTP ${status}`);
  }
}
function problemIn(status: number, body: unknown): ApiProblem {
  const p = (body ?? {}) as Partial<ProblemReply>;
  return new ApiProblem(status, p.title ?? `HTTP ${status}`, p.errors ?? [], p.detail);
}

/** Tells those who listen that the server is silent, or that it does not know who asks. */
function faulty(problem: ApiProblem): ApiProblem {
  if (problem.isLost) listener.lost();
  else listener.answered();
  if (problem.status === 401) listener.signedOut();
  return problem;
}

function settle(status: number, body: string): unknown {
  if (status >= 200 && status < 300) {
    listener.answered();
    return body === '' ? null : JSON.parse(body);
  }
  throw faulty(problemOf(status, body));
}

async function call(url: string, init: RequestInit): Promise<unknown> {
  let reply: Response;
  let body: string;
  try {
    reply = await fetch(url, { credentials: 'same-origin', ...init });
    body = await reply.text();
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    listener.lost();
    throw new ApiProblem(0, 'The server does not answer');
  }
  return settle(reply.status, body);
}

/** Something to be read of the API. */
export type Asked = { readonly path: string; readonly params?: Params | undefined };
/** What came of it, as HTTP has it; `body` is JSON that has been parsed. */
export type Reply = { readonly status: number; readonly body: unknown };
type Reader = (asked: Asked) => Promise<Reply>;

/** Set where pages are drawn by the server: there it asks the routes themselves. */
let reader: Reader | null = null;
export function readBy(own: Reader): void {
  reader = own;
}

/**
 * GET `/api<path>`. What a page asks for at once goes as one request. Throws ApiProblem.
 * @param signal its abort rejects with an AbortError
 */
export async function get<T>(path: string, params?: Params, signal?: AbortSignal): Promise<T> {
  const asked = { path, params };
  if (reader) {
    const { status, body } = await reader(asked);
    if (status >= 300) throw new ApiProblem(status, (body as ProblemReply).title);
    return body as T;
  }
  return (await together(asked, signal)) as T;
}

const getAlone = ({ path, params }: Asked): Promise<unknown> =>
  call(apiUrl(path, params), { headers: { accept: 'application/json' } });

type Waiting = {
  readonly asked: Asked;
  readonly resolve: (body: unknown) => void;
  readonly reject: (e: unknown) => void;
};
let waiting: Waiting[] = [];

/** Waits for what else is asked in the same turn of the event loop: a page's parts ask one after another. */
function together(asked: Asked, signal?: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (waiting.length === 0) setTimeout(() => void sendWaiting(), 0);
    const mine = { asked, resolve, reject };
    waiting.push(mine);
    signal?.addEventListener('abort', () => {
      waiting = waiting.filter((other) => other !== mine);
      reject(new DOMException('The question was taken back', 'AbortError'));
    });
  });
}

async function sendWaiting(): Promise<void> {
  const batch = waiting;
  waiting = [];
  const [only, ...others] = batch;
  if (!only) return;
  if (others.length === 0) {
    getAlone(only.asked).then(only.resolve, only.reject);
    return;
  }
  try {
    const requests = batch.map(({ asked }) => asked);
    const { replies } = await send<{ replies: readonly Reply[] }>('POST', '/batch', { requests });
    batch.forEach(({ resolve, reject }, i) => {
      const { status, body } = replies[i] ?? { status: 500, body: {} };
      if (status < 300) resolve(body);
      else reject(faulty(problemIn(status, body)));
    });
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

/**
 * GET `/api<path>`: a file, which the browser saves by the server's name for it. Throws ApiProblem.
 * @returns that name
 */
export async function download(path: string, params?: Params): Promise<string> {
  let reply: Response;
  try {
    reply = await fetch(apiUrl(path, params), { credentials: 'same-origin' });
  } catch {
    listener.lost();
    throw new ApiProblem(0, 'The server does not answer');
  }
  if (!reply.ok) throw faulty(problemOf(reply.status, await reply.text()));
  listener.answered();
  const name = fileNameIn(reply.headers.get('content-disposition') ?? '');
  const address = URL.createObjectURL(await reply.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Not before the browser has taken it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return name;
}

/** The name of RFC 5987, which may be Chinese. */
function fileNameIn(disposition: string): string {
  const named = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  return named === undefined ? 'file' : decodeURIComponent(named);
}

/** Long work is begun and answered at once (202); how far it is comes by the import's events. */
const later = { prefer: 'respond-async' } as const;

/**
 * POST, PUT, PATCH or DELETE `/api<path>` with a JSON body. Throws ApiProblem.
 * @param isLong the server may answer before it is done
 */
export async function send<T>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  isLong = false,
): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json', ...(isLong ? later : {}) };
  if (body !== undefined) headers['content-type'] = 'application/json';
  return (await call(apiUrl(path), {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  })) as T;
}

/** A file and the name it is sent by: with its folder, where it came in one. */
export type Taken = { readonly file: File; readonly name: string };
type Sending = {
  /** Gets the share sent, 0…1 (fetch cannot tell it, so this goes by XMLHttpRequest). */
  readonly onProgress?: (share: number) => void;
  /** Its abort rejects with an AbortError. */
  readonly signal?: AbortSignal;
  readonly path?: '/imports' | '/units';
};

/** POST as multipart: the fields that are given, then each file under `file`. Throws ApiProblem. */
export function upload<T>(
  files: readonly Taken[],
  fields: Readonly<Record<string, string | undefined>> = {},
  { onProgress = () => {}, signal, path = '/imports' }: Sending = {},
): Promise<T> {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields))
    if (value !== undefined && value !== '') form.set(key, value);
  for (const { file, name } of files) form.append('file', file, name);
  return new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', apiUrl(path));
    request.setRequestHeader('accept', 'application/json');
    if (path === '/imports') request.setRequestHeader('prefer', later.prefer);
    request.upload.onprogress = (e) => {
      if (e.lengthComputable) onProgress(e.loaded / e.total);
    };
    request.onload = () => {
      try {
        resolve(settle(request.status, request.responseText) as T);
      } catch (problem) {
        reject(problem);
      }
    };
    request.onerror = () => {
      listener.lost();
      reject(new ApiProblem(0, 'The server does not answer'));
    };
    request.onabort = () => reject(new DOMException('The upload was cancelled', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}
