import { formatDate } from '../../shared/format.ts';
import { factsOf } from '../snapshot/facts.ts';
import type { FactKey } from '../snapshot/fact.ts';
import { palette } from '../snapshot/office/look.ts';
import type { Section, Stated } from '../snapshot/office/sources.ts';
import { officeTable, type OfficeTable } from '../snapshot/office/table.ts';
import type { Message, Whole } from './pages.ts';
import { say, sayCharts, words } from './words.ts';

/** What a reader must be able to look up: each definition once, whatever number of charts it holds for. */

/** Words of the charts' facts, each once, with what stands beside them and the charts that they hold for. */
function factRows(
  messages: readonly Message[],
  { key, beside }: { readonly key: FactKey; readonly beside: FactKey | null },
): Stated[] {
  const found = new Map<string, { label: string | null; text: string; charts: number[] }>();
  for (const { n, sealed } of messages) {
    const facts = new Map(factsOf(sealed).map((f) => [f.key, f.text]));
    const text = facts.get(key);
    if (text === undefined) continue;
    const label = beside === null ? null : (facts.get(beside) ?? '');
    const known = found.get(`${label ?? ''}\n${text}`) ?? { label, text, charts: [] };
    known.charts.push(n);
    found.set(`${label ?? ''}\n${text}`, known);
  }
  const lang = messages[0]?.sealed.lang ?? 'zh';
  return [...found.values()].map(({ label, text, charts }) => ({
    label: label ?? sayCharts(charts, lang),
    text,
  }));
}

export function appendixOf(whole: Whole): Section[] {
  const { seal, messages, sha256 } = whole;
  const { lang } = seal;
  const section = (heading: keyof typeof words, rows: readonly Stated[]): Section[] =>
    rows.length === 0 ? [] : [{ heading: say(heading, lang), rows }];
  return [
    ...section('definitions', factRows(messages, { key: 'definition', beside: 'figure' })),
    ...section('norms', factRows(messages, { key: 'norm', beside: 'figure' })),
    ...section('ruleChanges', factRows(messages, { key: 'changes', beside: 'figure' })),
    ...section('coverage', factRows(messages, { key: 'coverage', beside: null })),
    ...section('snapshots', messages.flatMap(snapshotRows)),
    ...section('proof', [
      {
        label: say('ledgers', lang),
        text: messages.length === 0 ? say('noCharts', lang) : say('fromLedgers', lang),
      },
      { label: say('version', lang), text: String(seal.dataVersion) },
      {
        label: say('maker', lang),
        text: `${seal.maker} · ${seal.sealedAt.slice(0, 16).replace('T', ' ')} UTC`,
      },
      { label: say('briefing', lang), text: seal.id },
      { label: say('hash', lang), text: sha256 },
      ...(seal.former === null
        ? []
        : [{ label: say('former', lang), text: `${seal.former.id} · SHA-256 ${seal.former.sha256}` }]),
    ]),
  ];
}

function snapshotRows({ n, sealed, proof }: Message): Stated[] {
  const { lang, id, title, state, dataVersion } = sealed;
  const label = sayCharts([n], lang);
  const day = `${lang === 'zh' ? '截至 ' : 'as of '}${formatDate(state.asOf, lang)}`;
  const version = `${say('version', lang)} ${dataVersion}`;
  return [
    { label, text: [title, day, version, id].join(' · ') },
    { label: '', text: `SHA-256 ${proof.sha256}` },
    ...(proof.link === null ? [] : [{ label: '', text: proof.link, link: proof.link }]),
  ];
}

/**
 * A chart's figures that are not as they were: the rows that hold any, the figures marked with what stood there. Null
 * where nothing changed.
 */
export function changedTable({ sealed, changes }: Message): OfficeTable | null {
  if (changes === null || (changes.cells.length === 0 && changes.gone.length === 0)) return null;
  const table = officeTable(sealed);
  const marks = new Map(changes.cells.map((c) => [`${c.row} ${c.column}`, c]));
  const rows = table.rows.flatMap((row, y) => {
    const isChanged = row.cells.some((_, x) => marks.has(`${y} ${x}`));
    if (!isChanged) return [];
    const cells = row.cells.map((cell, x) => {
      const mark = marks.get(`${y} ${x}`);
      if (mark === undefined) return cell;
      const suffix = mark.was === null ? ' *' : ` ← ${mark.was}`;
      const look = { ...cell.look, fill: palette.warnWash, ink: palette.ink, bold: true as const };
      return { ...cell, text: cell.text + suffix, brief: cell.brief + suffix, value: null, look };
    });
    return [{ label: row.label, cells }];
  });
  if (rows.length > 0) return { ...table, rows };
  return {
    columns: ['', say('gone', sealed.lang)],
    isFigure: [false, false],
    rows: changes.gone.map(({ row, column, was }) => ({
      label: row,
      cells: [
        {
          text: `${column} ${was}`,
          brief: `${column} ${was}`,
          value: null,
          format: '',
          isFraction: false,
          look: {},
        },
      ],
    })),
  };
}
