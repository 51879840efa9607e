import { monthOf } from '../../shared/period.ts';
import { membersIn, type Branch } from './centre.ts';
import { weekday } from './meetings.ts';
import type { Random } from './random.ts';
import { anyService, requests, served, services, visited } from './topics.ts';

export type Visit = {
  readonly date: string;
  readonly kind: string;
  readonly host: string;
  readonly participants: number;
  readonly raised: number;
  readonly resolved: number;
  readonly followUp: string;
  readonly writtenDate?: string;
  readonly writtenParticipants?: string;
};

export type Service = {
  readonly date: string;
  readonly name: string;
  readonly place: string;
  readonly participants: number;
  readonly hours: number;
  readonly served: string;
  readonly writtenDate?: string;
  readonly writtenParticipants?: string;
};

const visitMonths: readonly (readonly [kind: string, months: readonly [number, ...number[]]])[] = [
  ['condolence_visit', [1, 1, 2]],
  ['enterprise_visit', [3, 4, 5]],
  ['condolence_visit', [6, 7]],
  ['enterprise_visit', [6, 8, 9]],
  ['research_visit', [5, 9, 10]],
  ['enterprise_visit', [10, 11]],
  ['condolence_visit', [9, 10, 12]],
  ['enterprise_visit', [2, 4, 8, 12]],
];

const byDay = <T extends { date: string }>(of: T[]): T[] =>
  of.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));

/** A branch's visits of one year, in the order of their days. */
export function visitsOf(branch: Branch, year: number, random: Random): Visit[] {
  const visits = visitMonths.flatMap(([kind, months]): Visit[] => {
    if (!random.chance(0.72 * Math.min(1.2, branch.temper.eagerness + 0.1))) return [];
    const date = weekday(year, random.pick(months), random);
    const size = membersIn(branch, monthOf(date));
    if (size === 0) return [];
    const raised = kind === 'condolence_visit' ? random.int(0, 1) : random.int(0, 4);
    const resolved = random.among(raised, 0.7 + 0.25 * branch.temper.diligence);
    return [
      {
        date,
        kind,
        host: random.pick(visited[kind] ?? ['船方']),
        participants: Math.min(size, random.int(2, 6)),
        raised,
        resolved,
        followUp:
          raised === 0 ? '' : `${random.pick(requests)}${resolved === raised ? '，已答复' : '，跟踪中'}`,
      },
    ];
  });
  return byDay(visits);
}

/** A branch's volunteering of one year, in the order of their days. */
export function servicesOf(branch: Branch, year: number, random: Random): Service[] {
  const held: Service[] = [];
  for (let month = 1; month <= 12; month++) {
    const usual = services[month];
    if (!random.chance((usual ? 0.55 : 0.2) * Math.min(1.3, branch.temper.eagerness + 0.15))) continue;
    const date = weekday(year, month, random);
    const size = membersIn(branch, monthOf(date));
    if (size === 0) continue;
    held.push({
      date,
      name: random.pick(usual ?? anyService),
      place: random.pick(['滨江社区', '客运码头', '航道趸船', '市民广场']),
      participants: Math.max(2, random.among(size, 0.25 + random.next() * 0.35)),
      hours: random.pick([1, 1.5, 2, 3, 4]),
      served: random.pick(served),
    });
  }
  return byDay(held);
}
