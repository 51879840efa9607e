import { inTurn } from '../inTurn.ts';
import DayPickerPart from './DayPicker.vue';
import PickListPart from './PickList.vue';
import UnitPickerPart from './UnitPicker.vue';
import YearPickerPart from './YearPicker.vue';

/** The pickers in a sentence, each taken over in its turn: what they can open is most of the sentence's work. */
export const DayPicker = inTurn(DayPickerPart);
export const PickList = inTurn(PickListPart);
export const UnitPicker = inTurn(UnitPickerPart);
export const YearPicker = inTurn(YearPickerPart);
