/**
 * Characters that XML has no way to write, and those that turn the reading direction of what follows or cannot be seen at
 * all.
 */
const unprintable =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The same value with every text in it such that any file can hold it. */
export const printable = <T>(value: T): T =>
  withTexts(value, (text) => text.replaceAll('\r\n', '\n').replace(unprintable, '')) as T;

/** The same, and each text in one line: a line break in a cell is a space. */
export const printableLines = <T>(value: T): T =>
  withTexts(value, (text) => text.replace(/[\t\r\n]+/g, ' ').replace(unprintable, '')) as T;

function withTexts(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((one) => withTexts(one, clean));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, withTexts(own, clean)]));
}
