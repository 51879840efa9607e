import type { Look, View, ViewInput, ViewState } from '../../shared/charts/view.ts';
import type { Context, HeldNorm, UnitEvent } from '../../shared/context.ts';
import { kinds, studyKinds } from '../../shared/kinds.ts';
import { perMember } from '../../shared/kpi.ts';
import { kpiById } from '../../shared/kpis.ts';
import { defaultNorms } from '../../shared/norms.ts';
import { periodsOf, rangeOf } from '../../shared/period.ts';
import type { Answer, Asked, Cell, Question } from '../../shared/query.ts';
import { treeIn } from '../../shared/structure.ts';
import { UnitTree, type Unit } from '../../shared/unit.ts';

/** Answers made by hand: what a golden is drawn from. */

/** One golden. The file's name is the drawing's name. */
export type Golden = {
  readonly name: string;
  readonly view: View;
  readonly input: ViewInput;
  readonly look: Look;
};

export const wide: Look = { lang: 'zh', theme: 'light', width: 900 };
export const narrow: Look = { ...wide, width: 358 };
export const darkWide: Look = { ...wide, theme: 'dark' };
export const english: Look = { ...wide, lang: 'en' };
export const narrowEnglish: Look = { ...narrow, lang: 'en' };

const stations = ['东港', '西港', '南岸', '沙屿', '长汀', '青山', '石浦', '白沙', '金塘', '龙口', '鹿门'];
const unit = (code: string, name: string, rest: Partial<Unit> = {}): Unit => ({
  code,
  name,
  parent: 'JH',
  level: 'branch',
  openedOn: null,
  closedOn: null,
  mergedInto: null,
  ...rest,
});

const centre = unit('JH', '江海引航中心', { parent: null, level: 'centre' });
/** Eleven stations; `size` more branches behind them. */
export function madeTree(size = 0, changes: Record<string, Partial<Unit>> = {}): UnitTree {
  const branches = stations.map((name, i) => unit(`S${i + 1}`, `${name}引航站党支部`));
  const more = Array.from({ length: size }, (_, i) => unit(`B${i + 1}`, `机关第${i + 1}党支部`));
  return new UnitTree([centre, ...branches, ...more].map((u) => ({ ...u, ...changes[u.code] })));
}

/** A merger as both of its units tell it; `on` is the first day after it. */
export const merger = (unit: string, into: string, on: string): UnitEvent[] => [
  { unit, on, type: 'merged', other: into },
  { unit: into, on, type: 'took_in', other: unit },
];

/** A figure of 0…1 that the words decide: no chance in a test. */
export function spread01(...of: (string | number)[]): number {
  let hash = 2166136261;
  for (const c of of.join('|')) hash = Math.imul(hash ^ c.charCodeAt(0), 16777619) >>> 0;
  return (hash % 10_007) / 10_007;
}

export type Asking = {
  readonly kpi: string;
  readonly unit: string;
  readonly kind?: string;
  readonly period: string;
  readonly toDate: boolean;
};
/** What is known of a cell; null is not reported. */
export type Figure = {
  readonly numerator: number;
  readonly denominator?: number;
  readonly value?: number;
  readonly unknown?: number;
  /** Absent: as many as the numerator says. */
  readonly records?: number;
  readonly coverage?: [number, number];
} | null;

function cellOf(asking: Asking, figure: Figure, { asOf, yearStart, per }: Asked): Cell {
  const own = kpiById.get(asking.kpi)!;
  const kpi = per === 'member' ? perMember(own) : own;
  const { kpi: id, unit: code, period, kind } = asking;
  const base = { kpi: id, unit: code, period, ...(kind === undefined ? {} : { kind }) };
  const nothing = { value: null, numerator: null, denominator: null, records: 0, unknown: 0 };
  if (rangeOf(period, yearStart).from > asOf)
    return { ...base, ...nothing, coverage: { covered: 0, due: 0 }, status: 'na' };
  if (figure === null) return { ...base, ...nothing, coverage: { covered: 0, due: 1 }, status: 'none' };
  const [covered, due] = figure.coverage ?? [1, 1];
  const denominator = kpi.type === 'count' ? null : (figure.denominator ?? 0);
  const value =
    figure.value ??
    (denominator === null ? figure.numerator : denominator === 0 ? null : figure.numerator / denominator);
  return {
    ...base,
    value,
    numerator: figure.numerator,
    denominator,
    records: figure.records ?? Math.ceil(figure.numerator),
    unknown: figure.unknown ?? 0,
    coverage: { covered, due },
    status: value === null ? 'na' : covered < due ? 'partial' : 'ok',
  };
}

