import type { Context, RuleChange, UnitEvent } from './context.ts';
import { formatDate } from './format-period.ts';
import type { Kpi } from './kpi.ts';
import { addMonths, monthOf } from './period.ts';
import type { Text } from './text.ts';
import { shortName, type UnitTree } from './unit.ts';

/** What happened to a unit, its scope and its rules, and what that does to a comparison across the day. */

export type BreakCode = UnitEvent['type'] | RuleChange['what'];
/** May what lies before be set beside what lies after? */
export type Verdict = 'comparable' | 'partial' | 'not_comparable';

export type Break = {
  /** The first day on which it holds. */
  readonly on: string;
  readonly code: BreakCode;
  readonly verdict: Verdict;
  readonly units: readonly string[];
  /** In few words, for a chart: `北汊站并入` · `merged 北汊站`. */
  readonly label: Text;
  /** With its day: `2022年1月1日北汊站并入` · `merged 北汊站 on 1 Jan 2022`. */
  readonly text: Text;
};

type Around = {
  readonly unit: string;
  readonly tree: UnitTree;
  /** Of a figure of one kind: what is asked of others does not touch it. */
  readonly kind?: string | undefined;
};

const both = (zh: string, en: string): Text => ({ zh, en });
const dated = (on: string, label: Text): Text =>
  both(`${formatDate(on, 'zh')}${label.zh}`, `${label.en} on ${formatDate(on, 'en')}`);

const nameIn = (tree: UnitTree, code: string | null): string => {
  const unit = code === null ? undefined : tree.byCode.get(code);
  return unit ? shortName(unit.name) : (code ?? '');
};

/** What is said of the unit itself. */
const own: Record<UnitEvent['type'], (other: string) => Text> = {
  opened: () => both('成立', 'opened'),
  closed: () => both('撤销', 'closed'),
  merged: (other) => both(`并入${other}`, `merged into ${other}`),
  took_in: (other) => both(`${other}并入`, `merged ${other}`),
  split: (other) => both(`${other}分出`, `${other} split off`),
  split_off: (other) => both(`从${other}分出`, `split off from ${other}`),
  moved: (other) => both(`由${other}划转`, `moved from ${other}`),
  renamed: (other) => both(`由“${other}”更名`, `renamed from “${other}”`),
};

/** A former name is words, everything else a unit's code. */
const otherOf = (event: UnitEvent, tree: UnitTree): string =>
  event.type === 'renamed' ? shortName(event.other ?? '') : nameIn(tree, event.other);

/**
 * All that a reader of the unit's figures must know of, in the order of time. A merger within the
 * scope, a new name, a move of the unit as a whole are told and break nothing.
 * @param tree in the structure of the figures
 */
