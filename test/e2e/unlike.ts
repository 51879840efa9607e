import type { Page } from 'playwright-core';

/** The share of pixels that differ by more than the edge of a letter does. */
export async function unlike(page: Page, ...shots: [Buffer, Buffer]): Promise<number> {
  const blank = await page.context().newPage();
  const share = await blank.evaluate(
    async (sources) => {
      const [a, b] = await Promise.all(
        sources.map(async (source) => {
          const image = new Image();
          image.src = source;
          await image.decode();
          const ink = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
          ink.drawImage(image, 0, 0);
          return ink.getImageData(0, 0, image.width, image.height).data;
        }),
      );
      if (!a || a.length !== b?.length) return 1;
      let differing = 0;
      for (let i = 0; i < a.length; i += 4)
        if ([0, 1, 2].some((c) => Math.abs((a[i + c] ?? 0) - (b[i + c] ?? 0)) > 64)) differing++;
      return differing / (a.length / 4);
    },
    shots.map((shot) => `data:image/png;base64,${shot.toString('base64')}`),
  );
  await blank.close();
  return share;
}
