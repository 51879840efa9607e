import { inTurn } from '../inTurn.ts';
import AskSentencePart from './AskSentence.vue';
import FreshLinePart from './FreshLine.vue';
import KpiCardPart from './KpiCard.vue';
import KpiChartPart from './KpiChart.vue';

/** What stands on several pages, each taken over in its turn: together they are most of a page's work. */
export const AskSentence = inTurn(AskSentencePart);
export const FreshLine = inTurn(FreshLinePart);
export const KpiCard = inTurn(KpiCardPart);
export const KpiChart = inTurn(KpiChartPart);
