import { addMonths, firstDay, lastDay } from '../../shared/period.ts';
import { LAST_MONTH, LAST_YEAR, type Branch, type DemoCentre } from './centre.ts';
import { meetingColumns, problemColumns, serviceColumns, visitColumns, type Column } from './columns.ts';
import { servicesOf, visitsOf } from './fieldwork.ts';
import { meetingsOf } from './meetings.ts';
import { asKept, gapOf, problemsAsKept, servicesAsKept, visitsAsKept, visitsMissing } from './oddities.ts';
import { Random } from './random.ts';
import { problemsOf, type Problem } from './rectifications.ts';
import { csvBytes, workbookBytes, type Cell, type Sheet } from './sheet.ts';

export type DemoFile = { readonly name: string; readonly bytes: Uint8Array };
type Span = { readonly from: string; readonly to: string };

/** The spans of a year that a branch's ledgers cover: one, two around a gap, or none. */
function spansOf(branch: Branch, year: number): Span[] {
  const opened = branch.openedOn.slice(0, 7);
  const closed = branch.closedOn.slice(0, 7);
  const from = opened > `${year}-01` ? opened : `${year}-01`;
  const ends = [`${year}-12`, LAST_MONTH, ...(closed === '' ? [] : [closed])].sort();
  const to = ends[0] ?? LAST_MONTH;
  const gap = gapOf(branch, year);
  const spans = gap
    ? [
        { from, to: addMonths(gap.from, -1) },
        { from: addMonths(gap.to, 1), to },
      ]
    : [{ from, to }];
  return spans.filter((span) => span.from <= span.to);
}

/** `2024年度`, or `2026年1-9月` for a part of a year. */
function spanText({ from, to }: Span): string {
  const year = from.slice(0, 4);
  const [first, last] = [Number(from.slice(5)), Number(to.slice(5))];
  return first === 1 && last === 12 ? `${year}年度` : `${year}年${first}-${last}月`;
}

const within =
  (span: Span) =>
  (record: { date: string }): boolean =>
    record.date >= firstDay(span.from) && record.date <= lastDay(span.to);

const letter = (column: number): string => String.fromCharCode(65 + column);

/** Headings in one row, or in two with 人数 over its two columns. */
function headings<R>(
  columns: readonly Column<R>[],
  branch: Branch,
  top: number,
): { rows: Cell[][]; merges: string[] } {
  const { wording, twoRows, numbered } = branch.habit;
  const own = columns.map((c) => c.headings[wording % c.headings.length] ?? c.headings[0]);
  const shift = numbered ? 1 : 0;
  const first = columns.findIndex((c) => c.under !== undefined);
  const number: Cell[] = numbered ? ['序号'] : [];
  if (!twoRows || first < 0) return { rows: [[...number, ...own]], merges: [] };
  const above = columns.map((c, i) => (c.under === undefined ? (own[i] ?? '') : i === first ? c.under : ''));
  const below = columns.map((c) => (c.under === undefined ? '' : (c.headings[1] ?? c.headings[0])));
  const [from, to] = [letter(first + shift), letter(first + shift + 1)];
  return {
    rows: [
      [...number, ...above],
      [...number.map(() => ''), ...below],
    ],
    merges: [`${from}${top}:${to}${top}`],
  };
}

type Kept<R> = { readonly columns: readonly Column<R>[]; readonly records: readonly R[] };

function sheetOf<R>(
  name: string,
  title: string | null,
  branch: Branch,
  { columns, records }: Kept<R>,
): Sheet {
  const { numbered, totals, remark } = branch.habit;
  const width = columns.length + (numbered ? 1 : 0);
  const top: Cell[][] = title === null ? [] : [[title]];
  const merges = title === null ? [] : [`A1:${letter(width - 1)}1`];
  const head = headings(columns, branch, top.length + 1);
  const body = records.map((r, i): Cell[] => [
    ...(numbered ? [i + 1] : []),
    ...columns.map((c) => c.cell(r)),
  ]);
  const foot: Cell[][] = [];
  if (totals) {
    const sums = columns.map(({ sum, miscount = 0 }): Cell =>
      sum ? records.reduce((n, r) => n + sum(r), miscount) : '',
    );
    foot.push(numbered ? ['合计', ...sums] : ['合计', ...sums.slice(1)]);
  }
  if (remark) foot.push(['注：在船党员返航后补学']);
  return { name, rows: [...top, ...head.rows, ...body, ...foot], merges: [...merges, ...head.merges] };
}

type Section = { readonly name: string; readonly word: string; sheet(title: string | null): Sheet };

/** The three ledgers of a branch's span; visits may be wanting. */
function sections(branch: Branch, year: number, span: Span, random: Random): Section[] {
  const own = random.of(branch.code, year);
  const meetings = asKept(meetingsOf(branch, year, own.of('meetings')), branch, year, own.of('kept'));
  const visits = visitsAsKept(visitsOf(branch, year, own.of('visits')), own.of('visits kept'));
  const services = servicesAsKept(
    servicesOf(branch, year, own.of('services')),
    branch,
    year,
    own.of('services kept'),
  );
  const section = <R extends { date: string }>(
    name: string,
    word: string,
    columns: Column<R>[],
    records: R[],
  ): Section => ({
    name,
    word,
    sheet: (title) => sheetOf(name, title, branch, { columns, records: records.filter(within(span)) }),
  });
  return [
    section('三会一课', '“三会一课”台账', meetingColumns(branch, year), meetings),
    ...(visitsMissing(branch, year) ? [] : [section('走访', '走访记录', visitColumns(branch), visits)]),
    section('志愿服务', '志愿服务台账', serviceColumns(branch), services),
  ];
}

