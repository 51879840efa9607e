import type { Level } from '../../shared/unit.ts';
import { addMonths, monthsFrom } from '../../shared/period.ts';
import { habitOf, type Habit } from './habits.ts';
import { Random } from './random.ts';

/** The last year of the demonstration, and the last month that its ledgers cover. No clock is read. */
export const LAST_YEAR = 2026;
export const LAST_MONTH = `${LAST_YEAR}-09`;

const MERGED_ON = '2023-12-31';
const OPENED_LATE_ON = '2022-07-01';
const FOUNDED_ON = '2012-03-01';

type DemoUnit = {
  readonly code: string;
  readonly name: string;
  readonly parent: string;
  readonly level: Level;
  readonly openedOn: string;
  readonly closedOn: string;
  readonly mergedInto: string;
};

/** How a branch works, from the weak to the careful. */
type Temper = {
  /** Chance that a meeting that is due is held. */
  readonly diligence: number;
  /** Chance that a member comes. */
  readonly attendance: number;
  /** Change of that chance from year to year. */
  readonly trend: number;
  /** More or fewer events than the norms ask for. */
  readonly eagerness: number;
};

export type Branch = DemoUnit & {
  readonly position: number;
  readonly groups: readonly string[];
  readonly temper: Temper;
  readonly habit: Habit;
  /** Members at the start of each half-year, `2020-01` and `2020-07` and so on, while it exists. */
  readonly members: ReadonlyMap<string, number>;
};

export type DemoCentre = {
  readonly code: string;
  readonly name: string;
  readonly years: readonly number[];
  readonly units: readonly DemoUnit[];
  readonly branches: readonly Branch[];
};

const stations: readonly (readonly [name: string, code: string])[] = [
  ['东港', 'DG'],
  ['青山', 'QS'],
  ['鹤洲', 'HZ'],
  ['白浪', 'BL'],
  ['石矶', 'SJ'],
  ['锦帆', 'JF'],
  ['望矶', 'WJ'],
  ['芦渚', 'LZ'],
  ['云汀', 'YT'],
  ['南浦', 'NP'],
  ['松屿', 'SY'],
];
const firsts = '瑞嘉宏泰安康永和清明新华长平';
const seconds = '洲湾浦屿渚汀矶港滩沙';

/** Beyond the first eleven, names are put together from two characters. */
function station(index: number): { name: string; code: string } {
  const known = stations[index];
  if (known) return { name: known[0], code: known[1] };
  const n = index - stations.length;
  const turn = Math.floor(n / (firsts.length * seconds.length));
  const name = `${firsts[n % firsts.length]}${seconds[Math.floor(n / firsts.length) % seconds.length]}`;
  return { name: turn === 0 ? name : `${name}${turn + 1}号`, code: `Z${String(index + 1).padStart(3, '0')}` };
}

const ordinals = ['一', '二', '三'] as const;

/** How many branches each station has: of 20, six stations share fifteen and five have one each. */
function branchesByStation(branches: number): number[] {
  const sizes = Array.from({ length: Math.max(1, Math.round(branches * 0.55)) }, () => 1);
  let left = branches - sizes.length;
  for (let i = 0, wide = true; i < sizes.length && left > 0; i += 2, wide = !wide) {
    const more = Math.min(left, wide ? 2 : 1);
    sizes[i] = 1 + more;
    left -= more;
  }
  for (let i = 1; i < sizes.length && left > 0; i += 2, left--) sizes[i] = 2;
  return sizes;
}

/** Sizes from 4 to 48, more small branches than large ones. */
function sizesOf(branches: number, random: Random): number[] {
  const spread = Array.from({ length: branches }, (_, i) => {
    const q = branches === 1 ? 0.5 : i / (branches - 1);
    return 4 + Math.round(44 * q * (0.6 + 0.4 * q));
  });
  return random.shuffled(spread);
}

type Seat = { unit: DemoUnit; size: number };

