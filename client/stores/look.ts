import { useEventListener, useMediaQuery, usePreferredDark, useStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watchEffect } from 'vue';
import { langs, type Lang } from '../../shared/text.ts';
import { LOOK_COOKIE, lookText, type ServedLook, type Theme } from '../served.ts';

/** What a reader can choose; `system` follows the device, and is what nobody has chosen. */
export const themeChoices = ['system', 'light', 'dark', 'contrast'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const YEAR_SECONDS = 365 * 24 * 3600;

/** Language and theme: chosen once, kept in this browser. No choice of theme follows the system. */
export const useLook = defineStore('look', () => {
  const storedLang = useStorage<string>('hangbiao.lang', 'zh');
  const storedTheme = useStorage<string>('hangbiao.theme', '');
  const systemDark = usePreferredDark();
  const systemContrast = useMediaQuery('(prefers-contrast: more), (forced-colors: active)');
  /** What the server draws a page for. In the browser it holds until the page has taken over what was drawn. */
  const served = shallowRef<ServedLook | null>(null);

  const lang = computed<Lang>(() => served.value?.lang ?? langs.find((l) => l === storedLang.value) ?? 'zh');
  /** While a sheet of paper is being laid out: charts are drawn anew for it. */
  const printing = ref(false);
  useEventListener('beforeprint', () => (printing.value = true));
  useEventListener('afterprint', () => (printing.value = false));
  const choice = computed<ThemeChoice>(() => themeChoices.find((c) => c === storedTheme.value) ?? 'system');
  const theme = computed<Theme>(() => {
    if (printing.value) return 'light';
    if (served.value) return served.value.theme;
    if (choice.value !== 'system') return choice.value;
    return systemContrast.value ? 'contrast' : systemDark.value ? 'dark' : 'light';
  });

  if (!import.meta.env.SSR)
    watchEffect(() => {
      const page = document.documentElement;
      const tag = lang.value === 'zh' ? 'zh-CN' : 'en';
      // What stands already is not set again: browsers would style every element anew.
      if (page.lang !== tag) page.lang = tag;
      if (page.dataset['theme'] !== theme.value) page.dataset['theme'] = theme.value;
      // The server draws the next page for it.
      if (!served.value && !printing.value)
        document.cookie = `${LOOK_COOKIE}=${lookText({ lang: lang.value, theme: theme.value })}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    });

  function speak(to: Lang): void {
    storedLang.value = to;
  }
  function choose(to: ThemeChoice): void {
    storedTheme.value = to === 'system' ? '' : to;
  }
  /** Draws for a look that is not this browser's own; `null` goes back to its own. */
  function drawFor(look: ServedLook | null): void {
    served.value = look;
  }

  return { lang, theme, choice, printing, speak, choose, drawFor };
});
