import { readDuration } from '../figure.ts';
import type { LedgerRow } from '../row.ts';
import type { Draft } from '../staged.ts';
import { readParticipants } from './visit.ts';

/** One service: how many took part and for how long, in hours each. */
export function readVolunteering(row: LedgerRow, when: { end: string | null; approximate: boolean }): Draft {
  const participants = readParticipants(row, 'volunteers');
  const hours = readDuration(row, 'hours');
  return {
    family: 'volunteering',
    title: row.text('title'),
    kinds: [],
    unknown:
      ((row.has('participants') || row.has('volunteers')) && participants.value === null) ||
      (row.has('hours') && hours === null),
    figures: {
      end_date: when.end,
      approximate: when.approximate ? 1 : 0,
      place: row.text('place'),
      participants: participants.value,
      participants_min: participants.min,
      hours,
      beneficiaries: row.text('beneficiaries'),
      note: row.text('note'),
    },
  };
}
