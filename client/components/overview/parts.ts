import { inTurn } from '../../inTurn.ts';
import AskSentencePart from '../AskSentence.vue';
import FreshLinePart from '../FreshLine.vue';
import KpiChartPart from '../KpiChart.vue';
import HeadlineCardsPart from './HeadlineCards.vue';
import MovesListPart from './MovesList.vue';
import NeedListPart from './NeedList.vue';
import NextListPart from './NextList.vue';
import PaceLinePart from './PaceLine.vue';

/** The overview's parts, each taken over in its turn: together they are half of the first view's work. */
export const AskSentence = inTurn(AskSentencePart);
export const FreshLine = inTurn(FreshLinePart);
export const HeadlineCards = inTurn(HeadlineCardsPart);
export const KpiChart = inTurn(KpiChartPart);
export const MovesList = inTurn(MovesListPart);
export const NeedList = inTurn(NeedListPart);
export const NextList = inTurn(NextListPart);
export const PaceLine = inTurn(PaceLinePart);
