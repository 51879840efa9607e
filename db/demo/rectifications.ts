import { addDays, lastDay } from '../../shared/period.ts';
import { LAST_MONTH, membersIn, type Branch } from './centre.ts';
import { weekday } from './meetings.ts';
import type { Random } from './random.ts';
import { lastingProblems, origins, problems, surnames } from './topics.ts';

/** A problem found, and how far it has come when the ledgers end. */
export type Problem = {
  readonly date: string;
  readonly origin: string;
  readonly problem: string;
  readonly measure: string;
  readonly responsible: string;
  readonly nature: '立行立改' | '限期整改' | '长期坚持';
  /** `长期` for what has no end. */
  readonly due: string;
  readonly progress: string;
  /** Said to be done, by the branch. */
  readonly reported: string | null;
  /** Verified. */
  readonly closed: string | null;
};

const END = lastDay(LAST_MONTH);

function course(
  date: string,
  due: string,
  branch: Branch,
  random: Random,
): Pick<Problem, 'progress' | 'reported' | 'closed'> {
  const promptness = branch.temper.diligence - 0.08;
  const reach = random.chance(promptness) ? 0.55 + random.next() * 0.45 : 1.05 + random.next() * 0.9;
  const days = (Date.parse(due) - Date.parse(date)) / 86_400_000;
  const closed = addDays(date, Math.max(1, Math.round(days * reach)));
  // Old problems have all been closed by now; of the recent ones the weak branches leave some lying.
  const stuck = random.chance(date < '2025-06-01' ? 0 : branch.temper.diligence < 0.8 ? 0.3 : 0.03);
  if (closed <= END && !stuck)
    return {
      progress: random.pick(['已销号', '已完成', '销号']),
      reported: reportedBy(closed, date),
      closed,
    };
  if (due > END) return { progress: random.pick(['整改中', '正在推进']), reported: null, closed: null };
  // Done, as the branch says, and nobody has been to see it.
  const progress = random.pick(['基本完成', '已完成', '整改中', '延期至2026年12月31日']);
  const reported = progress === '已完成' ? reportedBy(closed < END ? closed : END, date) : null;
  return { progress, reported, closed: null };
}

const quarterOf = (day: string): string => '一二三四'[Math.ceil(Number(day.slice(5, 7)) / 3) - 1] ?? '';

/** Some days before it is verified, and not before it was found. */
function reportedBy(verified: string, raised: string): string {
  const day = addDays(verified, -4);
  return day < raised ? raised : day;
}

/** The problems found in a branch in one year, in the order of their days; 1 or more while it exists. */
export function problemsOf(branch: Branch, year: number, random: Random): Problem[] {
  const found: Problem[] = [];
  const many = random.int(2, branch.temper.diligence < 0.8 ? 5 : 3);
  const things = random.shuffled(problems);
  for (let n = 0; n < many; n++) {
    const date = weekday(year, random.pick([1, 2, 3, 3, 6, 6, 8, 9, 11]), random);
    if (membersIn(branch, date.slice(0, 7)) === 0) continue;
    const common = { date, origin: random.pick(origins), responsible: `${random.pick(surnames)}某` };
    if (random.chance(0.07)) {
      found.push({
        ...common,
        problem: random.pick(lastingProblems),
        measure: '建立补学和结对机制',
        nature: '长期坚持',
        due: '长期',
        progress: '长期坚持，持续推进',
        reported: null,
        closed: null,
      });
      continue;
    }
    const nature = random.chance(0.4) ? '立行立改' : '限期整改';
    const due = addDays(date, nature === '立行立改' ? random.int(10, 30) : random.int(45, 150));
    const [thing, measure] = things[n] ?? problems[0];
    // Mostly of a quarter; one in a few in the same words each time, and so seen to come back.
    const isGeneral = (branch.position + year + n) % 4 === 0;
    const problem = isGeneral ? thing : `${year}年${quarterOf(date)}季度${thing}`;
    found.push({ ...common, problem, measure, nature, due, ...course(date, due, branch, random) });
  }
  return found.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}
