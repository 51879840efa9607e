/** A figure as it is staged and stored. */
export type Scalar = string | number | null;

// Nothing that JSON escapes: no control, quote, backslash, or half of a character.
const plain = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

/** The JSON of a text, a number or null, as `JSON.stringify` writes it: of which a print is put together a million times. */
export const scalarJson = (value: Scalar): string =>
  value === null
    ? 'null'
    : typeof value === 'string' && plain.test(value)
      ? `"${value}"`
      : JSON.stringify(value);
