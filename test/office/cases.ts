import type { Sealed } from '../../server/snapshot/sealed.ts';
import type { Lang } from '../../shared/text.ts';
import type { ViewId } from '../../shared/views.ts';
import { viewIds } from '../../shared/views.ts';
import { goldens } from '../charts/goldens.ts';
import { sealOf } from '../sealed.ts';

/** The charts' own goldens as seals, each in both languages. */
export type Case = {
  readonly name: string;
  readonly view: ViewId;
  readonly lang: Lang;
  readonly sealed: Sealed;
};

const viewOf = (name: string): ViewId => viewIds.find((id) => name === id || name.startsWith(`${id}-`))!;

const drawn = goldens.filter(({ name }) => !/narrow|dark|contrast/.test(name));

export const cases: readonly Case[] = drawn.flatMap(({ name, input, look }) =>
  // A golden is drawn in one language; each view is tried in both.
  (name === viewOf(name) || name.endsWith('empty') ? (['zh', 'en'] as const) : [look.lang]).map((lang) => ({
    name: `${name} ${lang}`,
    view: viewOf(name),
    lang,
    sealed: sealOf(viewOf(name), input, { lang }),
  })),
);

/** One seal a view, in a language: those of which every format is made. */
export function oneOfEach(lang: Lang): Case[] {
  return viewIds.map((view) => {
    const found =
      drawn.find(({ name }) => name === view) ??
      drawn.find(({ name }) => viewOf(name) === view && !/empty|many|unsplit/.test(name))!;
    return { name: `${found.name} ${lang}`, view, lang, sealed: sealOf(view, found.input, { lang }) };
  });
}
