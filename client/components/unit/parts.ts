import { inTurn } from '../../inTurn.ts';
import PaceCardPart from '../pace/PaceCard.vue';
import BelowLinePart from './BelowLine.vue';
import LedgerCardPart from './LedgerCard.vue';
import NormSlotsPart from './NormSlots.vue';
import RecentRecordsPart from './RecentRecords.vue';
import ReviewMenuPart from './ReviewMenu.vue';
import UnitFactsPart from './UnitFacts.vue';

/** A unit's own parts, each taken over in its turn. */
export const BelowLine = inTurn(BelowLinePart);
export const LedgerCard = inTurn(LedgerCardPart);
export const NormSlots = inTurn(NormSlotsPart);
export const PaceCard = inTurn(PaceCardPart);
export const RecentRecords = inTurn(RecentRecordsPart);
export const ReviewMenu = inTurn(ReviewMenuPart);
export const UnitFacts = inTurn(UnitFactsPart);
