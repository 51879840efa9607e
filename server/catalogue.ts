import type { z } from 'zod';
import type { catalogueReply } from '../shared/api.ts';
import { kinds } from '../shared/kinds.ts';
import { wireType } from '../shared/kpi.ts';
import { kpis } from '../shared/kpis.ts';
import { viewIds, viewNames } from '../shared/views.ts';

/** What can be asked: the catalogue without the conditions by which the server computes. */
export const catalogue = (): z.input<typeof catalogueReply> => ({
  kpis: kpis.map((kpi) => ({
    id: kpi.id,
    name: kpi.name,
    unit: kpi.unit.zh,
    better: kpi.better,
    type: wireType(kpi),
    numerator: kpi.numerator.label,
    denominator: 'denominator' in kpi ? kpi.denominator.label : null,
    definition: kpi.definition,
    norm: kpi.norm ?? null,
    splitsByKind: kpi.splitsByKind,
  })),
  kinds: kinds.map(({ code, family, name }) => ({ code, family, name })),
  views: viewIds.map((id) => ({ id, name: viewNames[id] })),
});
