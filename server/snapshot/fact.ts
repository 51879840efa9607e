/** What stands beside figures, as data: each fact has its own key, so that a format can choose where it is put. */
export const factKeys = [
  'scope',
  'shown',
  'figure',
  'measure',
  'years',
  'period',
  'yearStart',
  'asOf',
  'structure',
  'basis',
  'coverage',
  'norm',
  'changes',
  'definition',
  'note',
  'source',
  'version',
  'snapshot',
  'link',
  'maker',
  'createdAt',
  'demo',
] as const;
export type FactKey = (typeof factKeys)[number];

export type Fact = { readonly key: FactKey; readonly label: string; readonly text: string };
