import type { VocabularyDraft } from '../../shared/imports.ts';
import { kindByCode, kindFamilies, type KindFamily } from '../../shared/kinds.ts';
import type { Text } from '../../shared/text.ts';
import { UnitTree, type Unit } from '../../shared/unit.ts';
import { columnOf, columnsOf, isFamily, isKindScope, kindsOf } from '../../shared/vocabulary.ts';

export type Meaning = { readonly code: string; readonly label: Text };
export type MeaningGroup = {
  readonly id: 'near' | 'columns' | 'unusedColumns' | 'units' | KindFamily;
  readonly meanings: readonly Meaning[];
};
/** What is asked about: a heading of a ledger, a kind, a unit. */
export type Subject = Pick<VocabularyDraft, 'what' | 'scope'>;

// A select drops leading blanks, except those of the full width.
const INDENT = '\u3000';
const same = (name: string): Text => ({ zh: name, en: name });

/** All that a word can mean, group by group: those that are likely come first and are not said twice. */
export function meaningGroups(
  subject: Subject,
  units: readonly Unit[],
  near: readonly string[] = [],
): MeaningGroup[] {
  const groups = allGroups(subject, units);
  const byCode = new Map(groups.flatMap((g) => g.meanings.map((m) => [m.code, m] as const)));
  const first = near.flatMap((code) => byCode.get(code) ?? []);
  const rest = groups.map(({ id, meanings }) => ({
    id,
    meanings: meanings.filter((m) => !near.includes(m.code)),
  }));
  const likely = first.map(({ code, label }) => ({
    code,
    label: { zh: label.zh.trimStart(), en: label.en.trimStart() },
  }));
  return [{ id: 'near' as const, meanings: likely }, ...rest].filter((g) => g.meanings.length > 0);
}

function allGroups({ what, scope }: Subject, units: readonly Unit[]): MeaningGroup[] {
  if (what === 'unit') return [{ id: 'units', meanings: inTree(units) }];
  if (what === 'kind')
    return kindFamilies.map((family) => ({
      id: family,
      meanings: isKindScope(scope)
        ? kindsOf(scope)
            .filter((kind) => kind.family === family)
            .map(({ code, name }) => ({ code, label: name }))
        : [],
    }));
  const columns = isFamily(scope) ? columnsOf(scope) : [];
  const of = (isUsed: boolean): Meaning[] =>
    columns
      .filter((column) => (column.type !== 'ignored') === isUsed)
      .map(({ key, label }) => ({ code: key, label }));
  return [
    { id: 'columns', meanings: of(true) },
    { id: 'unusedColumns', meanings: of(false) },
  ];
}

function inTree(units: readonly Unit[]): Meaning[] {
  const tree = new UnitTree(units);
  return tree.roots.flatMap((root) =>
    tree.subtree(root.code).map((unit) => ({
      code: unit.code,
      label: same(INDENT.repeat(tree.path(unit.code).length - 1) + unit.name),
    })),
  );
}

/** What a taught word means, by its name; the code itself where there is nothing of the kind any more. */
export function meaningOf(
  { what, scope, means }: Omit<VocabularyDraft, 'word'>,
  units: ReadonlyMap<string, Unit>,
): Text {
  const found =
    what === 'heading'
      ? isFamily(scope)
        ? columnOf(scope, means)?.label
        : undefined
      : what === 'kind'
        ? kindByCode.get(means)?.name
        : undefined;
  return found ?? same(units.get(means)?.name ?? means);
}
