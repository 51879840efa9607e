import { pinyin } from 'pinyin-pro';

/** Readings of characters that were looked up, without tones; what is no Chinese character reads as itself. */
const known = new Map<string, readonly string[]>();

function readingsOf(character: string): readonly string[] {
  const found = known.get(character);
  if (found) return found;
  const read = /\p{Script=Han}/u.test(character)
    ? pinyin(character, { multiple: true, toneType: 'none', type: 'array' })
    : [character];
  // Keyboards have no ü: 吕 is typed lv.
  const readings = [...new Set(read.flatMap((r) => (r.includes('ü') ? [r, r.replace('ü', 'v')] : [r])))];
  known.set(character, readings);
  return readings;
}

/** Letters of a reading that may stand for it: all, the first, or its `zh`, `ch`, `sh`. */
const shortened = (reading: string): readonly string[] => [
  reading,
  reading.charAt(0),
  ...(/^[zcs]h/.test(reading) ? [reading.slice(0, 2)] : []),
];

/**
 * Which characters in a row what was typed stands for: initials, syllables, the one after the other (`donggz`), the last
 * as far as it is typed. A character of two readings answers to both.
 * @returns the first place, or null
 */
export function spelled(
  name: string,
  typed: string,
): { readonly start: number; readonly length: number } | null {
  const characters = [...name].map(readingsOf);
  for (let start = 0; start < characters.length; start++) {
    /** How much of what was typed the characters from `start` on may have used up. */
    let used = new Set([0]);
    for (let at = start; at < characters.length && used.size > 0; at++) {
      const next = new Set<number>();
      for (const from of used)
        for (const reading of characters[at] ?? []) {
          if (reading.startsWith(typed.slice(from))) return { start, length: at - start + 1 };
          for (const part of shortened(reading))
            if (typed.startsWith(part, from)) next.add(from + part.length);
        }
      used = next;
    }
  }
  return null;
}
