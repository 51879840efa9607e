import { describe, expect, test } from 'vitest';
import { deciding, type Exemption, type SlotNorm, type ValueNorm } from '../shared/norms.ts';
import { askedOn } from '../shared/rules.ts';

let made = 0;
const common = { source: { zh: '某规定', en: 'a rule' }, strength: 'usual', note: null } as const;
const slot = (of: Partial<SlotNorm>): SlotNorm => ({
  id: ++made,
  layer: 'central',
  unit: null,
  from: null,
  to: null,
  ...common,
  kind: 'theme_day',
  every: 'month',
  per: 'branch',
  minMembers: null,
  ...of,
});

// The centre C, a sub-centre S in it, and its branch A.
const path = ['C', 'S', 'A'];
const central = slot({});
const system = slot({ layer: 'system', every: 'quarter' });
const ofCentre = slot({ layer: 'centre', every: 'year', from: '2025-01-01', to: '2025-12-31' });
const ofSub = slot({ layer: 'unit', unit: 'S', every: 'quarter', from: '2025-04-01' });
const ofBranch = slot({ layer: 'unit', unit: 'A', every: 'never', from: '2025-07-01', to: '2025-07-31' });
const all = [ofBranch, central, ofSub, ofCentre, system];

describe('the norm that decides', () => {
  test.each([
    ['the system over the central one', '2024-12-31', system],
    ['the centre over the system, from its first day', '2025-01-01', ofCentre],
    ['the centre to the day before a nearer one', '2025-03-31', ofCentre],
    ['that of a unit over all common ones', '2025-04-01', ofSub],
    ['that of the nearest unit, on its first day', '2025-07-01', ofBranch],
    ['that of the nearest unit, on its last day', '2025-07-31', ofBranch],
    ['again that of the unit above', '2025-08-01', ofSub],
    ['a norm without an end, whatever has ended', '2026-01-01', ofSub],
  ])('is %s', (_, day, norm) => expect(deciding(all, path, day)).toBe(norm));

  test('does not bind units beside or above the one it names', () => {
    expect(deciding(all, ['C', 'T', 'B'], '2025-07-15')).toBe(ofCentre);
    expect(deciding(all, ['C'], '2025-07-15')).toBe(ofCentre);
  });

  test('is, in one layer, the latest to begin', () => {
    const [old, late] = [
      slot({ layer: 'centre', from: '2024-01-01' }),
      slot({ layer: 'centre', from: '2025-01-01' }),
    ];
    expect(deciding([late, old], path, '2025-06-01')).toBe(late);
    expect(deciding([late, old], path, '2024-06-01')).toBe(old);
    expect(deciding([late, old], path, '2023-12-31')).toBeNull();
  });
});

describe('what is asked of a unit on a day', () => {
  const hours: ValueNorm = {
    ...common,
    id: 900,
    layer: 'central',
    unit: null,
    from: null,
    to: null,
    kpi: 'study_hours_per_member',
    value: 32,
  };
  const exempt: Exemption = {
    id: 1,
    unit: 'S',
    kind: 'theme_day',
    from: '2025-07-10',
    to: null,
    reason: '防汛',
    decidedBy: '党委',
    decidedOn: '2025-07-01',
  };
  const on = (day: string) => askedOn({ norms: [...all, hours], exemptions: [exempt] }, path, day);

  test('names the deciding norm, and those that yield to it, the strongest first', () => {
    expect(on('2025-07-01')).toEqual([
      { matter: 'theme_day', decides: ofBranch, yields: [ofSub, ofCentre, system, central], exemption: null },
      { matter: 'study_hours_per_member', decides: hours, yields: [], exemption: null },
    ]);
    expect(on('2026-02-01')[0]).toMatchObject({ decides: ofSub, yields: [system, central] });
  });

  test('says which exemption lifts it, of the unit or of one above', () => {
    expect(on('2025-07-09')[0]?.exemption).toBeNull();
    expect(on('2025-07-10')[0]?.exemption).toBe(exempt);
  });

  test('leaves out a matter of which no norm in force speaks', () => {
    expect(askedOn({ norms: [ofBranch], exemptions: [] }, path, '2025-08-01')).toEqual([]);
  });
});
