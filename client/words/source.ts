import type { Lang } from '../../shared/text.ts';

/** Words of where a record comes from. */
const zh = { row: (n: number) => `第 ${n} 行`, byHand: '手工录入' };
const en: typeof zh = { row: (n) => `row ${n}`, byHand: 'entered by hand' };

export const sourceWords: Readonly<Record<Lang, typeof zh>> = { zh, en };
