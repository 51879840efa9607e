/**
 * The first script of every page, and a small one. Where the server has drawn the page, the program that takes it over
 * is fetched once the drawing is on the screen: it must not compete with it for the network and the processor.
 */
const put = (name: 'link' | 'script', attributes: object): void =>
  document.head.append(Object.assign(document.createElement(name), attributes));

function begin(): void {
  // All files together: the browser would learn of each only from the one before. The first is the program.
  const parts = document.querySelector<HTMLMetaElement>('meta[name=parts]')?.content.split(' ');
  const [program = '/main.ts', ...others] = parts ?? [];
  put('script', { type: 'module', src: program });
  for (const href of others) put('link', { rel: 'modulepreload', href });
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

// STATE_ID of served.ts, whose import would bring half of the program.
if (document.getElementById('served-state')) afterFirstPaint(begin);
else begin();
