import { inTurn } from '../../inTurn.ts';
import CohortTablePart from './CohortTable.vue';
import LongTermListPart from './LongTermList.vue';
import OverdueListPart from './OverdueList.vue';
import RecurrenceListPart from './RecurrenceList.vue';

/** The lists beside the charts of rectification, each taken over in its turn. */
export const CohortTable = inTurn(CohortTablePart);
export const LongTermList = inTurn(LongTermListPart);
export const OverdueList = inTurn(OverdueListPart);
export const RecurrenceList = inTurn(RecurrenceListPart);