/** A value norm of one unit over one stretch of time. */
export const held = (of: Pick<HeldNorm, 'kpi' | 'unit' | 'value'> & Partial<HeldNorm>): HeldNorm => ({
  from: null,
  to: null,
  layer: 'centre',
  strength: 'local',
  source: { zh: '中心规定', en: 'the centre’s own norm' },
  note: null,
  ...of,
});

/** The norms with which a new centre begins, held by whoever is asked of. */
function normsHeld(kpis: readonly string[], units: readonly string[]): HeldNorm[] {
  return defaultNorms.flatMap(({ kpi, value, layer, strength, source_zh, source_en, note }) =>
    kpi === null || value === null || !kpis.includes(kpi)
      ? []
      : units.map((unit) => ({
          kpi,
          unit,
          from: null,
          to: null,
          value,
          layer,
          strength,
          source: { zh: source_zh, en: source_en },
          note,
        })),
  );
}

type Around = Partial<Context> & { readonly yearStart?: number };

function madeAnswer(
  question: Question,
  of: { tree: UnitTree; figures: (of: Asking) => Figure; around: Around },
): Answer {
  const { tree, figures } = of;
  const { yearStart = 1, ...context } = of.around;
  const { kpi, unit: scope = 'JH', by = null, years = [2025], grain = 'year', kind = null } = question;
  const query: Asked = {
    kpi: [...kpi],
    unit: scope,
    by,
    years: [...years],
    grain,
    asOf: question.asOf ?? '2025-09-30',
    toDate: question.toDate ?? false,
    kind: kind === null ? null : [...kind],
    structure: question.structure ?? 'then',
    per: question.per ?? null,
    yearStart,
    knownOn: null,
  };
  const inTree = treeIn(tree, query.structure);
  const units =
    by === 'unit'
      ? inTree.partsOver(scope, periodsOf(years.at(-1)!, 'month', yearStart)).map((u) => u.code)
      : [scope];
  const split =
    by === 'kind'
      ? kinds
          .map((k) => k.code)
          .filter((k) => kpiById.get(kpi[0]!)!.from !== 'activity' || studyKinds.includes(k))
      : [undefined];
  const cells = kpi.flatMap((id) =>
    split.flatMap((code) =>
      units.flatMap((u) =>
        years
          .flatMap((y) => periodsOf(y, grain, yearStart))
          .map((period) => {
            const asking = {
              kpi: id,
              unit: u,
              period,
              toDate: query.toDate,
              ...(code === undefined ? {} : { kind: code }),
            };
            return cellOf(asking, figures(asking), query);
          }),
      ),
    ),
  );
  return {
    query,
    dataVersion: 318,
    cells,
    context: { gaps: [], events: [], norms: normsHeld(kpi, units), changes: [], doubts: [], ...context },
  };
}

/**
 * A view's input, its questions answered from `figures`.
 * @param around what the answers' context says beside the norms with which a centre begins
 */
export function madeInput(
  view: View,
  of: Partial<ViewState> & { kpi: string },
  figures: (of: Asking) => Figure,
  tree = madeTree(),
  around: Partial<Context> = {},
): ViewInput {
  const state: ViewState = {
    unit: 'JH',
    years: [2022, 2023, 2024, 2025],
    asOf: '2025-09-30',
    grain: 'month',
    ...of,
  };
  const world = { tree, figures, around: { ...around, yearStart: state.yearStart } };
  return { state, tree, answers: view.questions(state, tree).map((q) => madeAnswer(q, world)) };
}
