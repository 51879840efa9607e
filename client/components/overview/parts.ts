import { inTurn } from '../../inTurn.ts';
import HeadlineCardsPart from './HeadlineCards.vue';
import MovesListPart from './MovesList.vue';
import NeedListPart from './NeedList.vue';
import NextListPart from './NextList.vue';
import PaceLinePart from './PaceLine.vue';

/** The overview's own parts, each taken over in its turn. */
export const HeadlineCards = inTurn(HeadlineCardsPart);
export const MovesList = inTurn(MovesListPart);
export const NeedList = inTurn(NeedListPart);
export const NextList = inTurn(NextListPart);
export const PaceLine = inTurn(PaceLinePart);
