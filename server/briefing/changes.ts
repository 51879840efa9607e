import type { Table } from '../../shared/charts/view.ts';
import { formatDate } from '../../shared/format.ts';
import type { Lang } from '../../shared/text.ts';
import { canonicalJson, type Sealed } from '../snapshot/sealed.ts';

/** What a chart says otherwise than the same chart of the briefing before: from the two seals alone. */

export type Changes = {
  /** The former chart's snapshot. */
  readonly former: string;
  readonly says: string;
  /** In the new table, counted from 0; the column without that of the labels. */
  readonly cells: readonly MarkedCell[];
  /** Figures of the former table that the new one lacks. */
  readonly gone: readonly { readonly row: string; readonly column: string; readonly was: string }[];
};
export type MarkedCell = {
  readonly row: number;
  readonly column: number;
  /** What stood there; null: there was no figure. */
  readonly was: string | null;
};

type TableCell = Table['rows'][number]['cells'][number];
type Placed = {
  readonly key: string;
  readonly row: number;
  readonly column: number;
  readonly rowName: string;
  readonly columnName: string;
  readonly cell: TableCell;
};

/** Is there a figure? A dash and a reason are none. */
const hasFigure = ({ status, text }: TableCell): boolean =>
  status === undefined
    ? !/^(—|–|-)?$/.test(text.trim()) && !text.startsWith('—')
    : status !== 'none' && status !== 'na';

const isSame = (a: TableCell, b: TableCell): boolean =>
  a.value !== undefined && b.value !== undefined ? a.value === b.value : a.text === b.text;

/** A cell is known by the figure that it shows, whatever row or column it stands in; one without a mark by their names. */
function placesOf(table: Table): Map<string, Placed> {
  const places = new Map<string, Placed>();
  table.rows.forEach(({ label, cells }, row) =>
    cells.forEach((cell, column) => {
      const columnName = table.columns[column + 1] ?? '';
      const name = cell.mark === undefined ? [label, columnName].join('\n') : canonicalJson(cell.mark);
      let key = name;
      for (let n = 2; places.has(key); n++) key = `${name}\n${n}`;
      places.set(key, { key, row, column, rowName: label, columnName, cell });
    }),
  );
  return places;
}

/** The cells of `now` that are not as they were in `then`, and those that are no more. */
export function changesBetween(then: Sealed, now: Sealed): Changes {
  const [before, after] = [placesOf(then.table), placesOf(now.table)];
  const cells: MarkedCell[] = [];
  const moved: Moved[] = [];
  const gone: Changes['gone'][number][] = [];
  for (const place of after.values()) {
    const former = before.get(place.key)?.cell;
    const was = former !== undefined && hasFigure(former) ? former : null;
    const isThere = hasFigure(place.cell);
    if (was === null ? !isThere : isThere && isSame(was, place.cell)) continue;
    cells.push({ row: place.row, column: place.column, was: was?.text ?? null });
    moved.push({ place, was: was?.text ?? null, isThere });
  }
  for (const [key, { cell, rowName, columnName }] of before)
    if (hasFigure(cell) && !after.has(key)) gone.push({ row: rowName, column: columnName, was: cell.text });
  return {
    former: then.id,
    says: sentence(then.state.asOf, { moved, gone: gone.length }, now.lang),
    cells,
    gone,
  };
}

type Moved = { readonly place: Placed; readonly was: string | null; readonly isThere: boolean };
/** So many are named; the rest is counted. */
const NAMED = 3;

function sentence(
  asOf: string,
  { moved, gone }: { readonly moved: readonly Moved[]; readonly gone: number },
  lang: Lang,
): string {
  const changed = moved.filter((m) => m.was !== null && m.isThere);
  const appeared = moved.filter((m) => m.was === null).length;
  const lost = moved.filter((m) => m.was !== null && !m.isThere).length + gone;
  const named = changed
    .slice(0, NAMED)
    .map(({ place, was }) => `${nameOf(place, lang)} ${was} → ${place.cell.text}`);
  const day = formatDate(asOf, lang);
  if (lang === 'zh') {
    const said = [
      ...(changed.length === 0
        ? []
        : [`${changed.length} 处不同（${named.join('；')}${changed.length > NAMED ? ' 等' : ''}）`]),
      ...(appeared === 0 ? [] : [`${appeared} 处上次没有`]),
      ...(lost === 0 ? [] : [`${lost} 处不再有`]),
    ];
    return `与上次（截至 ${day}）相比：${said.length === 0 ? '没有变化' : said.join('，')}。`;
  }
  const said = [
    ...(changed.length === 0
      ? []
      : [`${changed.length} changed (${named.join('; ')}${changed.length > NAMED ? '; …' : ''})`]),
    ...(appeared === 0 ? [] : [`${appeared} new`]),
    ...(lost === 0 ? [] : [`${lost} no longer there`]),
  ];
  return `Against the last one (as of ${day}): ${said.length === 0 ? 'no change' : said.join(', ')}.`;
}

const nameOf = ({ rowName, columnName }: Placed, lang: Lang): string =>
  lang === 'zh' ? `${rowName} ${columnName}` : `${rowName}, ${columnName}:`;