export function breaksOf(kpi: Kpi, context: Context, around: Around): Break[] {
  const found = [
    ...context.events.flatMap((e) =>
      e.unit === around.unit ? ownBreak(e, around) : (innerBreak(e, around) ?? []),
    ),
    ...context.changes
      .filter((c) => c.kpi === kpi.id && isOfKind(c, around.kind))
      .flatMap((c) => ruleBreak(c, around) ?? []),
  ];
  const seen = new Set<string>();
  return found
    .filter((b) => {
      const key = [b.on, pairCode(b.code), ...[...b.units].sort(), b.text.zh].join('\n');
      return !seen.has(key) && seen.add(key);
    })
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

const isOfKind = (change: RuleChange, kind: string | undefined): boolean =>
  kind === undefined || change.kind === undefined || change.kind === null || change.kind === kind;

/** A merger is told by both of its units, and so is a split. */
const pairCode = (code: BreakCode): string =>
  code === 'took_in' ? 'merged' : code === 'split' ? 'split_off' : code;

const telling: ReadonlySet<BreakCode> = new Set(['moved', 'renamed']);

function ownBreak(event: UnitEvent, { unit, tree }: Around): Break[] {
  // In today's structure what the taken-in unit did is part of the figure all along.
  if (event.type === 'took_in' && tree.structure === 'today') return [];
  const label = own[event.type](otherOf(event, tree));
  return [
    {
      on: event.on,
      code: event.type,
      verdict: telling.has(event.type) ? 'comparable' : 'not_comparable',
      units: [unit, ...(event.other === null || event.type === 'renamed' ? [] : [event.other])],
      label,
      text: dated(event.on, label),
    },
  ];
}

/** In the month that holds the day, or, for the time before it, in the one before. */
function isInside(code: string | null, { unit, tree }: Around, month: string): boolean {
  return code !== null && tree.pathIn(code, month).some((u) => u.code === unit);
}

/** The month from whose beginning the tree is another. */
const turnOf = (on: string): string => (on.endsWith('-01') ? monthOf(on) : addMonths(monthOf(on), 1));

/**
 * Of a unit inside the scope. What crosses the scope's edge makes it another scope: such figures are
 * not set beside each other, whatever the unit's size; in today's structure the edge has not moved.
 */
function innerBreak(event: UnitEvent, around: Around): Break | null {
  const { tree } = around;
  const unit = tree.byCode.get(event.unit);
  if (!unit || event.type === 'renamed') return null;
  const turn = turnOf(event.on);
  const before = (code: string | null): boolean => isInside(code, around, addMonths(turn, -1));
  const after = (code: string | null): boolean => isInside(code, around, turn);
  const made = (was: boolean, is: boolean, of: UnitEvent, both = true): Break | null => {
    if (!was && !is) return null;
    if (was && is) return both && unit.level !== 'group' ? innerTold(of, tree, 'comparable') : null;
    return tree.structure === 'today' && of.type !== 'split_off'
      ? null
      : innerTold(of, tree, 'not_comparable');
  };
  const mirrored = { ...event, unit: event.other ?? '', other: event.unit };
  switch (event.type) {
    case 'opened':
    case 'closed':
      if (unit.level === 'group' || !(before(unit.code) || after(unit.code))) return null;
      return innerTold(event, tree, 'partial');
    case 'moved':
      return made(before(unit.code), after(unit.code), event, false);
    // What happened with the scope itself is told of it by itself.
    case 'merged':
      if (event.other === around.unit) return null;
      return made(before(unit.code), after(event.other), event);
    case 'took_in':
      if (event.other === around.unit) return null;
      return made(before(event.other), after(unit.code), { ...mirrored, type: 'merged' });
    case 'split_off':
      if (event.other === around.unit) return null;
      return made(before(event.other), after(unit.code), event);
    case 'split':
      if (event.other === around.unit) return null;
      return made(before(unit.code), after(event.other), { ...mirrored, type: 'split_off' });
  }
}

function innerTold(event: UnitEvent, tree: UnitTree, verdict: Verdict): Break {
  const name = nameIn(tree, event.unit);
  const said = own[event.type](otherOf(event, tree));
  const label = both(`${name}${said.zh}`, `${name} ${said.en}`);
  return {
    on: event.on,
    code: event.type,
    verdict,
    units: [event.unit, ...(event.other === null ? [] : [event.other])],
    label,
    text: dated(event.on, label),
  };
}

const ruleLabels: Record<RuleChange['what'], Text> = {
  norm: both('规定动作变更', 'norms changed'),
  value: both('对照的标准变更', 'norm changed'),
  definition: both('口径变更', 'definition changed'),
};

/** A rule of the whole scope breaks it; one of a unit inside it, in part. What a figure is held against changes no figure. */
function ruleBreak(change: RuleChange, { unit, tree }: Around): Break | null {
  const bound = change.unit;
  const month = turnOf(change.on);
  const isWhole = bound === null || tree.pathIn(unit, month).some((u) => u.code === bound);
  if (!isWhole && !isInside(bound, { unit, tree }, month)) return null;
  const whose = isWhole ? '' : nameIn(tree, bound);
  const label = ruleLabels[change.what];
  const named =
    whose === '' ? change.text : both(`${whose}：${change.text.zh}`, `${whose}: ${change.text.en}`);
  return {
    on: change.on,
    code: change.what,
    verdict: change.what === 'value' ? 'comparable' : isWhole ? 'not_comparable' : 'partial',
    units: bound === null ? [] : [bound],
    label: whose === '' ? label : both(`${whose}${label.zh}`, `${whose}: ${label.en}`),
    // A definition's note says what is new; a norm's text, that it is.
    text:
      change.what === 'definition'
        ? both(
            `${formatDate(change.on, 'zh')}起${label.zh}：${named.zh}`,
            `${label.en} on ${formatDate(change.on, 'en')}: ${named.en}`,
          )
        : both(
            `${formatDate(change.on, 'zh')}起，${named.zh}`,
            `from ${formatDate(change.on, 'en')}, ${named.en}`,
          ),
  };
}
