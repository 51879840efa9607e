import type { Sealed } from '../../server/snapshot/sealed.ts';
import { views } from '../../shared/charts/views.ts';
import type { ViewInput } from '../../shared/charts/view.ts';
import { kpiOf } from '../../shared/charts/parts.ts';
import type { Lang } from '../../shared/text.ts';
import type { ViewId } from '../../shared/views.ts';

/** A seal of a view, as the server would make it of these answers. */
export function sealOf(view: ViewId, input: ViewInput, lang: Lang, of: Partial<Sealed> = {}): Sealed {
  const { id, name, unit, better, definition } = kpiOf(input.state);
  return {
    format: 'hangbiao-snapshot/1',
    id: 'k3vq8xw2m5rt',
    view,
    lang,
    title: views[view].title(input, lang),
    says: views[view].says(input, lang),
    note: null,
    demo: false,
    maker: '党办',
    createdAt: '2025-10-08T02:30:00.000Z',
    dataVersion: 318,
    state: input.state,
    kpi: { id, name, unit, better, definition },
    units: input.tree.units,
    answers: input.answers,
    table: views[view].table(input, lang),
    link: null,
    facts: null,
    ...of,
  };
}

export const proof = {
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  link: 'https://hb.example/s/k3vq8xw2m5rt',
};
