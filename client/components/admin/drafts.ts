import { isSlotNorm } from '../../../shared/norms.ts';
import type {
  AnyChange,
  DefinitionDraft,
  ExemptionDraft,
  NormDraft,
  RulesReply,
} from '../../../shared/rule-change.ts';

/** Changes as the dialog begins with them: new rows, and rows as they stand. */

type NormRow = RulesReply['norms'][number];

const emptyNorm: NormDraft = {
  layer: 'centre',
  unit: null,
  kind: '',
  kpi: null,
  every: 'month',
  per: 'branch',
  minMembers: null,
  value: null,
  from: null,
  to: null,
  source: { zh: '', en: '' },
  strength: 'local',
  note: null,
};

function draftOf(norm: NormRow): NormDraft {
  const { layer, unit, from, to, source, strength, note } = norm;
  const of = isSlotNorm(norm)
    ? {
        kind: norm.kind,
        every: norm.every,
        per: norm.per,
        minMembers: norm.minMembers,
        kpi: null,
        value: null,
      }
    : { kind: null, every: null, per: null, minMembers: null, kpi: norm.kpi, value: norm.value };
  return { layer, unit, from, to, source, strength, note, ...of };
}

export const addNorm = (): AnyChange => ({ what: 'norm', action: 'add', row: emptyNorm });
export const editNorm = (norm: NormRow): AnyChange => ({
  what: 'norm',
  action: 'change',
  id: norm.id,
  ifVersion: norm.version,
  row: draftOf(norm),
});
/** A norm of the centre in the same matter, which decides instead. */
export const overruleNorm = (norm: NormRow): AnyChange => ({
  what: 'norm',
  action: 'add',
  row: {
    ...draftOf(norm),
    layer: 'centre',
    unit: null,
    source: { zh: '', en: '' },
    strength: 'local',
    note: null,
  },
});

export function addExemption(unit: string): AnyChange {
  const row: ExemptionDraft = {
    unit,
    kind: '',
    from: '',
    to: null,
    reason: '',
    decidedBy: '',
    decidedOn: '',
  };
  return { what: 'exemption', action: 'add', row };
}
export function editExemption(exemption: RulesReply['exemptions'][number]): AnyChange {
  const { id, version, ...row } = exemption;
  return { what: 'exemption', action: 'change', id, ifVersion: version, row };
}

export function addDefinition(): AnyChange {
  const row: DefinitionDraft = { kpi: '', on: '', note: '' };
  return { what: 'definition', action: 'add', row };
}
export function editDefinition(change: RulesReply['definitionChanges'][number]): AnyChange {
  const { id, version, ...row } = change;
  return { what: 'definition', action: 'change', id, ifVersion: version, row };
}

export const removal = (
  what: 'norm' | 'exemption' | 'definition',
  row: { id: number; version: number },
): AnyChange => ({ what, action: 'remove', id: row.id, ifVersion: row.version });

export const editSettings = (settings: RulesReply['settings']): AnyChange => ({
  what: 'setting',
  action: 'change',
  row: settings,
});
