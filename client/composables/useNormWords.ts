import { formatWithUnit } from '../../shared/format.ts';
import { kindByCode } from '../../shared/kinds.ts';
import { isPercent } from '../../shared/kpi.ts';
import { kpiById } from '../../shared/kpis.ts';
import { isSlotNorm, type Norm } from '../../shared/norms.ts';
import { shortName } from '../../shared/unit.ts';
import { useWords } from '../i18n.ts';
import { useCentre } from '../stores/centre.ts';
import { normWords } from '../words/norms.ts';
import { useDictionary } from './useDictionary.ts';

/** Rules in the reader's words. */
export function useNormWords(): {
  kindName: (code: string) => string;
  kpiName: (id: string) => string;
  unitName: (code: string) => string;
  /** What it is about: a kind of meeting, or a figure. */
  what: (norm: Norm) => string;
  /** How often, or how much. */
  asked: (norm: Norm) => string;
  whom: (unit: string | null) => string;
  span: (from: string | null, to: string | null) => string;
  layer: (norm: Norm) => string;
  strength: (norm: Norm) => string;
} {
  const words = useDictionary(normWords);
  const store = useCentre();
  const { say, lang } = useWords();

  const kindName = (code: string): string => say(kindByCode.get(code)?.name ?? { zh: code, en: code });
  const kpiName = (id: string): string => say(kpiById.get(id)?.name ?? { zh: id, en: id });
  const unitName = (code: string): string => {
    const unit = store.tree.byCode.get(code);
    return unit === undefined ? code : unit.parent === null ? unit.name : shortName(unit.name);
  };
  function asked(norm: Norm): string {
    const w = words.value;
    if (isSlotNorm(norm))
      return [
        w.every[norm.every],
        ...(norm.per === 'group' ? [w.perGroup] : []),
        ...(norm.minMembers === null ? [] : [w.minMembers(norm.minMembers)]),
      ].join(w.and);
    const kpi = kpiById.get(norm.kpi);
    if (!kpi) return String(norm.value);
    // A norm is a round figure unless it is written otherwise: `32 学时`, `92.5%`.
    const shown = norm.value * (isPercent(kpi) ? 100 : 1);
    const isRound = Math.abs(shown - Math.round(shown)) < 1e-9;
    const value = formatWithUnit(
      { ...kpi, digits: isRound ? 0 : Math.max(1, kpi.digits) },
      norm.value,
      lang.value,
    );
    if (kpi.better === 'down') return w.atMost(value);
    // Of a share, 100 % is the most that there is.
    return isPercent(kpi) && norm.value === 1 ? w.whole(value) : w.atLeast(value);
  }
  return {
    kindName,
    kpiName,
    unitName,
    what: (norm) => (isSlotNorm(norm) ? kindName(norm.kind) : kpiName(norm.kpi)),
    asked,
    whom: (unit) => (unit === null ? words.value.all : unitName(unit)),
    span: (from, to) => words.value.span(from, to),
    layer: (norm) => words.value.layers[norm.layer],
    strength: (norm) => words.value.strengths[norm.strength],
  };
}
