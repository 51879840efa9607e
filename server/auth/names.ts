import type { Role } from './roles.ts';

/** Who asks; a secretary has a branch of the own. */
type Asker = { readonly role: Role; readonly unit?: string | null };

/**
 * May names of persons in this unit's records be seen? By the office, and by the branch's own secretary.
 * @param unit null: of several units
 */
export const seesNames = ({ role, unit: own = null }: Asker, unit: string | null): boolean =>
  role === 'admin' || (role === 'branch' && own !== null && own === unit);
