/** How each page is looked at. What is here runs in the page, as text: it must not name anything outside of itself. */
export type Subject = {
  readonly name: 'ours' | 'common' | 'lean';
  readonly url: string;
  /** Both charts stand in the document with their marks. */
  readonly drawn: () => boolean;
  /** The big chart shows the KPI, to its last frame. */
  readonly shows: (kpi: string) => boolean;
  /** What is pressed to choose a KPI. */
  readonly card: (kpi: string) => string;
};

const ofPeer = {
  drawn: () => {
    const { lineDrawn, heatDrawn } = document.documentElement.dataset;
    return lineDrawn !== undefined && heatDrawn !== undefined;
  },
  shows: (kpi: string) => document.documentElement.dataset['lineDrawn'] === kpi,
  card: (kpi: string) => `[data-kpi="${kpi}"]`,
};

/** @param at the addresses of the product and of the peers */
export const subjects = (at: { readonly ours: string; readonly peers: string }): readonly Subject[] => [
  {
    name: 'ours',
    url: `${at.ours}/`,
    drawn: () =>
      ['yoy', 'heatmap'].every((view) =>
        document.querySelector(`[data-view="${view}"][data-ready="true"] .stage svg path`),
      ),
    shows: (kpi: string) =>
      new URLSearchParams(location.search).get('kpi') === kpi &&
      document.querySelector(`[data-kpi="${kpi}"].on`) !== null &&
      document.querySelector(
        '[data-view="yoy"][data-ready="true"] .frame:not(.stale) .stage .sheet:not(.aside) svg path',
      ) !== null,
    card: (kpi: string) => `[data-kpi="${kpi}"] button`,
  },
  { name: 'common', url: `${at.peers}/common/`, ...ofPeer },
  { name: 'lean', url: `${at.peers}/lean/`, ...ofPeer },
];

/** What a page is found to do, in milliseconds from the navigation's start; NaN until then. */
export type Seen = {
  fcp: number;
  painted: number;
  finished: number;
  shift: number;
  readonly tasks: { readonly start: number; readonly end: number }[];
  /** From a press to the frame that shows what was chosen. */
  change: number;
};
export type Watching = { readonly seen: Seen; expectChange(kpi: string): void };

/** Watches the page from its first moment on, before any script of its own. */
function watch({ drawn, shows }: Pick<Subject, 'drawn' | 'shows'>): void {
  const seen: Seen = { fcp: NaN, painted: NaN, finished: NaN, shift: 0, tasks: [], change: NaN };
  const observe = (type: string, take: (entry: PerformanceEntry) => void): void =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  observe('paint', (e) => {
    if (e.name === 'first-contentful-paint') seen.fcp = e.startTime;
  });
  observe('longtask', (e) => seen.tasks.push({ start: e.startTime, end: e.startTime + e.duration }));
  observe('layout-shift', (e) => (seen.shift += (e as unknown as { value: number }).value));

  // A task that is begun in a frame runs after that frame is painted.
  const afterFrame = (then: () => void): void => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', then);
    port1.start();
    port2.postMessage(null);
  };
  // Where charts are animated, `finished` is after the last frame of it; elsewhere it is the first.
  const isFinished = (): boolean => {
    const { lineDrawn, lineFinished, heatFinished } = document.documentElement.dataset;
    return lineDrawn === undefined || (lineFinished !== undefined && heatFinished !== undefined);
  };
  const look = (): void => {
    const isDrawn = drawn();
    if (isDrawn && Number.isNaN(seen.painted)) afterFrame(() => (seen.painted = performance.now()));
    if (isDrawn && isFinished()) afterFrame(() => (seen.finished = performance.now()));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  function expectChange(kpi: string): void {
    let pressed = NaN;
    const check = (): void => {
      if (Number.isNaN(pressed) || !shows(kpi)) return;
      requestAnimationFrame(() => {
        // It may have been what stood there before.
        if (!shows(kpi) || !Number.isNaN(seen.change)) return;
        watching.disconnect();
        afterFrame(() => (seen.change = performance.now() - pressed));
      });
    };
    seen.change = NaN;
    const watching = new MutationObserver(check);
    watching.observe(document, { subtree: true, childList: true, attributes: true });
    addEventListener('click', (e) => (pressed = e.timeStamp), { capture: true, once: true });
  }
  Object.assign(window, { watching: { seen, expectChange } satisfies Watching });
}

/** The text of the script that watches a page. What runs these benches wraps named functions in `__name`, which no page has. */
export const watcher = ({ drawn, shows }: Subject): string =>
  `globalThis.__name ??= (f) => f; (${watch.toString()})({ drawn: ${drawn.toString()}, shows: ${shows.toString()} });`;
