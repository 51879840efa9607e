import { useEventListener, usePreferredDark, useStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, watchEffect } from 'vue';
import { langs, type Lang } from '../../shared/text.ts';

type Theme = 'light' | 'dark';

/** Language and theme: chosen once, kept in this browser. No choice of theme follows the system. */
export const useLook = defineStore('look', () => {
  const storedLang = useStorage<string>('hangbiao.lang', 'zh');
  const storedTheme = useStorage<string>('hangbiao.theme', '');
  const systemDark = usePreferredDark();

  const lang = computed<Lang>(() => langs.find((l) => l === storedLang.value) ?? 'zh');
  /** While a sheet of paper is being laid out: charts are drawn anew for it. */
  const printing = ref(false);
  useEventListener(window, 'beforeprint', () => (printing.value = true));
  useEventListener(window, 'afterprint', () => (printing.value = false));
  const theme = computed<Theme>(() => {
    if (printing.value) return 'light';
    if (storedTheme.value === 'light' || storedTheme.value === 'dark') return storedTheme.value;
    return systemDark.value ? 'dark' : 'light';
  });

  watchEffect(() => {
    document.documentElement.lang = lang.value === 'zh' ? 'zh-CN' : 'en';
    document.documentElement.dataset['theme'] = theme.value;
  });

  function speak(to: Lang): void {
    storedLang.value = to;
  }
  /** To the other theme; when that is the system's own, back to following the system. */
  function turnTheme(): void {
    const next: Theme = theme.value === 'dark' ? 'light' : 'dark';
    storedTheme.value = (next === 'dark') === systemDark.value ? '' : next;
  }

  return { lang, theme, printing, speak, turnTheme };
});
