import type { Cookie } from 'playwright-core';
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

/** Lighthouse's scores of our pages, signed in, as a desktop and as a phone. */
export async function scores(
  at: string,
  pages: readonly string[],
  cookies: readonly Cookie[],
): Promise<Score[]> {
  // Not resolved before it runs.
  const name: string = 'lighthouse';
  const { default: lighthouse, desktopConfig } = (await import(name)) as Lighthouse;
  const found: Score[] = [];
  for (const form of ['desktop', 'mobile'] as const)
    for (const page of pages) {
      // A browser of its own for each: what the pages keep in cookies would be known to the next.
      const { context, port } = await launchAlone();
      try {
        await context.addCookies([...cookies]);
        const flags = { port, onlyCategories: [...categories], logLevel: 'error' };
        const result = await lighthouse(at + page, flags, form === 'desktop' ? desktopConfig : undefined);
        if (!result) throw new Error(`Lighthouse has no result for ${page}`);
        const { lhr } = result;
        if (lhr.runtimeError) throw new Error(`Lighthouse, ${page}: ${lhr.runtimeError.message}`);
        found.push({
          page,
          form,
          of: categories.map((c) => Math.round((lhr.categories[c]?.score ?? NaN) * 100)),
        });
      } finally {
        await context.close();
      }
    }
  return found;
}
