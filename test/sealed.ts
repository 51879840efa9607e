import { sayFacts } from '../server/snapshot/facts.ts';
import type { Sealed } from '../server/snapshot/sealed.ts';
import { kpiOf } from '../shared/charts/parts.ts';
import type { ViewInput } from '../shared/charts/view.ts';
import { views } from '../shared/charts/views.ts';
import type { ViewId } from '../shared/views.ts';

/** A seal of made answers, as the product would write it. */
export function sealOf(view: ViewId, input: ViewInput, of: Partial<Sealed> = {}): Sealed {
  const lang = of.lang ?? 'zh';
  const { id, name, unit, better, definition } = kpiOf(input.state);
  const sealed: Sealed = {
    format: 'hangbiao-snapshot/2',
    id: 'abcdefghijklmnop',
    view,
    lang,
    title: views[view].title(input, lang),
    says: views[view].says(input, lang),
    note: null,
    demo: true,
    maker: '党办',
    createdAt: '2025-10-08T02:30:00.000Z',
    dataVersion: 318,
    state: input.state,
    kpi: { id, name, unit, better, definition },
    units: input.tree.units,
    answers: input.answers,
    table: views[view].table(input, lang),
    link: 'https://hangbiao.example.cn/s/abcdefghijklmnop',
    facts: null,
    ...of,
  };
  return { ...sealed, facts: sayFacts(sealed) };
}

/** What is known of such a seal from outside of it. */
export const proof = {
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  link: 'https://hangbiao.example.cn/s/abcdefghijklmnop',
};
