import { normValue } from '../../../shared/charts/norms.ts';
import { kpiOf } from '../../../shared/charts/parts.ts';
import { formatDate, formatMonths } from '../../../shared/format.ts';
import { familyNames } from '../../../shared/kinds.ts';
import { kpiById } from '../../../shared/kpis.ts';
import { monthsFrom } from '../../../shared/period.ts';
import { shortName, UnitTree } from '../../../shared/unit.ts';
import { breaksOf } from '../../../shared/breaks.ts';
import type { HeldNorm } from '../../../shared/context.ts';
import { factsOf } from '../facts.ts';
import type { Sealed } from '../sealed.ts';
import { layerNames, say, strengthNames } from './words.ts';

/** What a reader must be able to look up a year later: facts, norms, changes, what is missing, and the proof. */

export type Stated = { readonly label: string; readonly text: string; readonly link?: string };
export type Section = { readonly heading: string; readonly rows: readonly Stated[] };

/** What is known of a seal from outside of it. */
export type Proof = {
  /** Over the bytes of the seal's JSON. */
  readonly sha256: string;
  /** The address that opens the snapshot; null where the office has named none. */
  readonly link: string | null;
};

const inProof: ReadonlySet<string> = new Set(['link']);

export function sectionsOf(sealed: Sealed, proof: Proof): Section[] {
  const { lang } = sealed;
  const rows = (heading: string, stated: readonly Stated[]): Section => ({
    heading,
    rows: stated.length > 0 ? stated : [{ label: '', text: say('none', lang) }],
  });
  return [
    // The link stands with its code, under the proof.
    rows(
      say('facts', lang),
      factsOf(sealed).filter(({ key }) => !inProof.has(key)),
    ),
    rows(say('norms', lang), normRows(sealed)),
    rows(say('changes', lang), changeRows(sealed)),
    rows(say('gaps', lang), gapRows(sealed)),
    rows(say('proof', lang), proofRows(sealed, proof)),
  ];
}

const proofRows = ({ lang, id }: Sealed, { sha256, link }: Proof): Stated[] => [
  { label: say('snapshot', lang), text: id },
  { label: say('seal', lang), text: sha256 },
  ...(link === null ? [] : [{ label: say('link', lang), text: link, link }]),
];

const nameOf = (tree: UnitTree, code: string): string => shortName(tree.byCode.get(code)?.name ?? code);
const comma = ({ lang }: Sealed): string => (lang === 'zh' ? '、' : ', ');

/** Norms that are the same for many units are one line, with the units that they bind. */
function normRows(sealed: Sealed): Stated[] {
  const tree = new UnitTree(sealed.units);
  const groups = new Map<string, { norm: HeldNorm; units: Set<string> }>();
  for (const norm of sealed.answers.flatMap((a) => a.context.norms)) {
    const { unit, ...rest } = norm;
    const key = JSON.stringify(rest);
    const group = groups.get(key) ?? { norm, units: new Set<string>() };
    group.units.add(unit);
    groups.set(key, group);
  }
  const all = new Set(sealed.answers.flatMap((a) => a.cells.map((c) => c.unit))).size;
  return [...groups.values()].map(({ norm, units }) => ({
    label: kpiById.get(norm.kpi)?.name[sealed.lang] ?? norm.kpi,
    text: normText(sealed, norm, units.size === all ? null : [...units].map((u) => nameOf(tree, u))),
  }));
}

/** `80%，2025年4月1日起；中心，本地惯例；来源：……；东港站、西港站`. */
function normText(sealed: Sealed, norm: HeldNorm, units: readonly string[] | null): string {
  const { lang } = sealed;
  const kpi = kpiById.has(norm.kpi) ? kpiOf({ kpi: norm.kpi }) : null;
  const days = [
    ...(norm.from === null
      ? []
      : [lang === 'zh' ? `${formatDate(norm.from, lang)}起` : `from ${formatDate(norm.from, lang)}`]),
    ...(norm.to === null
      ? []
      : [lang === 'zh' ? `至${formatDate(norm.to, lang)}` : `to ${formatDate(norm.to, lang)}`]),
  ];
  return [
    kpi === null ? String(norm.value) : normValue(kpi, norm.value, lang),
    days.length === 0 ? say('always', lang) : days.join(lang === 'zh' ? '' : ' '),
    `${layerNames[norm.layer][lang]}${comma(sealed)}${strengthNames[norm.strength][lang]}`,
    norm.source[lang],
    ...(norm.note === null ? [] : [norm.note]),
    units === null ? say('everyUnit', lang) : units.join(comma(sealed)),
  ].join(lang === 'zh' ? '；' : '; ');
}

/** What happened to the units and to the rules that bear on the figures. */
function changeRows(sealed: Sealed): Stated[] {
  const { lang, answers, units, state } = sealed;
  const tree = new UnitTree(units, state.structure ?? 'then');
  const found = new Map<string, Stated>();
  for (const { cells, context } of answers)
    for (const unit of new Set([...cells.map((c) => c.unit), state.unit]))
      for (const change of breaksOf(kpiOf(state), context, { unit, tree }))
        found.set(`${change.on} ${change.text.zh}`, {
          label: formatDate(change.on, lang),
          text:
            change.units.length === 1
              ? `${nameOf(tree, unit)}${lang === 'zh' ? '：' : ': '}${change.text[lang]}`
              : change.text[lang],
        });
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** A line for each unit and ledger: which months are not there. */
function gapRows(sealed: Sealed): Stated[] {
  const { lang, answers, units } = sealed;
  const tree = new UnitTree(units);
  const months = new Map<string, Set<string>>();
  for (const gap of answers.flatMap((a) => a.context.gaps)) {
    const key = `${gap.unit}\n${gap.family}`;
    const own = months.get(key) ?? new Set<string>();
    for (const month of monthsFrom(gap.from, gap.to)) own.add(month);
    months.set(key, own);
  }
  return [...months].map(([key, own]) => {
    const [unit = '', family = 'activity'] = key.split('\n') as [string, keyof typeof familyNames];
    return {
      label: nameOf(tree, unit),
      text: `${familyNames[family][lang]}${lang === 'zh' ? '：' : ': '}${formatMonths([...own].sort(), lang)}`,
    };
  });
}
