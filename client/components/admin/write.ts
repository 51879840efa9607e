import type { AnyChange, ChangeReply } from '../../../shared/rule-change.ts';
import { send } from '../../api.ts';

/** Makes a change of the rules or the settings. Throws ApiProblem. */
export const makeChange = (change: AnyChange): Promise<ChangeReply> =>
  change.what === 'setting'
    ? send<ChangeReply>('POST', '/settings', change.row)
    : send<ChangeReply>('POST', '/rules', change);
