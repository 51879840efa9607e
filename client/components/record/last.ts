import { shallowRef } from 'vue';
import type { RecordChanged } from '../../../shared/record-edit.ts';
import { send } from '../../api.ts';

/** What was done last to a record by hand, kept from the form's page to the record's. */
export type Deed = {
  readonly what: 'enter' | 'correct' | 'remove' | 'restore';
  readonly reply: RecordChanged;
};
export const lastDeed = shallowRef<Deed | null>(null);

export const pathOf = ({ unit, id }: { readonly unit: string; readonly id: string }): string =>
  `/records/${encodeURIComponent(unit)}/${encodeURIComponent(id)}`;

/** Takes a change back, as its reply says how. Throws ApiProblem. */
export function takeBack(reply: RecordChanged, why: string): Promise<RecordChanged> {
  const { undo, family } = reply;
  const path = pathOf(reply);
  switch (undo?.action) {
    case 'correct':
      return send('POST', path, { family, fields: undo.fields, why, ifVersion: undo.ifVersion });
    case 'remove':
      return send('POST', `${path}/remove`, { why, ifVersion: undo.ifVersion });
    case 'restore':
      return send('POST', `${path}/restore`, { why });
    default:
      return Promise.resolve(reply);
  }
}
