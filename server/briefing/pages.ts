import { printable } from '../office/printable.ts';
import type { Properties } from '../office/package.ts';
import type { Proof } from '../snapshot/office/sources.ts';
import { readSealed, sha256, type Sealed } from '../snapshot/sealed.ts';
import type { Changes } from './changes.ts';
import { readBriefing, type BriefingSeal } from './sealed.ts';

/** A briefing as every format has it: its pages in order, each with one message. */

export type Message = {
  /** Messages are counted over the whole briefing, from 1. */
  readonly n: number;
  readonly sealed: Sealed;
  readonly proof: Proof;
  readonly comment: string | null;
  readonly changes: Changes | null;
};
export type Page =
  | { readonly is: 'section'; readonly text: string }
  | { readonly is: 'text'; readonly headline: string | null; readonly text: string }
  | ({ readonly is: 'message' } & Message);

export type Whole = {
  readonly seal: BriefingSeal;
  /** Over the bytes of its JSON. */
  readonly sha256: string;
  readonly pages: readonly Page[];
  readonly messages: readonly Message[];
};

/** The longest first line that is a headline, where more follows it. */
const HEADLINE = 40;

/**
 * @param text the briefing's seal, byte for byte
 * @param charts the seals of its snapshots, byte for byte, in its order
 * @throws where a snapshot is not the one that was sealed with it
 */
export function wholeOf(text: string, charts: readonly string[]): Whole {
  const seal = printable(readBriefing(text));
  let n = 0;
  const pages = seal.items.map((item): Page => {
    if (item.is === 'heading') return { is: 'section', text: item.text };
    if (item.is === 'text') return { is: 'text', ...headlined(item.text) };
    const own = charts[n++] ?? '';
    if (sha256(own) !== item.sha256) throw new Error(`snapshot ${item.id} is not as it was sealed`);
    const sealed = printable(readSealed(own));
    const { comment, changes } = item;
    return { is: 'message', n, sealed, proof: { sha256: item.sha256, link: sealed.link }, comment, changes };
  });
  const messages = pages.filter((page) => page.is === 'message');
  return { seal, sha256: sha256(text), pages, messages };
}

function headlined(text: string): { headline: string | null; text: string } {
  const [first = '', ...rest] = text.split('\n');
  const body = rest.join('\n').trim();
  return body !== '' && [...first].length <= HEADLINE
    ? { headline: first, text: body }
    : { headline: null, text };
}

/** `一季度学习简报 · 简报 k3vq… · 9f86d081884c7d65`: for the foot of every page. */
export const footOf = ({ seal, sha256: hash }: Whole): string =>
  [seal.title, seal.id, `SHA-256 ${hash.slice(0, 16)}…`].join(' · ');

/** What a file says about itself where programs list files. */
export const propertiesOf = ({ seal }: Whole): Properties => ({
  title: seal.title,
  subject: [seal.centre, seal.occasion].filter((one) => one !== null && one !== '').join(' · '),
  creator: seal.maker,
  identifier: seal.id,
  lang: seal.lang,
  createdAt: seal.sealedAt,
});
