/** The two languages of the product. Chinese comes first everywhere. */
export const langs = ['zh', 'en'] as const;
export type Lang = (typeof langs)[number];

/** One thing said in both languages; the compiler refuses a missing one. */
export type Text = Readonly<Record<Lang, string>>;
