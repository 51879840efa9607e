import { figureName, isUnfinished, partName, startOf } from '../../shared/charts/parts.ts';
import { formatDate, formatYears, monthName } from '../../shared/format.ts';
import type { Text } from '../../shared/text.ts';
import { UnitTree } from '../../shared/unit.ts';
import { sayChanges, sayCoverage, sayMeasure, sayNorms, sayShown } from './around.ts';
import { factKeys, type Fact, type FactKey } from './fact.ts';
import type { Sealed } from './sealed.ts';

/** What must stand beside figures wherever they are taken: of what, of when, from whom. */

const labels: Record<FactKey, Text> = {
  scope: { zh: '范围', en: 'Scope' },
  shown: { zh: '所示', en: 'Shown' },
  figure: { zh: '指标', en: 'Figure' },
  measure: { zh: '单位', en: 'Unit of measure' },
  years: { zh: '年份', en: 'Years' },
  period: { zh: '期间', en: 'Period' },
  yearStart: { zh: '年度起始', en: 'Year begins in' },
  asOf: { zh: '截至', en: 'As of' },
  structure: { zh: '架构', en: 'Structure' },
  basis: { zh: '对比方式', en: 'Comparison' },
  coverage: { zh: '台账', en: 'Coverage' },
  norm: { zh: '规定', en: 'Norm' },
  changes: { zh: '口径变更', en: 'Changes of rules' },
  definition: { zh: '口径', en: 'Definition' },
  note: { zh: '附注', en: 'Note' },
  source: { zh: '来源', en: 'Source' },
  version: { zh: '数据版本', en: 'Data version' },
  snapshot: { zh: '快照编号', en: 'Snapshot' },
  link: { zh: '链接', en: 'Link' },
  maker: { zh: '制作', en: 'Made by' },
  createdAt: { zh: '制作时间', en: 'Made at' },
  demo: { zh: '演示', en: 'Demonstration' },
};

const words = {
  today: { zh: '按今天的架构', en: "today's" },
  whole: { zh: '全年对比：往年按全年', en: 'whole years: the earlier ones are whole' },
  sameDays: { zh: '未完的一年与往年同期相比', en: 'the unfinished year against the same days' },
  ledgers: { zh: '各支部台账', en: "the branches' ledgers" },
  demo: { zh: '演示数据', en: 'demonstration data' },
} satisfies Record<string, Text>;

/** The years that the view shows, which may be fewer than its page holds: those that it asked for. */
function yearsShown({ answers, state }: Sealed): number[] {
  const asked = [...new Set(answers.flatMap((a) => a.query.years))].sort((a, b) => a - b);
  return asked.length > 0 ? asked : [...state.years];
}

/** Does the view set an unfinished year against the others as a whole? */
const cutsYears = ({ view, state }: Sealed): boolean =>
  isUnfinished(state) && ['trend', 'compare', 'slope', 'composition'].includes(view);

const periodWords = {
  pickedOut: { zh: (name: string) => `突出${name}`, en: (name: string) => `${name} picked out` },
  ofEachYear: { zh: (name: string) => `每年${name}`, en: (name: string) => `${name} of each year` },
} as const;

/** To what month or quarter of every year the figures are narrowed, or which of all is picked out; null where none is. */
function sayPeriod({ view, state, lang }: Sealed): string | null {
  const name = partName(state, lang);
  if (name === null) return null;
  const isPicked = view === 'yoy' || view === 'heatmap';
  return periodWords[isPicked ? 'pickedOut' : 'ofEachYear'][lang](name);
}

/** The facts of a seal, in the order in which they are told: the words that were sealed, whatever is said today. */
export const factsOf = (sealed: Sealed): readonly Fact[] => sealed.facts ?? sayFacts(sealed);

/** The same from the figures of the seal: for a new one, and for those of the first format, which held no such words. */
export function sayFacts(sealed: Sealed): Fact[] {
  const { state, lang, units } = sealed;
  const path = new UnitTree(units).path(state.unit).map((u) => u.name);
  const facts: Record<FactKey, string | null> = {
    scope: path.join(' › ') || state.unit,
    shown: sayShown(sealed),
    figure: figureName(state, lang),
    measure: sayMeasure(sealed),
    years: formatYears(yearsShown(sealed), lang, startOf(state)),
    period: sayPeriod(sealed),
    yearStart: startOf(state) === 1 ? null : monthName(startOf(state), lang),
    asOf: formatDate(state.asOf, lang),
    structure: state.structure === 'today' ? words.today[lang] : null,
    basis: cutsYears(sealed) ? words[state.whole === true ? 'whole' : 'sameDays'][lang] : null,
    coverage: sayCoverage(sealed),
    norm: sayNorms(sealed),
    changes: sayChanges(sealed),
    definition: sealed.kpi.definition[lang],
    note: sealed.note,
    source: words.ledgers[lang],
    version: String(sealed.dataVersion),
    snapshot: sealed.id,
    link: sealed.link,
    maker: sealed.maker,
    createdAt: `${sealed.createdAt.slice(0, 16).replace('T', ' ')} UTC`,
    demo: sealed.demo ? words.demo[lang] : null,
  };
  return factKeys.flatMap((key) => {
    const text = facts[key];
    return text === null ? [] : [{ key, label: labels[key][lang], text }];
  });
}
