import { computed, defineAsyncComponent, ref, useId, type Component } from 'vue';

/** What a button opens knows the button by this. */
export type OpenedBy = {
  readonly button: HTMLElement;
  readonly buttonId: string;
  readonly panelId: string;
  /** By Enter, space or an arrow: then what is opened has the focus on its first entry. */
  readonly isByKey: boolean;
};

/**
 * A button that stands in a page long before anyone presses it. What it opens, and the library that places it, comes when
 * a reader comes near: together they are as much program as all that a first view needs of Vue.
 *
 * @param opens a menu or a list beside the button, or a dialog over the page, which finds the way back by itself
 * @returns `attrs` for the button; `by` for what it opens, null until a reader comes near, and then that is to be there
 */
export function useOpener(opens: 'menu' | 'list' | 'dialog') {
  const buttonId = useId();
  const panelId = `${buttonId}-panel`;
  const open = ref(false);
  const isByKey = ref(false);
  const button = ref<HTMLElement | null>(null);
  const come = (e: Event): void => {
    if (e.currentTarget instanceof HTMLElement) button.value = e.currentTarget;
  };
  const turn = (e: Event, to: boolean, byKey: boolean): void => {
    come(e);
    isByKey.value = byKey;
    open.value = to;
  };
  const handlers = {
    onPointerenter: come,
    onFocusin: come,
    // A click that comes of a key counts no presses.
    onClick: (e: MouseEvent) => turn(e, !open.value, e.detail === 0),
    ...(opens === 'menu' && {
      onKeydown: (e: KeyboardEvent) => {
        if (e.key !== 'ArrowDown') return;
        e.preventDefault();
        turn(e, true, true);
      },
    }),
  };
  const attrs = computed(() => ({
    id: buttonId,
    'aria-haspopup': opens === 'menu' ? ('menu' as const) : ('dialog' as const),
    'aria-expanded': open.value,
    'aria-controls': open.value && opens !== 'dialog' ? panelId : undefined,
    'data-state': open.value ? 'open' : 'closed',
    ...handlers,
  }));
  const by = computed<OpenedBy | null>(() =>
    button.value ? { button: button.value, buttonId, panelId, isByKey: isByKey.value } : null,
  );
  return { open, attrs, by };
}

/** Milliseconds, and how often: a server that is being started again is back within that. */
const AGAIN_MS = 1_000;
const TRIES = 60;

/** A part whose file comes when it is first shown; while the server is lost it is asked for again. */
export const comesLater = <T extends Component>(loader: () => Promise<{ default: T }>): T =>
  defineAsyncComponent({
    loader: async () => (await loader()).default,
    onError: (_error, again, fail, tries) => (tries < TRIES ? setTimeout(again, AGAIN_MS) : fail()),
  }) as T;
