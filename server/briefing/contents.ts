import { changedTable } from './appendix.ts';
import type { Page, Whole } from './pages.ts';
import { say } from './words.ts';

/** The contents of a briefing: its parts, its messages by their number, its appendices. */

export type Entry = {
  /** What it leads to. */
  readonly of: Page | 'cover' | 'contents' | 'changes' | 'sources';
  /** The number of a message. */
  readonly label: string;
  readonly text: string;
  readonly isHead: boolean;
};

export function entriesOf(whole: Whole): Entry[] {
  const { lang } = whole.seal;
  const head = (of: Entry['of'], text: string): Entry => ({ of, label: '', text, isHead: true });
  return [
    ...whole.pages.map((page): Entry => {
      if (page.is === 'section') return head(page, page.text);
      if (page.is === 'message')
        return { of: page, label: String(page.n), text: page.sealed.title, isHead: false };
      const text =
        page.headline ?? `${say('text', lang)}${lang === 'zh' ? '：' : ': '}${beginning(page.text)}`;
      return { of: page, label: '', text, isHead: false };
    }),
    ...(hasChanges(whole) ? [head('changes', say('changes', lang))] : []),
    head('sources', say('sources', lang)),
  ];
}

export const hasChanges = ({ messages }: Whole): boolean => messages.some((m) => changedTable(m) !== null);

const BEGINNING = 30;
function beginning(text: string): string {
  const letters = [...text.replace(/\s+/g, ' ')];
  return letters.length <= BEGINNING ? letters.join('') : `${letters.slice(0, BEGINNING).join('')}…`;
}

/** As many entries as a page holds; a heading does not stay alone at its end. There is a page, whatever there is. */
export function entryPages(entries: readonly Entry[], most: number): Entry[][] {
  const pages: Entry[][] = [[]];
  entries.forEach((entry, i) => {
    const page = pages.at(-1) ?? [];
    const isAlone = entry.isHead && page.length === most - 1 && entries[i + 1]?.isHead === false;
    if (page.length === most || isAlone) pages.push([entry]);
    else page.push(entry);
  });
  return pages;
}
