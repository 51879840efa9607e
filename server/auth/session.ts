import type { CookieOptions, Request, Response } from 'express';
import type { Db } from '../../db/connect.ts';
import { Refusal } from '../errors.ts';
import { can, type Access } from './roles.ts';
import { holderOf, issue, SESSION_SECONDS, type Holder } from './tokens.ts';

const COOKIE = 'hangbiao_session';

/** `via` matters: a browser sends its cookie by itself, a token is sent on purpose. */
export type Who = Holder & { readonly via: 'cookie' | 'token' };

const options = (req: Request): CookieOptions => ({
  httpOnly: true,
  sameSite: 'strict',
  secure: req.secure,
  path: '/',
});

function cookieOf(req: Request): string | null {
  for (const pair of (req.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.split('=', 2);
    if (name?.trim() === COOKIE && value) return value.trim();
  }
  return null;
}

/** Who asks, by bearer token or session cookie; null for nobody. A wrong token is refused, not ignored. */
export async function identify(db: Db, req: Request, now: Date): Promise<Who | null> {
  const { authorization } = req.headers;
  if (authorization !== undefined) {
    const secret = /^Bearer +([\w-]{1,200})$/i.exec(authorization)?.[1];
    const found = secret === undefined ? null : await holderOf(db, 'api', secret, now);
    if (!found)
      throw new Refusal(
        401,
        'the API token is not valid; make one with: npm run -s hangbiao -- token create --role ROLE',
      );
    return { ...found, via: 'token' };
  }
  const secret = cookieOf(req);
  const found = secret === null ? null : await holderOf(db, 'session', secret, now);
  return found && { ...found, via: 'cookie' };
}

/** Starts a session of its own for the holder of a link; an earlier session is never taken over. */
export async function startSession(
  db: Db,
  from: Holder,
  req: Request,
  res: Response,
  now: Date,
): Promise<void> {
  const secret = await issue(db, { purpose: 'session', role: from.role, name: from.name }, { now });
  res.cookie(COOKIE, secret, { ...options(req), maxAge: SESSION_SECONDS * 1000 });
}

export const clearSession = (req: Request, res: Response): void => void res.clearCookie(COOKIE, options(req));

/** @throws Refusal 401 without a sign-in, 403 where the role does not reach */
export function authorise(who: Who | null, access: Exclude<Access, 'open'>): Who {
  if (!who)
    throw new Refusal(
      401,
      'not signed in: open the link printed at the start, or get another with: npm run -s hangbiao -- link',
    );
  if (!can(who.role, access)) throw new Refusal(403, `the role ${who.role} may not do this`);
  return who;
}

/**
 * Refuses a change that another site asks for in the name of a signed-in browser. Browsers send
 * `Sec-Fetch-Site`, older ones `Origin`; a client with neither is not a browser.
 */
export function refuseCrossSite(req: Request): void {
  const site = req.headers['sec-fetch-site'];
  const { origin, host } = req.headers;
  const foreign =
    site !== undefined
      ? site !== 'same-origin'
      : origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host);
  if (foreign) throw new Refusal(403, 'a change must be asked for from the pages of this server');
}
