import { MOST_BESIDE } from '../../shared/charts/beside-reading.ts';
import { kindByCode } from '../../shared/kinds.ts';
import { addsUp } from '../../shared/kpi.ts';
import { kpiById } from '../../shared/kpis.ts';
import { fromParams } from '../../shared/params.ts';
import { isPart } from '../../shared/part-of-year.ts';
import { FIRST_YEAR, LAST_YEAR, grainOf, grains, isDate } from '../../shared/period.ts';
import type { Text } from '../../shared/text.ts';
import type { UnitTree } from '../../shared/unit.ts';

/** A part of the page's address that names nothing: which parameter, what stands there, and why not. */
export type AddressFault = { readonly path: string; readonly value: string; readonly why: Text };

/** The name under which the code in `/units/CODE` is spoken of. */
export const UNIT_IN_PATH = '/units/';

const MOST_YEARS = 30;

type Judge = (value: string, tree: UnitTree) => Text | null;

const whys = {
  unit: { zh: '没有这个代码的单位', en: 'no unit has this code' },
  kpi: { zh: '指标表里没有这个指标', en: 'the catalogue has no such KPI' },
  kind: { zh: '没有这个类型', en: 'there is no such kind' },
  year: {
    zh: `不是 ${FIRST_YEAR} 到 ${LAST_YEAR} 之间的年份`,
    en: `is not a year between ${FIRST_YEAR} and ${LAST_YEAR}`,
  },
  years: { zh: '一次最多 30 年', en: 'at most 30 years at a time' },
  day: { zh: '不是日期，应写作 2025-03-31', en: 'is not a date; write 2025-03-31' },
  grain: { zh: '只能是 year、quarter 或 month', en: 'is one of year, quarter, month' },
  flag: { zh: '只能是 1 或 0', en: 'is 1 or 0' },
  sum: { zh: '这个指标不能逐期累计', en: 'this KPI has no running total' },
  only: { zh: '不是月或季度，应写作 03 或 Q1', en: 'is not a month or quarter; write 03 or Q1' },
  onlyOfSum: { zh: '累计的数不分月、季', en: 'a running total is of no one month or quarter' },
  version: { zh: '不是数据的版本号', en: 'is not the number of a data version' },
  period: {
    zh: '不是期间，应写作 2025、2025-Q1 或 2025-03',
    en: 'is not a period; write 2025, 2025-Q1 or 2025-03',
  },
  structure: { zh: '只能是 then 或 today', en: 'is then or today' },
  per: { zh: '只能是 member', en: 'can only be member' },
  part: { zh: '只能是 numerator 或 denominator', en: 'is numerator or denominator' },
  beside: {
    zh: `并排最多 ${MOST_BESIDE} 个单位`,
    en: `at most ${MOST_BESIDE} units stand side by side`,
  },
  twice: { zh: '写了不止一次', en: 'stands more than once' },
} satisfies Record<string, Text>;

const unless = (holds: boolean, why: Text): Text | null => (holds ? null : why);

function judgeYear(value: string): Text | null {
  const year = Number(value);
  return unless(/^\d{4}$/.test(value) && year >= FIRST_YEAR && year <= LAST_YEAR, whys.year);
}

const lists: ReadonlySet<string> = new Set(['kpi', 'kind', 'years', 'beside']);

/** The address's parameters as values. A name without a value (`?unit`) is as good as absent. */
export const addressValues = (query: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  fromParams(Object.fromEntries(Object.entries(query).filter(([, value]) => value !== null)));

/** One value of each parameter of a question, judged alone. */
const judges: Readonly<Record<string, Judge>> = {
  unit: (value, tree) => unless(tree.byCode.has(value), whys.unit),
  kpi: (value) => unless(kpiById.has(value), whys.kpi),
  kind: (value) => unless(kindByCode.has(value), whys.kind),
  years: judgeYear,
  asOf: (value) => unless(isDate(value), whys.day),
  grain: (value) =>
    unless(
      grains.some((g) => g === value),
      whys.grain,
    ),
  toDate: (value) => unless(['true', 'false'].includes(value), whys.flag),
  structure: (value) => unless(value === 'then' || value === 'today', whys.structure),
  per: (value) => unless(value === 'member', whys.per),
  sum: (value) => unless(['true', 'false'].includes(value), whys.flag),
  only: (value) => unless(isPart(value), whys.only),
  knownOn: (value) => unless(isDate(value), whys.day),
  beside: (value, tree) => unless(tree.byCode.has(value), whys.unit),
  since: judgeYear,
  at: (value, tree) => unless(tree.byCode.has(value), whys.unit),
  version: (value) => unless(/^\d{1,9}$/.test(value), whys.version),
};

/** What the records of one cell are asked by, beside the question. */
const ofOneCell: Readonly<Record<string, Judge>> = {
  period: (value) => unless(grainOf(value) !== null, whys.period),
  part: (value) => unless(value === 'numerator' || value === 'denominator', whys.part),
  within: (value, tree) => unless(tree.byCode.has(value), whys.unit),
  until: (value) => unless(isDate(value), whys.day),
};

/**
 * What in a page's address names nothing, judged before anything is asked, so that a mistyped link
 * is one message and not a refusal from every chart.
 * @param pathUnit the code in `/units/CODE`
 * @param isRecords the address is that of one cell's records, whose period must be one
 */
export function addressFaults(
  of: {
    readonly query: Readonly<Record<string, unknown>>;
    readonly pathUnit?: string | undefined;
    readonly isRecords: boolean;
  },
  tree: UnitTree,
): AddressFault[] {
  const faults: AddressFault[] = [];
  if (of.pathUnit !== undefined && !tree.byCode.has(of.pathUnit))
    faults.push({ path: UNIT_IN_PATH, value: of.pathUnit, why: whys.unit });
  const values = addressValues(of.query);
  for (const [path, judge] of Object.entries({ ...judges, ...(of.isRecords ? ofOneCell : {}) })) {
    const given = values[path];
    if (given === undefined) continue;
    const parts = [given].flat().map(String);
    const fault = (value: string, why: Text): number => faults.push({ path, value, why });
    const wrong = parts.find((value) => judge(value, tree) !== null);
    if (parts.length > 1 && !lists.has(path)) fault(parts.join(', '), whys.twice);
    else if (wrong !== undefined) fault(wrong, judge(wrong, tree)!);
    else if (path === 'years' && parts.length > MOST_YEARS) fault(String(parts.length), whys.years);
    else if (path === 'beside' && parts.length > MOST_BESIDE) fault(String(parts.length), whys.beside);
  }
  const [asked] = [values['kpi'] ?? []].flat();
  const kpi = kpiById.get(String(asked));
  if (values['sum'] === true && kpi && !addsUp(kpi))
    faults.push({ path: 'sum', value: String(of.query['sum']), why: whys.sum });
  if (values['sum'] === true && isPart(String(values['only'])))
    faults.push({ path: 'only', value: String(values['only']), why: whys.onlyOfSum });
  return faults;
}
