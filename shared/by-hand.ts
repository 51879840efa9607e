/** Stands where a ledger's file is named: the record was entered by hand, and has no row in any file. */
export const HAND_FILE = '手工录入';

export const isByHand = (from: { readonly file: string; readonly sheet: string }): boolean =>
  from.file === HAND_FILE && from.sheet === '';
