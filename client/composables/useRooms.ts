import { useRoute } from 'vue-router';
import { ROOMS_COOKIE, roomsFrom, roomsText, type Size } from '../served.ts';

const MONTH_SECONDS = 30 * 24 * 3600;
/** Charts settle one after another; the cookie is written once for all of them. Milliseconds. */
const SETTLED = 500;

let sizes = new Map<string, Size>();
let known = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

function write(): void {
  document.cookie = `${ROOMS_COOKIE}=${roomsText({ window: known, sizes })}; path=/; max-age=${MONTH_SECONDS}; samesite=lax`;
}

/** What earlier pages have remembered, unless the window has another width now. */
function recall(): void {
  if (known === window.innerWidth) return;
  known = window.innerWidth;
  const text = new RegExp(`${ROOMS_COOKIE}=([^;]*)`).exec(document.cookie)?.[1];
  const rooms = roomsFrom(text);
  sizes = rooms?.window === known ? new Map(rooms.sizes) : new Map();
}

/**
 * Remembers how much room each chart has in this window, in a cookie: the server draws the next page's charts for it.
 * `keyOf` names a chart by its page and view; `heightOf` is how high it was when it was last drawn here, if it was.
 */
export function useRooms(): {
  keyOf: (view: string) => string;
  heightOf: (view: string) => number | undefined;
  remember: (view: string, size: Size) => void;
} {
  const route = useRoute();
  const keyOf = (view: string): string => `${String(route.name)}.${view}`;
  return {
    keyOf,
    heightOf(view) {
      if (import.meta.env.SSR) return undefined;
      recall();
      return sizes.get(keyOf(view))?.height;
    },
    remember(view, { width, height }) {
      recall();
      const before = sizes.get(keyOf(view));
      if (before?.width === width && before.height === height) return;
      sizes.set(keyOf(view), { width, height });
      clearTimeout(timer);
      timer = setTimeout(write, SETTLED);
    },
  };
}