function branchFiles(branch: Branch, year: number, random: Random): DemoFile[] {
  const { file, title } = branch.habit;
  return spansOf(branch, year).flatMap((span): DemoFile[] => {
    const text = spanText(span);
    const kept = sections(branch, year, span, random);
    if (file === 'csv-gbk' || file === 'csv-bom') {
      const encoding = file === 'csv-gbk' ? 'gbk' : 'utf8';
      return kept.map((s) => ({
        name: `${year}/${branch.name}${text}${s.name}.csv`,
        bytes: csvBytes(s.sheet(null).rows, encoding),
      }));
    }
    const sheets = kept.map((s) => s.sheet(title ? `${branch.name}${text}${s.word}` : null));
    return [{ name: `${year}/${branch.name}${text}党建台账.${file}`, bytes: workbookBytes(sheets, file) }];
  });
}

const found = (branch: Branch, year: number, random: Random): Problem[] =>
  problemsAsKept(problemsOf(branch, year, random.of(branch.code, year, 'problems')), branch, year).filter(
    (p) => p.date <= lastDay(LAST_MONTH),
  );

const wholeYear = (year: number): Span => ({
  from: `${year}-01`,
  to: year === LAST_YEAR ? LAST_MONTH : `${year}-12`,
});

/** A branch's own rectification workbook: a sheet for each year. */
function rectificationFile(branch: Branch, centre: DemoCentre, random: Random): DemoFile[] {
  const sheets = centre.years.flatMap((year): Sheet[] => {
    const span = spansOf(branch, year);
    const [first, last] = [span[0], span.at(-1)];
    if (!first || !last) return [];
    const text = spanText({ from: first.from, to: last.to });
    const columns = problemColumns(branch.habit);
    return [
      sheetOf(`${year}年`, `${branch.name}${text}问题整改台账`, branch, {
        columns,
        records: found(branch, year, random),
      }),
    ];
  });
  const type = branch.habit.file === 'xls' ? 'xls' : 'xlsx';
  return sheets.length === 0
    ? []
    : [{ name: `整改/${branch.name}问题整改台账.${type}`, bytes: workbookBytes(sheets, type) }];
}

/** The party office's rectification ledger of a year, for the branches that keep none. */
function centreRectification(centre: DemoCentre, year: number, random: Random): DemoFile[] {
  const columns = problemColumns({ date: 'loose', file: 'xlsx', wording: 0 });
  const rows = centre.branches
    .filter((b) => !b.habit.ownRectification)
    .flatMap((b) => found(b, year, random).map((p): Cell[] => [b.name, ...columns.map((c) => c.cell(p))]));
  if (rows.length === 0) return [];
  const text = spanText(wholeYear(year));
  const sheet: Sheet = {
    name: '整改',
    rows: [
      [`${centre.name}${text}问题整改台账`],
      ['序号', '党支部', ...columns.map((c) => c.headings[0])],
      ...rows.map((row, i): Cell[] => [i + 1, ...row]),
    ],
    merges: [`A1:${letter(columns.length + 1)}1`],
  };
  return [{ name: `${year}/${centre.name}${text}问题整改台账.xlsx`, bytes: workbookBytes([sheet], 'xlsx') }];
}

/** The party office's list of members at the start of each half-year. */
function headcountFile(centre: DemoCentre, year: number): DemoFile {
  const rows = [`${year}-01`, `${year}-07`].flatMap((half) =>
    centre.branches.flatMap((b): Cell[][] => {
      const members = b.members.get(half);
      return members === undefined ? [] : [[b.name, half, members]];
    }),
  );
  const text = spanText(wholeYear(year));
  const sheet: Sheet = {
    name: '党员人数',
    rows: [[`${centre.name}${text}党员人数`], ['党支部', '年月', '在册党员数'], ...rows],
    merges: ['A1:C1'],
  };
  return { name: `${year}/${centre.name}${text}党员人数.xlsx`, bytes: workbookBytes([sheet], 'xlsx') };
}

function unitsFile(centre: DemoCentre): DemoFile {
  const head: Cell[] = ['code', 'name', 'parent', 'level', 'opened_on', 'closed_on', 'merged_into'];
  const rows = centre.units.map((u): Cell[] => [
    u.code,
    u.name,
    u.parent,
    u.level,
    u.openedOn,
    u.closedOn,
    u.mergedInto,
  ]);
  return { name: 'units.csv', bytes: csvBytes([head, ...rows], 'utf8') };
}

/** Every file of the centre: the units first, then year by year, the longer-running ledgers last. */
export function filesOf(centre: DemoCentre, seed: number): DemoFile[] {
  const random = new Random(`ledgers ${seed}`);
  return [
    unitsFile(centre),
    ...centre.years.flatMap((year) => [
      headcountFile(centre, year),
      ...centre.branches.flatMap((b) => branchFiles(b, year, random)),
      ...centreRectification(centre, year, random),
    ]),
    ...centre.branches
      .filter((b) => b.habit.ownRectification)
      .flatMap((b) => rectificationFile(b, centre, random)),
  ];
}
