import { inTurn } from '../../inTurn.ts';
import FigurePanelPart from '../FigurePanel.vue';
import BesideTrayPart from './BesideTray.vue';
import LensBarPart from './LensBar.vue';
import RowTogglesPart from './RowToggles.vue';
import SlopeFromPart from './SlopeFrom.vue';

/** The comparison's own parts, each taken over in its turn. */
export const BesideTray = inTurn(BesideTrayPart);
export const FigurePanel = inTurn(FigurePanelPart);
export const LensBar = inTurn(LensBarPart);
export const RowToggles = inTurn(RowTogglesPart);
export const SlopeFrom = inTurn(SlopeFromPart);
