import { kpiById } from '../../../shared/kpis.ts';
import type { Found } from '../../../shared/find.ts';
import { namedPages } from '../../../shared/pages.ts';
import type { Text } from '../../../shared/text.ts';

/** The key of a result: the same thing has the same, whenever it is found. */
export function keyOf(item: Found): string {
  switch (item.what) {
    case 'unit':
      return `unit:${item.code}`;
    case 'kpi':
      return `kpi:${item.id}`;
    case 'page':
      return `page:${item.path}`;
    case 'view':
      return `view:${item.id}`;
    case 'record':
      return `record:${item.unit}:${item.id}`;
  }
}

/** What it is called, where that is known here. */
export function nameOf(item: Found, say: (text: Text) => string): string {
  switch (item.what) {
    case 'kpi': {
      const kpi = kpiById.get(item.id);
      return kpi ? say(kpi.name) : item.id;
    }
    case 'page': {
      const page = namedPages.find((p) => p.path === item.path);
      return page ? say(page.name) : item.path;
    }
    case 'record':
      return item.title;
    default:
      return item.name;
  }
}

const RECENT_MOST = 6;

/** What was opened last, the latest first; each once. */
export const withRecent = (recent: readonly Found[], item: Found): Found[] =>
  [item, ...recent.filter((other) => keyOf(other) !== keyOf(item))].slice(0, RECENT_MOST);

const isText = (value: unknown): value is string => typeof value === 'string';

/** What this browser has kept may be older than this page, or not ours at all: whatever is not a result is left out. */
export function readRecent(text: string | null): Found[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(kept) ? kept.filter(isFound).slice(0, RECENT_MOST) : [];
  } catch {
    return [];
  }
}
const fieldsOf: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['unit', ['code', 'name']],
  ['kpi', ['id']],
  ['page', ['path']],
  ['view', ['name', 'address']],
  ['record', ['unit', 'id', 'title', 'date']],
]);
function isFound(value: unknown): value is Found {
  if (typeof value !== 'object' || value === null) return false;
  const { what, ...of } = value as Record<string, unknown>;
  return fieldsOf.get(what)?.every((field) => isText(of[field])) ?? false;
}
