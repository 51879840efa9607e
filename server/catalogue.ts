import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Database } from '../db/types.ts';
import type { catalogueReply } from '../shared/api.ts';
import { dayIn } from '../shared/clock.ts';
import { kinds } from '../shared/kinds.ts';
import { wireType } from '../shared/kpi.ts';
import { kpis } from '../shared/kpis.ts';
import { deciding, isSlotNorm, type ValueNorm } from '../shared/norms.ts';
import { UnitTree } from '../shared/unit.ts';
import { viewIds, viewNames } from '../shared/views.ts';
import { lastCoveredDay } from './queries/centre.ts';
import { listNorms } from './queries/norms.ts';
import { settings } from './queries/settings.ts';
import { listUnits } from './queries/units.ts';

/**
 * What can be asked: the catalogue without the conditions by which the server computes. A figure's
 * norm is the one that decides for the whole centre on the last day that a ledger covers, or today,
 * by the centre's own calendar, where none does.
 */
export async function catalogue(db: Kysely<Database>, now: Date): Promise<z.input<typeof catalogueReply>> {
  const norms = (await listNorms(db)).filter((n): n is ValueNorm => !isSlotNorm(n));
  const root = new UnitTree(await listUnits(db)).roots[0];
  const day = (await lastCoveredDay(db)) ?? dayIn((await settings(db)).timeZone, now);
  const normOf = (kpi: string): number | null =>
    deciding(
      norms.filter((n) => n.kpi === kpi),
      root ? [root.code] : [],
      day,
    )?.value ?? null;
  return {
    kpis: kpis.map((kpi) => ({
      id: kpi.id,
      name: kpi.name,
      unit: kpi.unit.zh,
      better: kpi.better,
      type: wireType(kpi),
      numerator: kpi.numerator.label,
      denominator: 'denominator' in kpi ? kpi.denominator.label : null,
      definition: kpi.definition,
      norm: normOf(kpi.id),
      splitsByKind: kpi.splitsByKind,
    })),
    kinds: kinds.map(({ code, family, name }) => ({ code, family, name })),
    views: viewIds.map((id) => ({ id, name: viewNames[id] })),
  };
}
