import { createHash, randomBytes } from 'node:crypto';
import type { Db } from '../../db/connect.ts';
import type { TokenTable } from '../../db/types.ts';
import { isGrantable, type Granted } from './roles.ts';

type Purpose = TokenTable['purpose'];
export type Holder = { readonly role: Granted; readonly name: string; readonly hash: string };

/** Seconds. An API token lives until it is deleted. */
const lifetimes: Record<Purpose, number | null> = {
  sign_in: 24 * 3600,
  session: 30 * 24 * 3600,
  api: null,
};
export const SESSION_SECONDS = 30 * 24 * 3600;
/** Spent tokens are kept for a while, so that an old link is told from a wrong one. */
const KEPT_SECONDS = 30 * 24 * 3600;

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const after = (now: Date, seconds: number): string => new Date(now.getTime() + seconds * 1000).toISOString();

/** Makes a secret of 256 bits and stores its hash alone. The secret is returned once. */
export async function issue(
  db: Db,
  grant: { purpose: Purpose; role: Granted; name: string },
  { now, random = randomBytes }: { now: Date; random?: (bytes: number) => Buffer },
): Promise<string> {
  const secret = (grant.purpose === 'api' ? 'hb_' : '') + random(32).toString('base64url');
  const lifetime = lifetimes[grant.purpose];
  await db.deleteFrom('token').where('expires_at', '<', after(now, -KEPT_SECONDS)).execute();
  await db
    .insertInto('token')
    .values({
      hash: hashOf(secret),
      purpose: grant.purpose,
      role: grant.role,
      unit: null,
      name: grant.name,
      created_at: now.toISOString(),
      expires_at: lifetime === null ? null : after(now, lifetime),
    })
    .execute();
  return secret;
}

const holder = (row: { role: string; name: string; hash: string }): Holder | null =>
  isGrantable(row.role) ? { role: row.role, name: row.name, hash: row.hash } : null;

/** Who holds this secret, if it is valid at `now`. */
export async function holderOf(
  db: Db,
  purpose: 'api' | 'session',
  secret: string,
  now: Date,
): Promise<Holder | null> {
  const row = await db
    .selectFrom('token')
    .select(['hash', 'role', 'name'])
    .where('hash', '=', hashOf(secret))
    .where('purpose', '=', purpose)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now.toISOString())]))
    .executeTakeFirst();
  return row ? holder(row) : null;
}

/** Uses a sign-in link up. One statement, so that of two clicks at once only one gets in. */
export async function spendLink(db: Db, secret: string, now: Date): Promise<Holder | 'spent' | 'unknown'> {
  const hash = hashOf(secret);
  const [row] = await db
    .updateTable('token')
    .set({ expires_at: now.toISOString() })
    .where('hash', '=', hash)
    .where('purpose', '=', 'sign_in')
    .where('expires_at', '>', now.toISOString())
    .returning(['hash', 'role', 'name'])
    .execute();
  if (row) return holder(row) ?? 'unknown';
  const known = await db.selectFrom('token').select('hash').where('hash', '=', hash).executeTakeFirst();
  return known ? 'spent' : 'unknown';
}

export async function revoke(db: Db, hash: string): Promise<void> {
  await db.deleteFrom('token').where('hash', '=', hash).execute();
}
