import { computed, type ComputedRef } from 'vue';
import { useRoute } from 'vue-router';
import { LEAST_BESIDE, MOST_BESIDE } from '../../shared/charts/beside-reading.ts';
import type { Unit } from '../../shared/unit.ts';
import { useCentre } from '../stores/centre.ts';
import { addressValues } from './address.ts';
import { useQuestion } from './useQuestion.ts';

/** The codes in an address's `beside`, in the order of the picking; what the tree does not know is left out. */
export function besideIn(
  query: Readonly<Record<string, unknown>>,
  known: { has(code: string): boolean },
): string[] {
  const given = addressValues(query)['beside'];
  const codes = Array.isArray(given) ? given.map(String) : [];
  return codes.filter((code) => known.has(code)).slice(0, MOST_BESIDE);
}

/** The codes after one more pick, or one less; a fifth is not taken. */
export const toggled = (chosen: readonly string[], code: string): readonly string[] =>
  chosen.includes(code)
    ? chosen.filter((c) => c !== code)
    : chosen.length < MOST_BESIDE
      ? [...chosen, code]
      : chosen;

/** The units looked at side by side: they stand in the address, so that a link and the way back have them. */
export function useBeside(): {
  chosen: ComputedRef<readonly string[]>;
  units: ComputedRef<readonly Unit[]>;
  /** Enough to be seen side by side. */
  enough: ComputedRef<boolean>;
  full: ComputedRef<boolean>;
  toggle: (code: string) => void;
  choose: (codes: readonly string[]) => void;
} {
  const route = useRoute();
  const store = useCentre();
  const { ask } = useQuestion();
  const chosen = computed(() => besideIn(route.query, store.tree.byCode));
  const choose = (codes: readonly string[]): void =>
    ask({ beside: codes.length === 0 ? null : codes.slice(0, MOST_BESIDE) });
  return {
    chosen,
    units: computed(() => chosen.value.flatMap((code) => store.tree.byCode.get(code) ?? [])),
    enough: computed(() => chosen.value.length >= LEAST_BESIDE),
    full: computed(() => chosen.value.length >= MOST_BESIDE),
    toggle: (code) => choose(toggled(chosen.value, code)),
    choose,
  };
}
