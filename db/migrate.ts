import { Migrator, type Kysely } from 'kysely';
import type { Dialect } from './dialect.ts';
import type { Database } from './types.ts';
import * as first from './migrations/001-first.ts';
import * as throughTime from './migrations/002-through-time.ts';
import * as imports from './migrations/003-imports.ts';
import * as bulk from './migrations/004-bulk.ts';
import * as desk from './migrations/005-desk.ts';
import * as snapshots from './migrations/006-snapshots.ts';
import * as briefings from './migrations/007-briefings.ts';

const migrations = {
  '001-first': first,
  '002-through-time': throughTime,
  '003-imports': imports,
  '004-bulk': bulk,
  '005-desk': desk,
  '006-snapshots': snapshots,
  '007-briefings': briefings,
};

/** Brings the schema up to date, all or nothing. Throws the first migration's error. */
export async function migrate(db: Kysely<Database>, dialect: Dialect): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: {
      getMigrations: () =>
        Promise.resolve(
          Object.fromEntries(
            Object.entries(migrations).map(([name, m]) => [
              name,
              { up: (k: Kysely<never>) => m.up(k, dialect) },
            ]),
          ),
        ),
    },
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
