import type { InjectionKey } from 'vue';
import type { EChartsCoreOption } from 'echarts/core';
import { langs, type Lang } from '../shared/text.ts';

/**
 * What a page that the server has drawn and the browser that takes it over say to each other: which look it was drawn
 * for and with which figures (in the page), which look and how much room this browser has (in cookies, for the next).
 */
export type Theme = 'light' | 'dark' | 'contrast';
export type ServedLook = { readonly lang: Lang; readonly theme: Theme };
/** The figures that the page was drawn from, as the query cache keeps them. They come after the page. */
export type ServedState = { readonly look: ServedLook; readonly queries: Record<string, never> };

export const LOOK_COOKIE = 'hangbiao_look';
const themes: readonly Theme[] = ['light', 'dark', 'contrast'];

/** `zh.light` */
export const lookText = ({ lang, theme }: ServedLook): string => `${lang}.${theme}`;
/** @returns Chinese and light where the cookie says nothing that is known */
export function lookFrom(text: string | undefined): ServedLook {
  const [lang, theme] = (text ?? '').split('.');
  return {
    lang: langs.find((l) => l === lang) ?? 'zh',
    theme: themes.find((t) => t === theme) ?? 'light',
  };
}

export type Size = { readonly width: number; readonly height: number };
/** How much room each chart had when it was last drawn in a window of this width, CSS pixels. */
export type Rooms = { readonly window: number; readonly sizes: ReadonlyMap<string, Size> };
export const ROOMS_COOKIE = 'hangbiao_rooms';
// A cookie holds 4 kB.
const MOST_ROOMS = 60;

/** `1440~overview.yoy~878~330~…` */
export const roomsText = ({ window, sizes }: Rooms): string =>
  [window, ...[...sizes].slice(-MOST_ROOMS).flatMap(([key, { width, height }]) => [key, width, height])].join(
    '~',
  );
export function roomsFrom(text: string | undefined): Rooms | null {
  const [window, ...rest] = (text ?? '').split('~');
  if (!/^\d{2,5}$/.test(window ?? '')) return null;
  const sizes = new Map<string, Size>();
  for (let i = 0; i + 2 < rest.length; i += 3) {
    const [width, height] = [Number(rest[i + 1]), Number(rest[i + 2])];
    if (isLength(width) && isLength(height)) sizes.set(rest[i] ?? '', { width, height });
  }
  return { window: Number(window), sizes };
}
const isLength = (n: number): boolean => Number.isInteger(n) && n > 0 && n < 100_000;

/** On the server: draws a chart's option as SVG. */
export type Draw = (option: EChartsCoreOption, size: Size) => string;
/** On the server: the room of a chart, by page and view; null where it cannot be known. */
export type RoomOf = (key: string) => Size | null;
export const drawing: InjectionKey<{ readonly draw: Draw; readonly roomOf: RoomOf }> = Symbol('drawing');
