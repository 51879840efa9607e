import type { Response } from 'express';

// Milliseconds: a person sees no more, and a proxy drops a line on which nothing is said for long.
const EVERY = 200;
const BEAT = 15_000;

/**
 * Server-sent events about work that goes on: `progress` whenever there is something new, `done` at its end. The line
 * then closes; a browser that asks again hears `done` at once.
 */
export async function sendEvents(
  res: Response,
  {
    listen,
    look,
    last,
  }: {
    /** Calls back when something may be new. @returns how to end it */
    readonly listen: (hear: () => void) => () => void;
    /** What there is to tell; null at the end. */
    readonly look: () => unknown;
    readonly last: () => Promise<unknown>;
  },
): Promise<void> {
  res.status(200).set({
    'Content-Type': 'text/event-stream',
    // Compression would hold events back until there are many.
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
  res.flushHeaders();
  const say = (event: string, data: unknown): void => {
    res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  await new Promise<void>((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const tell = (): void => {
      timer = undefined;
      const at = look();
      if (at === null) end();
      else say('progress', at);
    };
    const unlisten = listen(() => {
      if (look() === null) tell();
      else timer ??= setTimeout(tell, EVERY);
    });
    const beat = setInterval(() => res.write(': \n\n'), BEAT);
    function end(): void {
      clearTimeout(timer);
      clearInterval(beat);
      unlisten();
      resolve();
    }
    res.on('close', end);
    tell();
  });
  if (res.destroyed || res.writableEnded) return;
  say('done', await last());
  res.end();
}
