/** What Excel keeps of a cell; it calls a longer one damage. */
const LONGEST_CELL = 32_767;

// XML 1.0 has no way to write these, and half a surrogate pair is no character.
const unwritable =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

// Most text has nothing of the kind, and of ten thousand rows there is a lot.
// eslint-disable-next-line no-control-regex
const special = /[\u0000-\u001f&<>"\ud800-\udfff\ufffe\uffff]/;

/** Text between tags or in an attribute. */
export const escaped = (text: string): string =>
  special.test(text) ? text.replace(unwritable, '').replace(/[&<>"]/g, (c) => marks[c] ?? c) : text;

/** A cell's text: spreadsheets read `_x0041_` as `A`, so that its own underscore has to be written that way. */
export const cellText = (text: string): string =>
  escaped(text.slice(0, LONGEST_CELL).replace(/_(?=x[\da-fA-F]{4}_)/g, '_x005F_'));

export const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
