import type { Lang } from '../shared/text.ts';

/** `npm run test:long` runs what `npm test` has a short form of as a whole. */
export const isLong = process.env['HANGBIAO_LONG'] === '1';

/** The languages that a file of pages' tests goes through: usually one, and the next file takes the other. */
export const langsOf = (usual: Lang): readonly Lang[] => (isLong ? ['zh', 'en'] : [usual]);
