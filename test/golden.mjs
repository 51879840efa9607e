import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Draws the goldens anew and lists them on one page, test/charts/gallery.html. To be looked at
 * before they are committed: hence never in CI.
 */
if (process.env.CI) {
  console.error(
    'npm run golden: goldens are looked at before they are committed, so they are not written in CI',
  );
  process.exit(1);
}
const folder = new URL('./charts/output/', import.meta.url);
// A view that is gone, or renamed, leaves no drawing behind.
for (const name of readdirSync(folder)) if (name.endsWith('.svg')) rmSync(new URL(name, folder));

const { status } = spawnSync('npx', ['vitest', 'run', 'test/charts.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, GOLDEN: 'write' },
});

const names = readdirSync(folder)
  .filter((name) => name.endsWith('.svg'))
  .sort();
const figures = names.map(
  (name) =>
    `<figure><figcaption>${name}</figcaption><img src="output/${name}" alt="${name}" loading="lazy"></figure>`,
);
writeFileSync(
  new URL('./charts/gallery.html', import.meta.url),
  `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>图库 · 航标</title>
<style>
body { font: 14px/1.5 sans-serif; background: #888; margin: 16px; }
figure { display: inline-block; vertical-align: top; margin: 0 16px 16px 0; }
figcaption { color: #fff; }
img { display: block; max-width: 100%; }
</style>
${figures.join('\n')}
</html>
`,
);
console.log(`${names.length} goldens; look at them in test/charts/gallery.html`);
process.exit(status ?? 1);
