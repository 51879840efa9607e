import type { Cookie } from 'playwright-core';
import { quantile } from '../table.ts';
import { launchAlone } from './browser.ts';

type Result = {
  readonly lhr: {
    readonly runtimeError?: { readonly message: string };
    readonly categories: Readonly<Record<string, { readonly score: number | null }>>;
  };
};
/** What is used of Lighthouse: its package is there only once a bench has installed it. */
type Lighthouse = {
  readonly default: (url: string, flags: object, config?: object) => Promise<Result | undefined>;
  readonly desktopConfig: object;
};

const categories = ['performance', 'accessibility', 'best-practices'] as const;
export type Score = {
  readonly page: string;
  readonly form: 'desktop' | 'mobile';
  readonly of: readonly number[];
};

type Form = Score['form'];

/** Now and then the browser gives Lighthouse no beginning of its trace, and it asks to be run again. */
const TRIES = 3;

/** Lighthouse times one visit; all other figures here are medians too. */
export const LIGHTHOUSE_RUNS = 3;

/** Lighthouse's scores of our pages, signed in, as a desktop and as a phone: of each the median of its runs. */
export async function scores(
  at: string,
  pages: readonly string[],
  cookies: readonly Cookie[],
): Promise<Score[]> {
  // Not resolved before it runs.
  const name: string = 'lighthouse';
  const lighthouse = (await import(name)) as Lighthouse;
  const found: Score[] = [];
  for (const form of ['desktop', 'mobile'] as const)
    for (const page of pages) {
      const runs: number[][] = [];
      for (let run = 0; run < LIGHTHOUSE_RUNS; run++)
        runs.push(await scoresOf(lighthouse, at + page, { form, cookies }));
      console.error(`Lighthouse ${page} ${form}: ${runs.map((of) => of.join(' · ')).join(', ')}`);
      const of = categories.map((_, i) =>
        quantile(
          runs.map((scored) => scored[i] ?? NaN),
          0.5,
        ),
      );
      found.push({ page, form, of });
    }
  return found;
}

/** @throws what Lighthouse says at the last try */
async function scoresOf(
  { default: lighthouse, desktopConfig }: Lighthouse,
  url: string,
  { form, cookies }: { readonly form: Form; readonly cookies: readonly Cookie[] },
): Promise<number[]> {
  for (let left = TRIES - 1; ; left--) {
    // A browser of its own for each: what the pages keep in cookies would be known to the next.
    const { context, port } = await launchAlone();
    try {
      await context.addCookies([...cookies]);
      const flags = { port, onlyCategories: [...categories], logLevel: 'error' };
      const result = await lighthouse(url, flags, form === 'desktop' ? desktopConfig : undefined);
      const fault = result ? result.lhr.runtimeError?.message : 'no result';
      if (result && fault === undefined)
        return categories.map((c) => Math.round((result.lhr.categories[c]?.score ?? NaN) * 100));
      if (left === 0) throw new Error(`Lighthouse, ${url}: ${fault}`);
    } finally {
      await context.close();
    }
  }
}
