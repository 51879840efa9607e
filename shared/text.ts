/** The two languages of the product. Chinese comes first everywhere. */
export const langs = ['zh', 'en'] as const;
export type Lang = (typeof langs)[number];

/** One thing said in both languages; the compiler refuses a missing one. */
export type Text = Readonly<Record<Lang, string>>;

/** Text without control characters, tabs and line breaks apart: PostgreSQL takes no U+0000, and the others cannot be seen. */
export const printable = /^[\t\n\r\P{Cc}]*$/u;
