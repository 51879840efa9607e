import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import type { FoundOf } from '../../shared/find.ts';

/** Ledgers whose rows have titles; of a headcount there is nothing to say. */
const families = ['activity', 'visit', 'volunteering', 'rectification'] as const;

/** `100%_` → a pattern that finds just these letters anywhere. `\` escapes. */
const pattern = (typed: string): string => `%${typed.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

/**
 * Records whose title has what was typed, whatever the case, the latest first.
 * @param typed with its spaces: a title is looked through as it stands
 */
export async function recordsTitled(
  db: Kysely<Database>,
  typed: string,
  most: number,
): Promise<FoundOf<'record'>[]> {
  const found = await Promise.all(
    families.map(async (family) => {
      const rows = await db
        .selectFrom(family)
        .select(['unit', 'id', 'date', 'title'])
        // The engines' own LIKE differ in what they do about case.
        .where(sql<boolean>`lower(title) like lower(${pattern(typed)}) escape '\\'`)
        .orderBy('date', 'desc')
        .orderBy('unit')
        .orderBy('id')
        .limit(most)
        .execute();
      return rows.map(({ title, ...row }) => ({
        what: 'record' as const,
        family,
        ...row,
        title: title ?? '',
      }));
    }),
  );
  return found
    .flat()
    .toSorted((a, b) => (a.date === b.date ? 0 : a.date < b.date ? 1 : -1))
    .slice(0, most);
}
