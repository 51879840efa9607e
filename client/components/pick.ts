/** One entry of a pick list. `depth` indents it; entries of one `group` stand under its heading. */
export type Option = {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
  readonly depth?: number;
  readonly group?: string;
  /** Other words by which it is found. */
  readonly also?: string;
};

const fold = (text: string): string => text.toLowerCase().replaceAll(/\s+/g, '');

/** Those whose label, hint, value or other words contain what was typed; all for nothing typed. */
export function matching(options: readonly Option[], typed: string): readonly Option[] {
  const wanted = fold(typed);
  if (wanted === '') return options;
  return options.filter((o) => fold(`${o.label} ${o.value} ${o.also ?? ''}`).includes(wanted));
}

/** Entries in their order, cut where the group changes. */
export function inGroups(options: readonly Option[]): { name: string; options: Option[] }[] {
  const groups: { name: string; options: Option[] }[] = [];
  for (const option of options) {
    const last = groups.at(-1);
    if (last && last.name === (option.group ?? '')) last.options.push(option);
    else groups.push({ name: option.group ?? '', options: [option] });
  }
  return groups;
}
