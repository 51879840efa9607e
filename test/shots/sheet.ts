/** The contact sheet: every picture on one page, what was found first. */

export type Shot = {
  readonly file: string;
  readonly page: string;
  readonly data: string;
  readonly width: string;
  readonly theme: string;
  readonly lang: string;
  readonly found: readonly string[];
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const nameOf = (s: Shot): string => `${s.data} · ${s.width} · ${s.theme} · ${s.lang}`;

const figure = (s: Shot): string =>
  `<figure id="${s.file}"><a href="${s.file}"><img src="${s.file}" alt="${escaped(`${s.page}, ${nameOf(s)}`)}" loading="lazy"></a>` +
  `<figcaption>${nameOf(s)}${s.found.map((f) => `<br><b>${escaped(f)}</b>`).join('')}</figcaption></figure>`;

/** Those found on several pictures stand once, with the pictures behind. */
function findings(shots: readonly Shot[]): string {
  const by = new Map<string, Shot[]>();
  for (const shot of shots)
    for (const found of shot.found) {
      const key = `${shot.page}: ${found}`;
      by.set(key, [...(by.get(key) ?? []), shot]);
    }
  const rows = [...by].map(
    ([key, of]) =>
      `<li>${escaped(key)} <small>${of.map((s) => `<a href="#${s.file}">${nameOf(s)}</a>`).join(', ')}</small></li>`,
  );
  return rows.length === 0 ? '<p>Nothing found by the machine.</p>' : `<ol>${rows.join('\n')}</ol>`;
}

export function contactSheet(shots: readonly Shot[]): string {
  const pages = [...new Set(shots.map((s) => s.page))];
  const nav = pages.map((p) => `<a href="#page-${p}">${p}</a>`).join(' ');
  const parts = pages.map(
    (p) =>
      `<h2 id="page-${p}">${p}</h2><div class="row">${shots
        .filter((s) => s.page === p)
        .map(figure)
        .join('\n')}</div>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Contact sheet · 航标</title>
<style>
body { font: 13px/1.5 sans-serif; margin: 16px; background: #777; color: #fff; }
a { color: inherit; }
.row { display: flex; flex-wrap: wrap; gap: 12px; align-items: start; }
figure { margin: 0; width: 300px; }
figure a { display: block; max-height: 460px; overflow: hidden; }
img { width: 100%; display: block; }
figure:has(b) img { outline: 3px solid #ff0; outline-offset: -3px; }
nav { position: sticky; top: 0; background: #555; padding: 8px; }
</style>
<h1>${shots.length} pictures</h1>
<nav>${nav}</nav>
${findings(shots)}
${parts.join('\n')}
</html>
`;
}
