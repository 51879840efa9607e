import { useQuery } from '@pinia/colada';
import type { RulesReply } from '../../shared/rule-change.ts';
import { get } from '../api.ts';

/** The rules as they stand, asked for once by all who show them. */
export const useRules = () => useQuery({ key: ['rules'], query: () => get<RulesReply>('/rules') });
