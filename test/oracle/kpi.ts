import type { Kpi, RecordKpi } from '../../shared/kpi.ts';

/** What the oracle knows of a KPI besides its conditions: from which ledger it is, by its name alone. */

type Family = 'activity' | 'visit' | 'volunteering' | 'rectification';

/** The ledger without which there is no figure. Slots, completeness and contradictions go with the meetings. */
export function ledgerOf({ id }: Pick<Kpi, 'id'>): Family {
  if (id.startsWith('visit')) return 'visit';
  if (id.startsWith('volunteer')) return 'volunteering';
  return id.startsWith('rectification') ? 'rectification' : 'activity';
}

/** Is it made from records, and not from what was due? */
export const isRecordKpi = (kpi: Kpi): kpi is RecordKpi =>
  kpi.id !== 'norm_compliance' && kpi.id !== 'ledger_completeness';
