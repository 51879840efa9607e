import { UnitTree, type Unit } from '../../shared/unit.ts';
import { Remembered } from './remembered.ts';
import { bare, outsideBrackets } from './text.ts';
import type { TaughtAlias } from './vocabulary.ts';

export type UnitMatch =
  | { readonly is: 'one'; readonly unit: Unit }
  | { readonly is: 'several'; readonly units: readonly Unit[] }
  | { readonly is: 'none' };

const bodySuffix = /(党总支委员会|党支部委员会|支部委员会|总支委员会|党委|党总支|党支部|总支部|总支|支部)$/;

/** The forms of a name from the fullest to the shortest: `东港引航站党支部`, `东港引航站`, `东港站`, `东港`. */
function formsOf(name: string): string[] {
  const full = bare(name).replace(/^中共/, '');
  const body = full.replace(bodySuffix, '');
  const short = body.replace(/引航(?=站|中心|处|分站)/, '');
  const core = short.replace(/(分站|站|中心)$/, '');
  return [...new Set([full, body, short, core])].filter((form) => form.length >= 2);
}

type Alias = { readonly text: string; readonly unit: Unit; readonly tier: number };

/** Finds units by code, full name, short name and what the centre has taught. Two candidates are no answer: it never guesses. */
export class UnitFinder {
  private readonly aliases: readonly Alias[];
  /** Of a whole cell. */
  private readonly taught: ReadonlyMap<string, Unit>;
  /** Of a part of a title. */
  private readonly spoken: readonly Alias[];
  private readonly tree: UnitTree;
  private readonly readings = new Remembered<UnitMatch>();

  constructor(
    readonly units: readonly Unit[],
    taught: readonly TaughtAlias[] = [],
  ) {
    this.tree = new UnitTree(units);
    this.taught = new Map(
      taught.flatMap(({ word, unit: code }) => {
        const unit = this.byCode(code);
        return unit ? [[word, unit] as const] : [];
      }),
    );
    const own = units.flatMap((unit) => [
      { text: unit.code, unit, tier: 0 },
      ...formsOf(unit.name)
        // A party group's bare name (`第一党小组`) says nothing outside its branch.
        .filter((_, i) => unit.level !== 'group' || i === 0)
        .map((text, i) => ({ text, unit, tier: i + 1 })),
    ]);
    // A name that was said to be another unit's is no more its own, in no form.
    this.aliases = own.filter(({ text, unit }) => (this.taught.get(text) ?? unit) === unit);
    this.spoken = [...this.aliases, ...[...this.taught].flatMap(([text, unit]) => aliasWithin(text, unit))];
  }

  byCode(code: string): Unit | undefined {
    return this.tree.byCode.get(code);
  }

  /** The least unit that all of the units stand under, or are; null for none. */
  above(codes: readonly string[]): Unit | null {
    const [first, ...others] = codes.map((code) => this.tree.path(code));
    return first?.findLast((u) => others.every((path) => path.includes(u))) ?? null;
  }

  /** The unit that a cell of the unit column names. The whole cell must be its name. */
  named(text: string): UnitMatch {
    return this.readings.of(text, (cell) => this.read(cell));
  }

  private read(text: string): UnitMatch {
    const asked = bare(text);
    const taught = this.taught.get(asked);
    if (taught) return { is: 'one', unit: taught };
    for (const form of new Set([asked, outsideBrackets(asked), this.withoutAncestor(asked)])) {
      const found = this.exactly(form);
      if (found.is !== 'none') return found;
    }
    return { is: 'none' };
  }

  private exactly(text: string): UnitMatch {
    const lower = text.toLowerCase();
    for (const form of [text, ...formsOf(text)]) {
      const hits = this.aliases.filter(
        (a) => a.text === form || (a.tier === 0 && a.text.toLowerCase() === lower),
      );
      for (let tier = 0; tier <= 4; tier++) {
        const units = new Set(hits.filter((a) => a.tier === tier).map((a) => a.unit));
        if (units.size === 1) for (const unit of units) return { is: 'one', unit };
        if (units.size > 1) return { is: 'several', units: [...units] };
      }
    }
    return { is: 'none' };
  }

  /** `中共江海引航中心东港站支部委员会` without the name of the centre before it. */
  private withoutAncestor(text: string): string {
    const rest = text.replace(/^中共/, '');
    const above = this.aliases
      .filter(
        (a) =>
          a.tier > 0 &&
          a.unit.level === 'centre' &&
          rest.startsWith(a.text) &&
          rest.length > a.text.length + 1,
      )
      .sort((a, b) => b.text.length - a.text.length)[0];
    return above ? rest.slice(above.text.length).replace(/^(党委|党总支)/, '') : rest;
  }

  /** The unit that stands somewhere in a title or a name; the longest name wins, and a branch over its centre. */
  within(text: string): UnitMatch {
    const where = text.normalize('NFKC').replace(/\s+/g, ' ');
    const hits = this.spoken.flatMap((alias) =>
      placesOf(where, alias).map((start) => ({ ...alias, start, end: start + alias.text.length })),
    );
    const longest = hits.filter(
      (h) =>
        !hits.some(
          (o) => o.text.length > h.text.length && o.start <= h.start && o.end >= h.end && o.unit !== h.unit,
        ),
    );
    const units = new Set(longest.map((h) => h.unit));
    const above = new Set([...units].flatMap((u) => this.tree.path(u.code).filter((a) => a !== u)));
    for (const unit of above) units.delete(unit);
    if (units.size > 1) return { is: 'several', units: [...units] };
    for (const unit of units) return { is: 'one', unit };
    return { is: 'none' };
  }
}

/** A taught name as it is looked for in titles: one character stands in too many of them; letters must stand alone. */
const aliasWithin = (text: string, unit: Unit): Alias[] =>
  text.length < 2 ? [] : [{ text, unit, tier: /^[\w-]+$/.test(text) ? 0 : 1 }];

/** Where the alias stands; a code must stand alone, not within another word or number. */
function placesOf(where: string, { text, tier }: Alias): number[] {
  const places: number[] = [];
  for (let i = where.indexOf(text); i >= 0; i = where.indexOf(text, i + 1)) {
    const around = (where[i - 1] ?? ' ') + (where[i + text.length] ?? ' ');
    const inWord = /[A-Za-z_-]/.test(around) || (/^\d|\d$/.test(text) && /\d/.test(around));
    if (tier > 0 || !inWord) places.push(i);
  }
  return places;
}
