/**
 * The first script of every page, and a small one. Where the server has drawn the page, the program that takes it over
 * is fetched once the drawing is on the screen: it must not compete with it for the network and the processor.
 */
const contentOf = (name: string): string | undefined =>
  document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content;
/** Where the figures are that the server has drawn the page from. */
const drawnFrom = (): string | undefined => contentOf('drawn-from');

const put = (attributes: Partial<HTMLLinkElement>): void =>
  document.head.append(Object.assign(document.createElement('link'), attributes));

async function begin(): Promise<void> {
  const parts = document.querySelector<HTMLMetaElement>('meta[name=parts]')?.content.split(' ') ?? [
    '/main.ts',
  ];
  // All files together: the browser would learn of each only from the one before.
  for (const href of parts) put({ rel: 'modulepreload', href });
  const figures = drawnFrom();
  // As main.ts fetches them.
  if (figures) put({ rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href: figures });
  // Run at once, they would keep a press waiting for as long as all of them take.
  for (const href of parts) {
    await import(/* @vite-ignore */ href);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

/** What is not looked at is not painted, and some browsers do not tell. */
const LONGEST_WAIT_MS = 1_000;

function afterFirstPaint(then: () => void): void {
  let isDone = false;
  const once = (): void => {
    if (isDone) return;
    isDone = true;
    then();
  };
  setTimeout(once, document.visibilityState === 'hidden' ? 0 : LONGEST_WAIT_MS);
  new PerformanceObserver((list, observer) => {
    if (list.getEntriesByName('first-contentful-paint').length === 0) return;
    observer.disconnect();
    once();
  }).observe({ type: 'paint', buffered: true });
}

// A button that is pressed before the program is there is pressed again by then. The names are those of main.ts.
const pressed: HTMLButtonElement[] = [];
const hear = (event: Event): void => {
  const button = event.target instanceof Element ? event.target.closest('button') : null;
  if (button) pressed.push(button);
};
document.addEventListener('click', hear, true);
document.addEventListener('hangbiao:mounted', () => document.removeEventListener('click', hear, true));
document.addEventListener('hangbiao:taken', () => {
  for (const button of pressed.splice(0)) button.click();
});

if (drawnFrom()) afterFirstPaint(() => void begin());
else void begin();
