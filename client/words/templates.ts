import type { Lang } from '../../shared/text.ts';

const zh = {
  title: '下载模板',
  say: '列名、下拉和填写说明都备好了，填好直接导入。',
};
export type TemplateWords = typeof zh;

const en: TemplateWords = {
  title: 'Download a template',
  say: 'Headings, drop-downs and explanations are in place; filled in, it is imported as it is.',
};

export const templateWords: Readonly<Record<Lang, TemplateWords>> = { zh, en };
