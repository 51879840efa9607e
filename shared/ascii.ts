/**
 * Texts for browsers in ASCII, other characters by their escapes. A browser keeps a script with one Chinese word in it as two
 * bytes a character, and decodes a page, a style sheet or figures that are not ASCII at a fraction of its speed: once, and
 * once more for each tool that watches what it fetches. Compressed they are hardly larger (docs/decisions/014).
 */

// eslint-disable-next-line no-control-regex
const OTHERS = /[^\x00-\x7f]/g;
// eslint-disable-next-line no-control-regex
const OTHERS_WHOLE = /[^\x00-\x7f]/gu;

/** A script or JSON: a character by its halves (UTF-16). Not for a template that is read raw. */
export const scriptInAscii = (code: string): string =>
  code.replace(OTHERS, (half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A style sheet. The space ends an escape and is no part of the text. */
export const styleInAscii = (text: string): string =>
  text.replace(OTHERS_WHOLE, (one) => `\\${one.codePointAt(0)?.toString(16)} `);

/** A page. Its scripts and styles must be ASCII already: a browser reads no references in them. */
export const pageInAscii = (html: string): string =>
  html.replace(OTHERS_WHOLE, (one) => `&#${one.codePointAt(0)};`);
