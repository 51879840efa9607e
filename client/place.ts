import type { Router, RouterScrollBehavior } from 'vue-router';

/**
 * The places of this tab's history: what had the focus there, and what was unfolded. Going back or
 * forward finds a place as it was left, once what stood there stands again. In the browser only.
 */

type Place = { focus: Left | null; readonly kept: Map<string, unknown> };
/** The element that was left, and of a chart the mark in it. */
type Left = { readonly selector: string; readonly mark: string | undefined };

/** By the router's own count of the entries. */
const places = new Map<number, Place>();
let here = 0;
let isBack = false;

const positionNow = (): number => Number((history.state as { position?: unknown } | null)?.position ?? 0);
function placeHere(): Place {
  const place = places.get(here) ?? { focus: null, kept: new Map<string, unknown>() };
  places.set(here, place);
  return place;
}

/** What was kept under the name at this place; undefined where the reader comes anew. */
export const keptHere = (name: string): unknown => (isBack ? places.get(here)?.kept.get(name) : undefined);
export const keepHere = (name: string, value: unknown): void => void placeHere().kept.set(name, value);

/** Attributes by which a part of a page is known whatever stands before it. */
const names = ['data-view', 'data-kpi', 'data-list', 'data-record', 'data-move', 'data-need', 'data-unit'];
const quoted = (value: string): string => `"${CSS.escape(value)}"`;

/** A selector that finds the element again on a page drawn anew; null for what needs no finding. */
export function selectorOf(element: Element | null): string | null {
  const steps: string[] = [];
  for (let e = element; e !== null && e !== document.body; e = e.parentElement) {
    if (e.id === 'content') return steps.length === 0 ? null : ['#content', ...steps].join(' ');
    const name = names.find((n) => e.hasAttribute(n));
    const href = e.getAttribute('href');
    const own = e === element;
    if (own && e.classList.contains('stage')) steps.unshift('.stage');
    else if (own && href !== null) steps.unshift(`a[href=${quoted(href)}]`);
    else if (name !== undefined) steps.unshift(`[${name}=${quoted(e.getAttribute(name) ?? '')}]`);
    // Between a part with a name and a link or chart in it nothing needs to be told.
    else if (own || !/^(a|\.stage)/.test(steps[0] ?? '')) {
      const alike = [...(e.parentElement?.children ?? [])].filter((s) => s.tagName === e.tagName);
      const step = `${e.tagName.toLowerCase()}:nth-of-type(${alike.indexOf(e) + 1})`;
      if (!(steps[0] ?? '').startsWith('[')) steps.unshift(step);
    }
  }
  return null;
}

function leftAt(element: Element | null): Left | null {
  const selector = selectorOf(element);
  return selector === null ? null : { selector, mark: (element as HTMLElement).dataset['at'] };
}

/** Lets the router remember what is left at each place. */
export function keepPlaces(router: Router): void {
  let popped = false;
  here = positionNow();
  router.options.history.listen(() => (popped = true));
  router.beforeEach(() => {
    placeHere().focus = leftAt(document.activeElement);
  });
  router.afterEach((to, from, failure) => {
    isBack = popped;
    popped = false;
    if (failure) return;
    const now = positionNow();
    // What lay ahead of a new place is gone from the history.
    if (!isBack && now > here) for (const p of places.keys()) if (p >= now) places.delete(p);
    here = now;
    if (isBack || to.path === from.path) return;
    // On a new page the next Tab leads into its content.
    requestAnimationFrame(() => {
      const lost = document.activeElement === null || document.activeElement === document.body;
      if (lost) document.getElementById('content')?.focus({ preventScroll: true });
    });
  });
}

/** A page that is slower than this is not waited for. Milliseconds. */
const PATIENCE = 4000;
const acts = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;

/** Charts are drawn and nothing is under way, or the reader has begun to do something else (false). */
function settled(isReady: () => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const until = performance.now() + PATIENCE;
    const end = (arrived: boolean): void => {
      for (const act of acts) removeEventListener(act, stop, true);
      resolve(arrived);
    };
    let stopped = false;
    const stop = (): void => void (stopped = true);
    for (const act of acts) addEventListener(act, stop, { capture: true, passive: true });
    const look = (): void => {
      if (stopped) end(false);
      else if (isReady() || performance.now() > until) end(true);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

const isDrawn = (): boolean =>
  document.querySelector('#content [aria-busy="true"], #content [data-view][data-ready="false"]') === null;

async function comeBack(top: number): Promise<boolean> {
  const left = places.get(here)?.focus ?? null;
  // As soon as the page is long enough it stands where it stood; and again when nothing moves any more.
  const arrived = await settled(() => {
    const root = document.documentElement;
    if (Math.abs(scrollY - top) > 1 && root.scrollHeight - innerHeight >= top) scrollTo({ top });
    return isDrawn() && (left === null || document.querySelector(left.selector) !== null);
  });
  if (!arrived) return false;
  const element = left === null ? null : document.querySelector<HTMLElement>(left.selector);
  if (element && left?.mark !== undefined) element.dataset['at'] = left.mark;
  element?.focus({ preventScroll: true });
  return true;
}

/**
 * A picker changes the question, not the place: only another page starts at its top. To an anchor a
 * page goes by itself, once what it names is there.
 */
export const toItsPlace: RouterScrollBehavior = async (to, from, saved) => {
  if (saved) return (await comeBack(saved.top)) ? saved : false;
  return to.hash !== '' || to.path === from.path ? false : { top: 0 };
};
