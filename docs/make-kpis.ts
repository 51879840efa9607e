import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { wireType } from '../shared/kpi.ts';
import { kpis } from '../shared/kpis.ts';
import { kinds } from '../shared/kinds.ts';
import { defaultNorms } from '../shared/norms.ts';

const good = { up: '↑', down: '↓', neutral: '–' } as const;

/** docs/kpis.md, from the catalogue. */
export function kpisPage(): string {
  const rows = kpis.map((k) => {
    const fraction = `${k.numerator.label.zh}${'denominator' in k ? ` ÷ ${k.denominator.label.zh}` : ''}`;
    const value = defaultNorms.find((n) => n.kpi === k.id)?.value ?? null;
    const norm = value === null ? '' : k.unit.zh === '%' ? `${value * 100} %` : `${value}`;
    return `| \`${k.id}\` | ${k.name.zh}<br>${k.name.en} | ${wireType(k)} | ${fraction} | ${k.unit.zh} | ${good[k.better]} | ${norm} | ${k.definition.zh}<br>${k.definition.en} |`;
  });
  const kindRows = kinds.map((k) => `| \`${k.code}\` | ${k.name.zh} | ${k.name.en} | ${k.family} |`);
  const normRows = defaultNorms
    .filter((n) => n.kind !== null)
    .map((n) => `| \`${n.kind}\` | ${n.every} | ${n.per} | ${n.min_members ?? ''} | ${n.source_zh} |`);
  return [
    '# 指标目录 · The catalogue',
    '',
    'Generated from `shared/kpis.ts`, `shared/kinds.ts` and `shared/norms.ts` by `npm run docs`; do not edit.',
    '',
    '| id | 名称 | type | 分子 ÷ 分母 | 单位 | good | norm | 定义 |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
    '',
    '## 活动和走访类型 · Kinds',
    '',
    '| code | 名称 | name | family |',
    '|---|---|---|---|',
    ...kindRows,
    '',
    '## 规定动作 · Slots',
    '',
    '| kind | every | per | least members | source |',
    '|---|---|---|---|---|',
    ...normRows,
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await writeFile(fileURLToPath(new URL('kpis.md', import.meta.url)), kpisPage());
