/** What Excel takes for a sheet's name. */
const LONGEST = 31;

const cut = (text: string, length: number): string =>
  // Not through the middle of a character of two halves.
  text.slice(0, length).replace(/[\ud800-\udbff]$/, '');

/** The name as Excel takes it: no `[]:*?/\`, no control characters, no quote at an end, at most 31 characters. */
export function sheetName(text: string, otherwise: string): string {
  const plain = text.replace(/[[\]:*?/\\\p{Cc}]/gu, '_').replace(/^[\s']+|[\s']+$/g, '');
  const name = cut(plain, LONGEST).replace(/[\s']+$/, '');
  // Excel keeps this one for itself.
  return name === '' || /^history$/i.test(name) ? otherwise : name;
}

/** The names, told apart: of two alike the second is `… (2)`. Excel takes `a` and `A` for the same. */
export function apart(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let n = 2; taken.has(own.toLowerCase()); n++) {
      const mark = ` (${n})`;
      own = cut(name, LONGEST - mark.length) + mark;
    }
    taken.add(own.toLowerCase());
    return own;
  });
}