function seats(centre: string, branches: number, random: Random): { units: DemoUnit[]; seats: Seat[] } {
  const counts = branchesByStation(branches);
  const wide = counts.flatMap((n, i) => (n === 3 ? [i] : []));
  const several = counts.flatMap((n, i) => (n > 1 ? [i] : []));
  const merging = wide[0];
  const late = wide.length > 1 ? wide.at(-1) : several.at(-1) === merging ? undefined : several.at(-1);
  const sizes = sizesOf(branches, random);
  // The branch that is merged is the least of its station, and the one that takes it in not the greatest.
  const before = counts.slice(0, merging ?? 0).reduce((n, c) => n + c, 0);
  if (merging !== undefined) {
    const [least = 4, middle = 4, most = 4] = sizes.slice(before, before + 3).sort((a, b) => a - b);
    sizes.splice(before, 3, middle, most, least);
  }
  const units: DemoUnit[] = [];
  const taken: Seat[] = [];
  counts.forEach((n, i) => {
    const { name, code } = station(i);
    const open = { level: 'branch', openedOn: FOUNDED_ON, closedOn: '', mergedInto: '' } as const;
    const seat = (unit: DemoUnit): void => {
      units.push(unit);
      taken.push({ unit, size: sizes[taken.length] ?? 12 });
    };
    if (n === 1) return seat({ ...open, code, name: `${name}引航站党支部`, parent: centre });
    units.push({ ...open, code, name: `${name}引航站党总支`, parent: centre });
    for (let b = 0; b < n; b++) {
      const last = b === n - 1;
      seat({
        ...open,
        code: `${code}${b + 1}`,
        name: `${name}引航站第${ordinals[b]}党支部`,
        parent: code,
        ...(last && i === late ? { openedOn: OPENED_LATE_ON } : {}),
        ...(last && i === merging ? { closedOn: MERGED_ON, mergedInto: `${code}1` } : {}),
      });
    }
  });
  return { units, seats: taken };
}

/** Half-yearly headcounts: people come and go by ones; a merged branch hands its members on. */
function membersOf(
  seat: Seat,
  guests: readonly Seat[],
  halves: readonly string[],
  random: Random,
): Map<string, number> {
  const members = new Map<string, number>();
  let now = seat.size;
  for (const half of halves) {
    if (`${half}-31` < seat.unit.openedOn || (seat.unit.closedOn !== '' && `${half}-01` > seat.unit.closedOn))
      continue;
    if (half === addMonths(MERGED_ON.slice(0, 7), 1)) for (const guest of guests) now += guest.size;
    now = Math.min(48, Math.max(4, now + (members.size === 0 ? 0 : random.pick([-1, 0, 0, 0, 1]))));
    members.set(half, now);
  }
  return members;
}

function temperOf(position: number, random: Random): Temper {
  const weak = position % 7 === 3;
  return {
    diligence: weak ? 0.7 + random.next() * 0.08 : 0.93 + random.next() * 0.065,
    attendance: (weak ? 0.77 : 0.83) + random.next() * 0.12,
    trend: random.pick([-0.008, 0, 0.004, 0.008, 0.012]),
    eagerness: weak ? 0.6 : 0.8 + random.next() * 0.5,
  };
}

const MOST_WITH_GROUPS = 4;

/**
 * The invented centre: its tree of units, and of each reporting branch the size, temper and habits.
 * @param branches reporting branches, 1 or more; @param years up to and including 2026
 */
export function demoCentre(options: { branches: number; years: number; seed: number }): DemoCentre {
  const random = new Random(`hangbiao ${options.seed}`);
  const code = 'HJ';
  const name = '瀚江引航中心';
  const years = Array.from({ length: options.years }, (_, i) => LAST_YEAR - options.years + 1 + i);
  const halves = monthsFrom(`${years[0]}-01`, LAST_MONTH).filter((m) => /-0[17]$/.test(m));
  const { units, seats: taken } = seats(code, options.branches, random.of('seats'));
  let withGroups = 0;
  const branches = taken.map((seat, position): Branch => {
    const own = random.of('branch', seat.unit.code);
    const guests = taken.filter((s) => s.unit.mergedInto === seat.unit.code);
    const settled = seat.unit.closedOn === '' && seat.unit.openedOn === FOUNDED_ON;
    const grouped = settled && seat.size >= 28 && withGroups < MOST_WITH_GROUPS && ++withGroups > 0;
    return {
      ...seat.unit,
      position,
      groups: grouped ? ordinals.slice(0, seat.size >= 38 ? 3 : 2).map((o) => `第${o}党小组`) : [],
      temper: temperOf(position, own.of('temper')),
      habit: habitOf(position, own.of('habit')),
      members: membersOf(seat, guests, halves, own.of('members')),
    };
  });
  const root: DemoUnit = {
    code,
    name,
    parent: '',
    level: 'centre',
    openedOn: '2005-06-01',
    closedOn: '',
    mergedInto: '',
  };
  return {
    code,
    name,
    years,
    units: [root, ...units.flatMap((u) => [u, ...groupUnits(u, branches)])],
    branches,
  };
}

function groupUnits(unit: DemoUnit, branches: readonly Branch[]): DemoUnit[] {
  const groups = branches.find((b) => b.code === unit.code)?.groups ?? [];
  return groups.map((group, i) => ({
    ...unit,
    code: `${unit.code}G${i + 1}`,
    name: `${unit.name}${group}`,
    parent: unit.code,
    level: 'group',
  }));
}

/** Members in force in the month; 0 while the branch does not exist. */
export function membersIn(branch: Branch, month: string): number {
  if (branch.closedOn !== '' && `${month}-01` > branch.closedOn) return 0;
  let found = 0;
  for (const [half, n] of branch.members) if (half <= month) found = n;
  return found;
}
