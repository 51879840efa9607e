import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import { dayIn } from '../../shared/clock.ts';
import { familyNames, type Family } from '../../shared/kinds.ts';
import type { RecordFault, RecordKnown } from '../../shared/record-faults.ts';
import { Refusal } from '../errors.ts';
import type { Doer } from './centre.ts';
import { findRecord, twinOf, type Found, type Place } from './record-store.ts';
import { settings } from './settings.ts';
import { listUnits } from './units.ts';

/** Why a record cannot be written, said before anything is. */

/** What a record written now is judged against. */
export async function knownTo(trx: Kysely<Database>, { now }: Doer): Promise<RecordKnown> {
  const units = new Map((await listUnits(trx)).map((u) => [u.code, u]));
  return { units, today: dayIn((await settings(trx)).timeZone, now()) };
}

/** @throws Refusal 422 with each fault at its field */
export function refuse(faults: readonly RecordFault[]): void {
  if (faults.length === 0) return;
  const errors = faults.map(({ path, says }) => ({
    path: path === 'why' || path === 'family' ? path : `fields.${path}`,
    message: says.en,
  }));
  throw new Refusal(422, 'The record cannot be stored like this; nothing was changed', errors);
}

/** @throws Refusal 409 where somebody else has changed the record since */
export function refuseChanged({ row }: Found, ifVersion: number | undefined): void {
  if (ifVersion === undefined || row.version === ifVersion) return;
  throw new Refusal(409, `record ${row.id} was changed since, by version ${row.version} of the data`);
}

/** @throws Refusal 409 where the unit has another record of that content: the same counts once */
export async function refuseTwin(
  trx: Kysely<Database>,
  family: Family,
  of: Parameters<typeof twinOf>[2],
): Promise<void> {
  const twin = await twinOf(trx, family, of);
  if (twin === null) return;
  const message = `the same is stored already, as record ${twin} of ${of.unit}`;
  throw new Refusal(409, `${familyNames[family].en}: ${message}`, [{ path: 'fields', message }]);
}

/** There is no record of that address. */
export const unknown = ({ unit, id }: Place): Refusal =>
  new Refusal(404, `there is no record ${id} of ${unit}`, [{ path: 'id', message: 'names no record' }]);

/** @throws Refusal 404 */
export async function foundOr404(trx: Kysely<Database>, place: Place): Promise<Found> {
  const found = await findRecord(trx, place);
  if (!found) throw unknown(place);
  return found;
}
