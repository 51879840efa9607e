import { bare } from './text.ts';

/** A code and the words by which it is known. */
export type Worded = { readonly code: string; readonly words: readonly string[] };

/** A word's characters, and those that stand side by side. */
function partsOf(word: string): ReadonlySet<string> {
  const text = bare(word).toLowerCase();
  return new Set(Array.from(text, (c, i) => [c, text.slice(i, i + 2)]).flat());
}

// Under it only a character of no weight is shared.
const leastNear = 0.12;

/**
 * Finds the codes whose words are most like a word, the nearest first: by the parts that they share (Dice), of which
 * those that are in the words of many codes (会, 引航站) weigh little, and those in all nothing.
 */
export class Nearest {
  private readonly weights = new Map<string, number>();
  private readonly unheard: number;
  private readonly known: readonly { code: string; words: { parts: ReadonlySet<string>; sum: number }[] }[];

  constructor(all: readonly Worded[]) {
    this.unheard = Math.log(all.length + 1);
    const parted = all.map(({ code, words }) => ({ code, words: words.map(partsOf) }));
    const times = new Map<string, number>();
    for (const { words } of parted)
      for (const part of new Set(words.flatMap((parts) => [...parts])))
        times.set(part, (times.get(part) ?? 0) + 1);
    for (const [part, n] of times) this.weights.set(part, Math.log((all.length + 1) / (n + 1)));
    this.known = parted.map(({ code, words }) => ({
      code,
      words: words.map((parts) => ({ parts, sum: this.sum(parts) })),
    }));
  }

  private sum(parts: Iterable<string>): number {
    let total = 0;
    for (const part of parts) total += this.weights.get(part) ?? this.unheard;
    return total;
  }

  to(word: string, most = 5): string[] {
    const asked = partsOf(word);
    const whole = this.sum(asked);
    const heard = [...asked].filter((part) => this.weights.has(part));
    return this.known
      .map(({ code, words }) => ({
        code,
        near: Math.max(
          0,
          ...words.map(({ parts, sum }) => {
            const both = this.sum(heard.filter((part) => parts.has(part)));
            return both === 0 ? 0 : (2 * both) / (whole + sum);
          }),
        ),
      }))
      .filter(({ near }) => near >= leastNear)
      .sort((a, b) => b.near - a.near)
      .slice(0, most)
      .map(({ code }) => code);
  }
}
