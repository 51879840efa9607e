import { NAME_MAX } from '../../../shared/desk.ts';

/** Stands for a part that is taken out together with the words around it. */
const OUT = '\ue000';

/**
 * The page's question in its own words, without its answer: `引航中心 2023–2026 年的学习次数，各年按同期比`. The sentence
 * stands in the page's one heading, made of pickers, each of which says what it is of.
 * @param named address parameters; a day that the address does not name is not said: the view will be of the latest
 */
export function questionIn(heading: Element | null, named: ReadonlySet<string>): string {
  const copy = heading?.cloneNode(true);
  if (!(copy instanceof Element)) return '';
  for (const answer of copy.querySelectorAll('b, strong')) answer.remove();
  if (!named.has('asOf'))
    for (const day of copy.querySelectorAll('[data-blank="asOf"] button')) day.textContent = OUT;
  const words = (copy.textContent ?? '')
    .replaceAll(/\s+/g, ' ')
    .replace(/[，,]?\s*(截至|as of)\s*\ue000/, '')
    .replaceAll(OUT, '')
    // Chinese has no spaces; those in the sentence are for the eye.
    .replaceAll(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    .replace(/[\s，。：,.:;]+$/, '')
    .trim();
  return words.length > NAME_MAX ? `${words.slice(0, NAME_MAX - 1)}…` : words;
}
