import { useQuery } from '@pinia/colada';
import { defineStore } from 'pinia';
import { computed } from 'vue';
import type { z } from 'zod';
import type { Centre, unitsReply } from '../../shared/api.ts';
import { lastCoveredIn } from '../../shared/structure.ts';
import { UnitTree } from '../../shared/unit.ts';
import { get } from '../api.ts';

const NO_CENTRE: Centre = {
  demo: false,
  role: '',
  asOf: null,
  lastDays: {},
  years: [],
  yearStart: 1,
  dataVersion: 0,
};

/** What the centre has: years covered, the last covered day, and its units. Loaded before any page. */
export const useCentre = defineStore('centre', () => {
  const centreQuery = useQuery({ key: ['centre'], query: () => get<Centre>('/centre') });
  const unitsQuery = useQuery({ key: ['units'], query: () => get<z.infer<typeof unitsReply>>('/units') });

  const centre = computed(() => centreQuery.data.value ?? NO_CENTRE);
  const tree = computed(() => new UnitTree(unitsQuery.data.value?.units ?? []));
  const root = computed(() => tree.value.roots[0] ?? null);
  const ready = computed(() => centreQuery.data.value !== undefined && unitsQuery.data.value !== undefined);
  const error = computed(() => centreQuery.error.value ?? unitsQuery.error.value);
  /** Nothing to ask about yet: no units, or no ledger that covers a month. */
  const isEmpty = computed(() => root.value === null || centre.value.asOf === null);

  /** The last day that the unit's ledgers, and those under it, cover; else the centre's. */
  const lastDayOf = (unit: string): string | null =>
    lastCoveredIn(tree.value, unit, centre.value.lastDays) ?? centre.value.asOf;

  async function reload(): Promise<void> {
    await Promise.all([centreQuery.refetch(), unitsQuery.refetch()]);
  }
  return { centre, tree, root, ready, error, isEmpty, lastDayOf, reload };
});
