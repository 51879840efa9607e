import type { Selectable } from 'kysely';
import type { ExemptionTable, NormTable, UnitTable } from '../../db/types.ts';
import { formatDate, formatNumber, formatPercent } from '../../shared/format.ts';
import { kindByCode } from '../../shared/kinds.ts';
import { isPercent } from '../../shared/kpi.ts';
import { kpiById } from '../../shared/kpis.ts';
import { isSlotNorm, type Norm } from '../../shared/norms.ts';
import type { Lang, Text } from '../../shared/text.ts';
import type { RuleChange } from './differences.ts';
import type { Row } from './holdings.ts';
import { toNorm } from './norms.ts';

/** Rules as they stand in a row, in words short enough for one line. */

/** The name of a unit of this code. */
type NameOf = (code: string) => string;

const both = (make: (lang: Lang) => string): Text => ({ zh: make('zh'), en: make('en') });
const list = (parts: readonly (string | null)[], lang: Lang): string =>
  parts.filter((p) => p !== null && p !== '').join(lang === 'zh' ? '，' : ', ');

const kindName = (kind: string, lang: Lang): string => kindByCode.get(kind)?.name[lang] ?? kind;

/** `自 2025年1月1日`, `until 31 Dec 2025`; nothing where it is without beginning and end. */
function span(from: string | null, to: string | null, lang: Lang): string | null {
  const [a, b] = [from, to].map((day) => (day === null ? null : formatDate(day, lang)));
  if (a && b) return `${a}–${b}`;
  if (a) return lang === 'zh' ? `自${a}起` : `from ${a}`;
  return b ? (lang === 'zh' ? `至${b}止` : `until ${b}`) : null;
}

const everyWords = {
  month: { zh: '每月一次', en: 'once a month' },
  quarter: { zh: '每季一次', en: 'once a quarter' },
  year: { zh: '每年一次', en: 'once a year' },
  never: { zh: '不要求', en: 'not asked for' },
} satisfies Record<string, Text>;

function askedBy(norm: Norm, lang: Lang): string {
  if (isSlotNorm(norm)) {
    const perGroup = lang === 'zh' ? '每个党小组' : 'in each party group';
    const least = norm.minMembers === null ? null : fewMembers(norm.minMembers, lang);
    const isOfGroups = norm.per === 'group' && norm.every !== 'never';
    const asked = list([everyWords[norm.every][lang], isOfGroups ? perGroup : null, least], lang);
    return lang === 'zh'
      ? `${kindName(norm.kind, lang)}：${asked}`
      : `${kindName(norm.kind, lang)}: ${asked}`;
  }
  const kpi = kpiById.get(norm.kpi);
  const value =
    kpi && isPercent(kpi) ? formatPercent(norm.value) : formatNumber(norm.value, kpi?.digits ?? 0);
  const name = kpi?.name[lang] ?? norm.kpi;
  return lang === 'zh' ? `${name}的标准：${value}` : `norm of ${name}: ${value}`;
}

const fewMembers = (least: number, lang: Lang): string =>
  lang === 'zh' ? `不足 ${least} 名党员的不要求` : `none under ${least} members`;

const sayNorm = (row: Row): Text =>
  both((lang) => {
    const norm = toNorm(row as Selectable<NormTable>);
    return list([askedBy(norm, lang), span(norm.from, norm.to, lang), norm.source[lang]], lang);
  });

const sayExemption = (row: Row): Text =>
  both((lang) => {
    const { kind, from_on, to_on, reason } = row as Selectable<ExemptionTable>;
    const name = kindName(kind, lang);
    const head = lang === 'zh' ? `免办${name}` : `exempt from ${name}`;
    return list([head, span(from_on, to_on, lang), reason], lang);
  });

const sayUnit = (row: Row, nameOf: NameOf): Text =>
  both((lang) => {
    const { name, parent, opened_on, closed_on, merged_into } = row as Selectable<UnitTable>;
    const [under, into] = lang === 'zh' ? ['隶属', '并入'] : ['under', 'merged into'];
    const place = parent === null ? null : `${under} ${nameOf(parent)}`;
    const life = opened_on === null && closed_on === null ? null : span(opened_on, closed_on, lang);
    return list([name, place, life, merged_into === null ? null : `${into} ${nameOf(merged_into)}`], lang);
  });

const sayPastUnit = (row: Row, nameOf: NameOf): Text =>
  both((lang) => {
    const until = formatDate(String(row['until_on']), lang);
    const place =
      row['parent'] === null ? null : `${lang === 'zh' ? '隶属' : 'under'} ${nameOf(String(row['parent']))}`;
    const head = lang === 'zh' ? `${until}以前称` : `until ${until}`;
    return list([`${head} ${String(row['name'])}`, place], lang);
  });

const sayDefinition = (row: Row): Text =>
  both((lang) => list([formatDate(String(row['on_day']), lang), String(row['note'])], lang));

const saySetting = (row: Row): Text =>
  both((lang) => {
    const value = String(row['value']);
    if (row['key'] !== 'yearStart') return value;
    return lang === 'zh' ? `年度自 ${value} 月起` : `the year begins with month ${value}`;
  });

const saying: Record<RuleChange['table'], (row: Row, nameOf: NameOf) => Text> = {
  unit: sayUnit,
  unit_past: sayPastUnit,
  norm: sayNorm,
  exemption: sayExemption,
  definition_change: sayDefinition,
  setting: saySetting,
};

/** What a rule said on each side of a change; null where it was not, or is no more. */
export const sayRuleChange = (
  { table, then, now }: RuleChange,
  nameOf: NameOf,
): { then: Text | null; now: Text | null } => ({
  then: then && saying[table](then, nameOf),
  now: now && saying[table](now, nameOf),
});
