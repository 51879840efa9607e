import type { Text } from '../../shared/text.ts';

/** Sentences of the unit and rectification pages; their other words come with the pages themselves. */
export const pageWords = {
  'ask.unit': {
    zh: '{unit} {year}{only}，截至 {asOf}，与{compare}相比：',
    en: '{unit}, {year}{only}, as of {asOf}, against {compare}: ',
  },
  'ask.rectification': {
    zh: '{unit} {year}的整改，截至 {asOf}，与{compare}相比：',
    en: 'Rectification in {unit}, {year}, as of {asOf}, against {compare}: ',
  },
} satisfies Record<string, Text>;
