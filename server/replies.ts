import type { Db } from '../db/connect.ts';
import { dataVersion } from './queries/centre.ts';

// Characters of JSON: a dashboard's usual questions, many times over.
const MOST = 32_000_000;

/** Replies that were given lately, the least lately used of which go first. */
class Replies {
  private readonly kept = new Map<string, { readonly reply: Promise<unknown>; size: number }>();
  private size = 0;

  of(key: string, make: () => Promise<unknown>): Promise<unknown> {
    const known = this.kept.get(key);
    if (known) {
      this.kept.delete(key);
      this.kept.set(key, known);
      return known.reply;
    }
    const made = { reply: make(), size: 0 };
    this.kept.set(key, made);
    made.reply.then(
      (reply) => this.weigh(made, JSON.stringify(reply).length),
      () => this.kept.delete(key),
    );
    return made.reply;
  }

  private weigh(made: { size: number }, size: number): void {
    made.size = size;
    this.size += size;
    for (const [key, oldest] of this.kept) {
      if (this.size <= MOST) break;
      this.kept.delete(key);
      this.size -= oldest.size;
    }
  }
}

const replies = new WeakMap<Db, Replies>();

/** Gives the reply that was made of the same data before, or makes it. @param asked tells one question from another */
export async function replyOf(
  db: Db,
  asked: readonly unknown[],
  make: () => Promise<unknown>,
): Promise<unknown> {
  const known = replies.get(db) ?? new Replies();
  replies.set(db, known);
  return known.of(JSON.stringify([await dataVersion(db), ...asked]), make);
}
