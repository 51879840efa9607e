import { computed, type ComputedRef } from 'vue';
import { formatPeriod } from '../../shared/format.ts';
import { ledgerColumns } from '../../shared/fields.ts';
import { familyNames, kindByCode, type Family } from '../../shared/kinds.ts';
import { shortName } from '../../shared/unit.ts';
import type { ImportReply } from '../../shared/imports.ts';
import { coverageSpans, totals } from '../components/imports/report.ts';
import { useWords } from '../i18n.ts';
import { useCentre } from '../stores/centre.ts';
import { importWords } from '../words/imports.ts';
import { recordWords } from '../words/records.ts';
import { useDictionary } from './useDictionary.ts';

/** The table below says all; the sentence stays one. */
const [SPANS_SAID, UNITS_SAID] = [4, 5];

/** An import's parts in the reader's words. */
export function useImportWords(): {
  unitName: (code: string) => string;
  ledgerName: (ledger: Family) => string;
  /** `2022年1月–2022年12月`. */
  months: (from: string, to: string) => string;
  /** What a column of a ledger is called. */
  fieldName: (ledger: Family, field: string) => string;
  /** A value of a record; kinds by their names. Null is blank. */
  valueText: (field: string, value: string | number | null, blank: string) => string;
  /** What stands under a report's headline before the commit. */
  notices: (report: ImportReply) => string[];
  list: ComputedRef<string>;
} {
  const store = useCentre();
  const words = useDictionary(importWords);
  const records = useDictionary(recordWords);
  const { lang, say } = useWords();

  const unitName = (code: string): string => shortName(store.tree.byCode.get(code)?.name ?? code);
  const ledgerName = (ledger: Family): string => say(familyNames[ledger]);
  const months = (from: string, to: string): string =>
    from === to
      ? formatPeriod(from, lang.value)
      : `${formatPeriod(from, lang.value)}–${formatPeriod(to, lang.value)}`;
  const list = computed(() => (lang.value === 'zh' ? '、' : ', '));

  function fieldName(ledger: Family, field: string): string {
    const known = ledgerColumns[ledger].find((c) => c.key === field);
    if (known) return say(known.label);
    const figures: Readonly<Record<string, string>> = records.value.figures;
    return field === 'kinds' ? records.value.kind : (figures[field] ?? field);
  }
  function valueText(field: string, value: string | number | null, blank: string): string {
    if (value === null || value === '') return blank;
    if (field !== 'kind' && field !== 'kinds') return String(value);
    const named = (code: string): string => say(kindByCode.get(code)?.name ?? { zh: code, en: code });
    return String(value)
      .split(/[,、;；\s]+/)
      .map(named)
      .join(list.value);
  }
  function coverage(report: ImportReply): string {
    const w = words.value;
    const spans = coverageSpans(report.sheets);
    const said = spans
      .slice(0, SPANS_SAID)
      .map(({ ledger, units, from, to }) =>
        [
          units.length > UNITS_SAID ? w.unitsOf(units.length) : units.map(unitName).join(list.value),
          months(from, to),
          ledgerName(ledger),
        ]
          .filter(Boolean)
          .join(' '),
      );
    const more = spans.length > SPANS_SAID ? [w.moreSpans(spans.length - SPANS_SAID)] : [];
    return [...said, ...more].join(lang.value === 'zh' ? '；' : '; ');
  }
  function notices(report: ImportReply): string[] {
    const w = words.value;
    const { accepted, rejected, unknown, duplicates } = totals(report.sheets);
    const covered = coverage(report);
    return [
      ...(covered === '' ? [] : [w.willCover(covered)]),
      ...(rejected > 0 ? [w.willReject(rejected)] : []),
      ...(unknown > 0 && accepted > 0 ? [w.willUnknown(unknown)] : []),
      ...(duplicates > 0 ? [w.willSkip(duplicates)] : []),
    ];
  }
  return { unitName, ledgerName, months, fieldName, valueText, notices, list };
}
