import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { askedText, cellsOf, resultText, rowsText, type Example } from '../shared/examples/example.ts';
import { examples } from '../shared/examples/examples.ts';
import { formatWithUnit } from '../shared/format.ts';
import { wireType, type Kpi } from '../shared/kpi.ts';
import { kpis } from '../shared/kpis.ts';
import { kindByCode, kinds } from '../shared/kinds.ts';
import { defaultNorms } from '../shared/norms.ts';
import type { Lang, Text } from '../shared/text.ts';

const good = { up: '↑', down: '↓', neutral: '–' } as const;
const strengths = { required: '必须 required', usual: '一般 usual', local: '惯例 local' } as const;
const layers = {
  central: '中央 central',
  system: '系统 system',
  centre: '中心 centre',
  unit: '支部 unit',
} as const;
const every = { month: '每月 month', quarter: '每季 quarter', year: '每年 year' } as const;
const per = { branch: '支部 branch', group: '党小组 group' } as const;
type NormRow = (typeof defaultNorms)[number];

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);

/** Chinese, then English, on a line of its own within one paragraph or list item. */
const both = ({ zh, en }: Text, indent = ''): string => `${zh}<br>\n${indent}${en}`;

const anchor = (kpi: Kpi): string => `<a id="${kpi.id}"></a>`;
const ownNorms = (kpi: Kpi): NormRow[] => defaultNorms.filter((n) => n.kpi === kpi.id);
const asked = (kpi: Kpi, { value }: NormRow): string =>
  value === null ? '' : `${kpi.better === 'down' ? '≤' : '≥'} ${formatWithUnit(kpi, value, 'zh')}`;

const formula = (kpi: Kpi): Text => {
  const of = (lang: Lang): string =>
    'denominator' in kpi && kpi.type !== 'median'
      ? `${kpi.numerator.label[lang]} ÷ ${kpi.denominator.label[lang]}`
      : kpi.type === 'median'
        ? kpi.name[lang]
        : `Σ ${kpi.numerator.label[lang]}`;
  return { zh: of('zh'), en: of('en') };
};

const normLine = (kpi: Kpi, n: NormRow): string =>
  `- ${asked(kpi, n)}：${n.source_zh} · ${n.source_en}（${layers[n.layer]}，${strengths[n.strength]}）${n.note === null ? '' : `；${n.note}`}`;

function ledgerTables(example: Example): string[] {
  return example.ledgers.flatMap((ledger, i) => {
    const [head = [], ...rows] = cellsOf(ledger);
    const number = example.ledgers.length > 1 ? `台账 ${i + 1} · ledger ${i + 1}: ` : '';
    return [
      `${number}\`${ledger.file}\``,
      '',
      ...table(
        ['行', ...head],
        rows.map((cells, at) => [String(at + 2), ...cells.map(literal)]),
      ),
      '',
    ];
  });
}

/** A cell of a ledger is text, whatever Markdown makes of its marks. */
const literal = (text: string): string => text.replace(/[*_|~]/g, '\\$&');

const calculation = (example: Example): string[] =>
  example.steps.map((step) => {
    const line = (lang: Lang): string => {
      const rows = rowsText(example, step, lang);
      return `${rows === '' ? '' : rows + (lang === 'zh' ? '：' : ': ')}${step.says[lang]}`;
    };
    return `- ${both({ zh: line('zh'), en: line('en') }, '  ')}`;
  });

/** One KPI: what it is, what it is held against, and its example. */
function section(kpi: Kpi): string[] {
  const example = examples.find((e) => e.kpi === kpi.id);
  const norms = ownNorms(kpi).map((n) => normLine(kpi, n));
  const worked =
    example === undefined
      ? []
      : [
          `**例 · Example.** ${both(example.shows)}`,
          '',
          `单位 · units: ${example.units.map((u) => `${u.name} (\`${u.code}\`${u.openedOn ? `, ${u.openedOn} 成立 opened` : ''})`).join('、')}`,
          '',
          ...ledgerTables(example),
          `问 · asked: ${both({ zh: askedText(example, 'zh'), en: askedText(example, 'en') })}`,
          '',
          ...calculation(example),
          '',
          `**${resultText(kpi, example, 'zh')} · ${resultText(kpi, example, 'en')}**`,
          '',
        ];
  return [
    `## ${anchor(kpi)}${kpi.name.zh} · ${kpi.name.en}`,
    '',
    `\`${kpi.id}\` · ${wireType(kpi)} · ${kpi.unit.zh} · ${good[kpi.better]}`,
    '',
    both(kpi.definition),
    '',
    `**算法 · Formula.** ${both(formula(kpi))}`,
    '',
    ...(norms.length === 0 ? [] : ['**规定 · Norm**', '', ...norms, '']),
    ...worked,
  ];
}

/** docs/kpis.md, from the catalogue, the default norms and the worked examples. */
export function kpisPage(): string {
  return [
    '# 指标目录 · The catalogue',
    '',
    'Generated from `shared/kpis.ts`, `shared/kinds.ts`, `shared/norms.ts` and `shared/examples/` by `npm run docs`; do not edit.',
    'The figures of the examples are worked out by hand; `test/worked-examples.test.ts` holds the product to them.',
    'Rows are numbered as in the file: the headings are row 1.',
    '',
    ...table(
      ['id', '名称', 'name', '分子 ÷ 分母', '单位', 'good', 'norm'],
      kpis.map((k) => [
        `[\`${k.id}\`](#${k.id})`,
        k.name.zh,
        k.name.en,
        formula(k).zh,
        k.unit.zh,
        good[k.better],
        ownNorms(k)
          .map((n) => asked(k, n))
          .join('；'),
      ]),
    ),
    '',
    ...kpis.flatMap(section),
    '## 活动和走访类型 · Kinds',
    '',
    ...table(
      ['code', '名称', 'name', 'family'],
      kinds.map((k) => [`\`${k.code}\``, k.name.zh, k.name.en, k.family]),
    ),
    '',
    '## 规定动作 · Slots',
    '',
    'What a new database begins with; the office dates, adds and overrules in /admin.',
    '',
    ...table(
      ['kind', '名称', 'every', 'per', 'least members', 'source', 'strength', 'note'],
      defaultNorms.flatMap((n) =>
        n.kind === null || n.every === null || n.per === null
          ? []
          : [
              [
                `\`${n.kind}\``,
                kindByCode.get(n.kind)?.name.zh ?? '',
                every[n.every],
                per[n.per],
                n.min_members === null ? '' : String(n.min_members),
                `${n.source_zh}<br>${n.source_en}`,
                strengths[n.strength],
                n.note ?? '',
              ],
            ],
      ),
    ),
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await writeFile(fileURLToPath(new URL('kpis.md', import.meta.url)), kpisPage());
