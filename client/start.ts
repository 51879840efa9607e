/**
 * The first script of every page, and a small one. Where the server has drawn the page, the program that takes it over
 * is fetched once the drawing is on the screen: it must not compete with it for the network and the processor.
 *
 * It imports nothing: in a drawn page it is a plain script that runs when all of the page is read (server/pages.ts).
 */
const contentOf = (name: string): string | undefined =>
  document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content;

const put = (name: 'link' | 'script', attributes: object): void =>
  document.head.append(Object.assign(document.createElement(name), attributes));

const files = (): readonly string[] => contentOf('parts')?.split(' ') ?? ['/main.ts'];
/** All files are fetched together: the browser would learn of each only from the one before. */
const fetchAhead = (href: string): void => put('link', { rel: 'modulepreload', href });
const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Nothing stands yet: the program, which is the last of its files, is to run as soon as it is here. */
function begin(): void {
  keepNoPlaces();
  put('script', { type: 'module', src: files().at(-1) });
  files().forEach(fetchAhead);
}

/**
 * vue-router parses what it keeps here as soon as it is read. Nothing kept is an error to it, and to tell where an error is
 * browsers parse the whole of its file once more: on a slow machine a fifth of a second.
 */
function keepNoPlaces(): void {
  try {
    sessionStorage['vue-router:scroll'] ??= '{}';
  } catch {
    // A browser that keeps nothing for pages.
  }
}

/** The page stands and is read: its program must not keep a press waiting for as long as all of it takes. */
async function takeOver(figures: string): Promise<void> {
  keepNoPlaces();
  for (const href of files()) {
    fetchAhead(href);
    await nextTask();
  }
  // As main.ts fetches them.
  put('link', { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href: figures });
  for (const href of files()) {
    await import(/* @vite-ignore */ href);
    await nextTask();
  }
}

/** What is not looked at has no frames and is not painted, and some browsers do not tell. */
const LONGEST_WAIT_MS = 1_000;

/** The frame that shows what there is now has been painted; or nobody looks. */
const nextFrame = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve, 0));
    setTimeout(resolve, LONGEST_WAIT_MS);
  });

/**
 * The browser has shown something: what is fetched before would compete with it. Asked only after a frame, since to ask
 * takes longer than all else in this script.
 */
const firstPaint = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, document.visibilityState === 'hidden' ? 0 : LONGEST_WAIT_MS);
    new PerformanceObserver((list, observer) => {
      if (list.getEntriesByName('first-contentful-paint').length === 0) return;
      observer.disconnect();
      resolve();
    }).observe({ type: 'paint', buffered: true });
  });

// Until all of the page is taken over, what is pressed is held, and pressed again then: what is not there yet would not
// hear it, and what is there would change what is not. The event's name is that of main.ts.
const held: (() => void)[] = [];
const hold = (event: MouseEvent | KeyboardEvent, again: () => Event): void => {
  const { target } = event;
  event.preventDefault();
  event.stopPropagation();
  held.push(() => target?.dispatchEvent(again()));
};
/** Vue keeps an element's listeners under a symbol of the element. A link that has none leads on without the program. */
const isTaken = (element: Element): boolean => Object.getOwnPropertySymbols(element).length > 0;
const holdClick = (event: MouseEvent): void => {
  const { target, ctrlKey, metaKey, shiftKey } = event;
  const pressed = target instanceof Element ? target.closest('a, button, .stage > svg') : null;
  if (!pressed || (pressed.matches('a') && (!isTaken(pressed) || ctrlKey || metaKey || shiftKey))) return;
  hold(event, () => new MouseEvent('click', event));
};
/** In a chart all keys are its own, but for those that leave it and the browser's. */
const holdKey = (event: KeyboardEvent): void => {
  const { target, key, ctrlKey, metaKey, altKey } = event;
  if (!(target instanceof Element && target.matches('.stage'))) return;
  if (/^(Tab|F\d+)$/.test(key) || ctrlKey || metaKey || altKey) return;
  hold(event, () => new KeyboardEvent('keydown', event));
};
document.addEventListener('click', holdClick, true);
document.addEventListener('keydown', holdKey, true);
document.addEventListener('hangbiao:taken', () => {
  document.removeEventListener('click', holdClick, true);
  document.removeEventListener('keydown', holdKey, true);
  for (const press of held) press();
});

const figures = contentOf('drawn-from');
if (figures)
  void nextFrame()
    .then(firstPaint)
    .then(() => takeOver(figures));
else begin();
