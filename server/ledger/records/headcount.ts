import { readFigure } from '../figure.ts';
import type { LedgerRow } from '../row.ts';
import type { Draft } from '../staged.ts';

/** The members of a unit from a date on; a headcount without its number is none. */
export function readHeadcount(row: LedgerRow): Draft | null {
  const members = readFigure(row, 'members');
  if (members.value === null) {
    if (!row.rejected)
      row.find('required.missing', 'members', {
        zh: '没有确切的党员数',
        en: 'the number of members is missing',
      });
    return null;
  }
  return { family: 'headcount', title: null, kinds: [], unknown: false, figures: { members: members.value } };
}
