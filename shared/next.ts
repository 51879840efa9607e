import type { NextReply, NextSlot } from './due.ts';
import { formatDay } from './format-period.ts';
import { kindByCode } from './kinds.ts';
import type { Text } from './text.ts';

/** What falls due next, in sentences: a line for the meetings that the same branches owe by the same day. */

export type NextLine = {
  readonly by: string;
  readonly text: Text;
  /** How many are to be done, or that nothing is known. */
  readonly tag: Text;
  readonly state: NextSlot['state'];
  /** The one unit that the line is of, or null. */
  readonly unit: string | null;
};

/** Meetings that the same branches have not held yet. */
type Owed = {
  readonly by: string;
  readonly kinds: readonly string[];
  readonly open: readonly string[];
  readonly unknown: readonly string[];
  /** Of how many branches it is asked. */
  readonly of: number;
  /** Party groups that have not met, where each is to meet; null where the branch is. */
  readonly groups: number | null;
  readonly wanted: number;
};

type NameOf = (unit: string) => string;

/** More names than these are counted. */
const NAMES_SHOWN = 3;

/**
 * The lines by day. In the list of a single branch each meeting has its own, and no name.
 * @param nameOf the short name of a unit
 */
export function nextLines(next: NextReply, nameOf: NameOf): NextLine[] {
  const isAlone =
    next.asked.every((a) => a.branches === 1) && next.slots.every((s) => s.unit === next.query.unit);
  const owed = owedOf(next);
  const meetings = (isAlone ? owed : together(owed)).map((o) => (isAlone ? ownLine(o) : lineOf(o, nameOf)));
  const items = next.items.map((item) =>
    itemLine(item, item.unit === next.query.unit ? null : nameOf(item.unit)),
  );
  return [...meetings, ...items].toSorted((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0));
}

/**
 * `45 天内有 47 场会议要开、2 项整改到期，最早的在10月16日。`
 * Meetings that may have been held, in months not reported, are not counted.
 */
export function sayNext(next: NextReply): Text {
  const meetings = next.slots
    .filter((s) => s.state === 'open')
    .reduce((n, s) => n + Math.max(0, s.wanted - s.met), 0);
  const items = next.items.length;
  const { days } = next.query;
  const ahead = { zh: `${days} 天内`, en: `within ${days} days` };
  const [first] = [...next.slots.filter((s) => s.state === 'open'), ...next.items].map((d) => d.by).sort();
  if (first === undefined)
    return { zh: `${ahead.zh}没有到期的事项。`, en: `Nothing is known to fall due ${ahead.en}.` };
  const zh = [meetings > 0 ? `${meetings} 场会议要开` : '', items > 0 ? `${items} 项整改到期` : ''];
  const en = [
    meetings > 0 ? plural(meetings, 'meeting', 'meetings') : '',
    items > 0 ? plural(items, 'rectification item', 'rectification items') : '',
  ];
  return {
    zh: `${ahead.zh}有 ${zh.filter(Boolean).join('、')}，最早的在${formatDay(first, 'zh')}。`,
    en: `${en.filter(Boolean).join(' and ')} due ${ahead.en}, the first on ${formatDay(first, 'en')}.`,
  };
}

function owedOf(next: NextReply): Owed[] {
  return next.asked.flatMap(({ kind, period, by, branches }) => {
    const slots = next.slots.filter((s) => s.kind === kind && s.period === period);
    if (slots.length === 0) return [];
    const open = slots.filter((s) => s.state === 'open');
    const left = open.reduce((n, s) => n + s.wanted - s.met, 0);
    return {
      by,
      kinds: [kind],
      open: open.map((s) => s.unit),
      unknown: slots.filter((s) => s.state === 'unknown').map((s) => s.unit),
      of: branches,
      groups: slots.some((s) => s.norm.per === 'group') ? left : null,
      wanted: slots.reduce((n, s) => n + s.wanted, 0),
    };
  });
}

function together(owed: readonly Owed[]): Owed[] {
  const lines = new Map<string, Owed>();
  for (const one of owed) {
    const key = JSON.stringify([one.by, one.open, one.unknown, one.of, one.groups]);
    const line = lines.get(key);
    lines.set(key, line ? { ...line, kinds: [...line.kinds, ...one.kinds] } : one);
  }
  return [...lines.values()];
}

