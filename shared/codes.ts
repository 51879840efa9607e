/**
 * Lists of codes that the schemas of the wire and the pages both need. Apart from the schemas, so that the pages do not
 * carry zod.
 */

/** `ok`: covered · `partial`: some unit-months are not · `none`: not reported · `na`: not applicable. */
export const statuses = ['ok', 'partial', 'none', 'na'] as const;

/** Into what the difference between then and now is split. */
export const stepCodes = ['late', 'corrections', 'definitions', 'movement'] as const;

/** What a centre can teach the reader of ledgers. */
export const vocabularyKinds = ['heading', 'kind', 'unit'] as const;

/** Of the same event in two files. */
export const twinChoices = ['both', 'first', 'second'] as const;
