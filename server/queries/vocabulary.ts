import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import type { VocabularyDraft, VocabularyRow } from '../../shared/imports.ts';
import {
  columnOf,
  columnsOf,
  isFamily,
  isKindScope,
  kindsOf,
  scopesOf,
  unusedColumn,
} from '../../shared/vocabulary.ts';
import { Refusal } from '../errors.ts';
import { canBeTaught, foldedWord } from '../ledger/vocabulary.ts';
import type { Doer } from './centre.ts';

const refuse = (path: keyof VocabularyDraft, message: string): never => {
  throw new Refusal(422, `${path}: ${message}`, [{ path, message }]);
};

/** What the centre has taught the reader of ledgers, in the order in which it was first said. */
export const listVocabulary = (db: Kysely<Database>): Promise<VocabularyRow[]> =>
  db.selectFrom('vocabulary').selectAll().orderBy('id').execute();

/**
 * Keeps what a word means; said again of the same word it takes the place of what was said before. Only ledgers
 * checked from now on are read by it: no figure changes, and the data keep their version.
 * @throws Refusal 422 for what is no word, an unknown ledger, or a meaning that there is not
 */
export async function learn(
  db: Kysely<Database>,
  draft: VocabularyDraft,
  { now, actor }: Doer,
): Promise<VocabularyRow> {
  if (!canBeTaught(draft.what, draft.word))
    refuse('word', 'is not a word; write it as it stands in the ledger, with a letter in it, in 100 at most');
  await refuseMeaning(db, draft);
  const said = { means: draft.means, actor, at: now().toISOString() };
  const { what, scope } = draft;
  return db
    .insertInto('vocabulary')
    .values({ what, scope, word: foldedWord(what, draft.word), ...said })
    .onConflict((c) => c.columns(['what', 'scope', 'word']).doUpdateSet(said))
    .returningAll()
    .executeTakeFirstOrThrow();
}

async function refuseMeaning(
  db: Kysely<Database>,
  { what, scope, word, means }: VocabularyDraft,
): Promise<void> {
  if (what === 'heading') {
    if (!isFamily(scope)) return refuse('scope', `is not a ledger; there are ${scopesOf(what).join(', ')}`);
    const keys = [...columnsOf(scope), unusedColumn].map((column) => column.key);
    if (!columnOf(scope, means))
      refuse('means', `is not a column of ${scope}; there are ${[...new Set(keys)].join(', ')}`);
    return;
  }
  if (what === 'kind') {
    if (!isKindScope(scope))
      return refuse('scope', `has no kinds; ledgers with kinds are ${scopesOf(what).join(', ')}`);
    const codes = kindsOf(scope).map((kind) => kind.code);
    if (!codes.includes(means)) refuse('means', `is not a kind of ${scope}; there are ${codes.join(', ')}`);
    return;
  }
  if (scope !== '') refuse('scope', 'must be empty: a unit is called the same in every ledger');
  const named = await db
    .selectFrom('unit')
    .select('code')
    .where('code', 'in', [means, foldedWord('unit', word)])
    .execute();
  if (!named.some((unit) => unit.code === means))
    refuse('means', 'is not the code of a unit; see /api/units, or import the list of units first');
  if (named.some((unit) => unit.code !== means))
    refuse('word', 'is the code of another unit; codes keep their meaning');
}

/**
 * Forgets a word: it is asked about again where it stands next. Records read by it stay as they are.
 * @returns what was forgotten
 * @throws Refusal 404
 */
export async function forget(db: Kysely<Database>, id: number): Promise<VocabularyRow> {
  const gone = await db.deleteFrom('vocabulary').where('id', '=', id).returningAll().executeTakeFirst();
  if (gone) return gone;
  const message = `there is no word ${id}; it may be forgotten already`;
  throw new Refusal(404, message, [{ path: 'id', message }]);
}