const kindNames = (kinds: readonly string[]): Text => {
  const names = kinds.map((k) => kindByCode.get(k)?.name ?? { zh: k, en: k });
  return { zh: names.map((n) => n.zh).join('、'), en: names.map((n) => n.en).join(', ') };
};
const both = (of: (lang: 'zh' | 'en') => string): Text => ({ zh: of('zh'), en: of('en') });
const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** `东港站、青山站`, or the first few and how many there are. */
function who(units: readonly string[], nameOf: NameOf): Text {
  const names = units.slice(0, NAMES_SHOWN).map(nameOf);
  if (units.length <= NAMES_SHOWN) return { zh: names.join('、'), en: names.join(', ') };
  return {
    zh: `${names.join('、')}等 ${units.length} 个支部`,
    en: `${units.length} branches: ${names.join(', ')} …`,
  };
}

function lineOf(owed: Owed, nameOf: NameOf): NextLine {
  const { by, open, unknown, kinds } = owed;
  const names = kindNames(kinds);
  const clause = open.length > 0 ? openClause(owed, nameOf) : null;
  const silent = silentClause(unknown, clause !== null, nameOf);
  return {
    by,
    text: both((lang) => {
      const colon = lang === 'zh' ? '：' : ': ';
      return `${names[lang]}${colon}${clause?.[lang] ?? ''}${silent?.[lang] ?? ''}`;
    }),
    tag: open.length > 0 ? toDo(owed.groups ?? open.length * kinds.length) : unreported,
    state: open.length > 0 ? 'open' : 'unknown',
    unit: null,
  };
}

function openClause({ open, of, groups }: Owed, nameOf: NameOf): Text {
  const isAll = open.length === of && of > 1;
  const names = who(open, nameOf);
  const all = of === 2 ? 'both branches' : `all ${of} branches`;
  if (groups !== null) {
    const en = plural(groups, 'party group', 'party groups');
    return isAll
      ? {
          zh: `${of} 个支部的 ${groups} 个党小组还未开`,
          en: `still to be held by ${en} in ${all}`,
        }
      : { zh: `${names.zh}有 ${groups} 个党小组未开`, en: `still to be held by ${en} of ${names.en}` };
  }
  return isAll
    ? { zh: `${of} 个支部都还未办`, en: `still to be held in ${all}` }
    : { zh: `${names.zh}未办`, en: `still to be held in ${names.en}` };
}

function silentClause(unknown: readonly string[], isMore: boolean, nameOf: NameOf): Text | null {
  if (unknown.length === 0) return null;
  if (isMore)
    return {
      zh: `；另有 ${unknown.length} 个支部台账未报`,
      en: `; ${plural(unknown.length, 'more branch has', 'more branches have')} not reported`,
    };
  const names = who(unknown, nameOf);
  return { zh: `${names.zh}台账未报，不知是否已办`, en: `not known, as ${names.en} did not report` };
}

/** A meeting of the branch whose list it is. */
function ownLine({ by, kinds, open, groups, wanted }: Owed): NextLine {
  const names = kindNames(kinds);
  const isOpen = open.length > 0;
  const text = !isOpen
    ? {
        zh: `${names.zh}：台账未报，不知是否已办`,
        en: `${names.en}: not known, as the ledger is not handed in`,
      }
    : groups === null
      ? { zh: `${names.zh}还未办`, en: `${names.en}: still to be held` }
      : {
          zh: `${names.zh}：${wanted} 个党小组中 ${groups} 个还未开`,
          en: `${names.en}: still to be held by ${groups} of ${plural(wanted, 'party group', 'party groups')}`,
        };
  return {
    by,
    text,
    tag: isOpen ? toDo(groups ?? 1) : unreported,
    state: isOpen ? 'open' : 'unknown',
    unit: null,
  };
}

const toDo = (n: number): Text => ({ zh: `${n} 待办`, en: `${n} to do` });
const unreported: Text = { zh: '未报', en: 'not reported' };

function itemLine(item: NextReply['items'][number], name: string | null): NextLine {
  const extended = item.extendedTo === null ? { zh: '', en: '' } : { zh: '（延期）', en: ' (extended)' };
  const title = item.title === null ? null : { zh: `“${item.title}”`, en: `“${item.title}”` };
  const [zh, en] = [[name, title?.zh].filter(Boolean).join(''), [name, title?.en].filter(Boolean).join(', ')];
  return {
    by: item.by,
    text: {
      zh: `整改到期${zh === '' ? '' : `：${zh}`}${extended.zh}`,
      en: `Rectification due${en === '' ? '' : `: ${en}`}${extended.en}`,
    },
    tag: { zh: '1 项', en: '1 item' },
    state: 'open',
    unit: item.unit,
  };
}
