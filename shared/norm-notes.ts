import type { Text } from './text.ts';

/** Notes of the norms that a new database begins with. It keeps the Chinese ones. */
export const ownNotes = {
  smallBranch: {
    zh: '党员不足 7 人的支部不设支委会',
    en: 'a branch of fewer than 7 members has no committee',
  },
  hours: {
    zh: '党员每年 32 学时；书记和委员 56 学时，台账不分职务，按 32 计',
    en: '32 hours a year for a member, 56 for secretary and committee: ledgers do not tell them apart, 32 is taken',
  },
} satisfies Record<string, Text>;

/** A norm's note in both languages; what an office has written stands as it was written. */
export const noteIn = (note: string): Text =>
  Object.values(ownNotes).find((own) => own.zh === note) ?? { zh: note, en: note };
