import { computed, type ComputedRef } from 'vue';
import type { Lang, Text } from '../shared/text.ts';
import { useLook } from './stores/look.ts';
import { overviewWords } from './words/overview.ts';
import { pageWords } from './words/pages.ts';
import { shellWords } from './words/shell.ts';

/** All words of the pages, by key. Each entry is a Text: a missing language does not compile. */
const words = { ...shellWords, ...overviewWords, ...pageWords };
export type WordKey = keyof typeof words;
export type Fillings = Readonly<Record<string, string | number>>;

/** `{n} 个支部`, {n: 11} → `11 个支部`. A blank that is not given stays visible. */
const fill = (template: string, fillings: Fillings): string =>
  template.replace(/\{(\w+)\}/g, (blank, name: string) => String(fillings[name] ?? blank));

/** `t` looks a key up, `say` picks the language of a Text that comes with the figures. */
export function useWords(): {
  t: (key: WordKey, fillings?: Fillings) => string;
  say: (text: Text) => string;
  lang: ComputedRef<Lang>;
} {
  const look = useLook();
  return {
    t: (key, fillings = {}) => fill(words[key][look.lang], fillings),
    say: (text) => text[look.lang],
    lang: computed(() => look.lang),
  };
}
