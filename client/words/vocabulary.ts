import type { Lang } from '../../shared/text.ts';

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** Words of the centre's ledgers and what they mean: the questions in a preview, the list among the rules. */
const zh = {
  title: '记住的写法',
  titleSay: '台账里自己的列名、类型和单位叫法，答过一次就记住，以后照此辨认。记住或忘记都不改动已入库的数。',
  none: '还没有记住什么。检查台账时遇到不认识的词，会在预览里问；答了就记在这里，也可以在这里直接增加。',
  whats: { heading: '列名', kind: '类型', unit: '单位别名' },
  word: '写法',
  ledger: '台账',
  means: '意思',
  by: '谁记的',
  actions: '操作',
  add: '增加写法',
  cancel: '取消',
  what: '是什么',
  choose: '请选择',
  wordHint: '照台账上的写法；空格、全角半角和引号不论。',
  wordMissing: '请填写；只有数字或符号的不算',
  meansMissing: '请选择',
  remember: '记住',
  remembering: '正在记住……',
  remembered: (word: string, means: string) => `记住了：“${word}”是${means}。`,
  forget: '忘记',
  forgetTitle: (word: string) => `忘记“${word}”？`,
  forgetBody: '以后的台账里再遇到它，会重新问。已入库的记录不变。',
  keep: '不，留着',
  forgot: (word: string) => `忘记了“${word}”。`,
  again: '撤回',
  asks: {
    heading: (word: string, ledger: string) => `${ledger}台账的“${word}”一列是什么？`,
    kind: (word: string) => `“${word}”是什么类型？`,
    unit: (word: string) => `“${word}”是哪个单位？`,
  },
  waits: (rows: number) => `${rows} 行等这个回答`,
  near: '最像的',
  columns: '读取的列',
  unusedColumns: '认识、但不计数的列',
  units: '单位',
};

export type VocabularyWords = typeof zh;

const en: VocabularyWords = {
  title: 'Words remembered',
  titleSay:
    'Headings, kinds and names of units as your ledgers write them: answered once, remembered from then on. To remember or to forget one changes no figure that is stored.',
  none: 'Nothing has been taught yet. A word that is not known is asked about in the preview of an import; the answer is kept here. One can be added here, too.',
  whats: { heading: 'Headings', kind: 'Kinds', unit: 'Names of units' },
  word: 'Word',
  ledger: 'Ledger',
  means: 'Means',
  by: 'Taught by',
  actions: 'Actions',
  add: 'Add a word',
  cancel: 'Cancel',
  what: 'Sort',
  choose: 'Choose',
  wordHint: 'As it stands in the ledger; spaces, full-width forms and quotation marks do not matter.',
  wordMissing: 'is missing, or has no letter in it',
  meansMissing: 'is to be chosen',
  remember: 'Remember',
  remembering: 'Remembering…',
  remembered: (word, means) => `Remembered: “${word}” means ${means}.`,
  forget: 'Forget',
  forgetTitle: (word) => `Forget “${word}”?`,
  forgetBody: 'It is asked about again where it stands next. Records that are stored stay as they are.',
  keep: 'No, keep it',
  forgot: (word) => `“${word}” was forgotten.`,
  again: 'Undo',
  asks: {
    heading: (word, ledger) => `What is the column “${word}” of ${ledger}?`,
    kind: (word) => `What kind is “${word}”?`,
    unit: (word) => `Which unit is “${word}”?`,
  },
  waits: (rows) => `${plural(rows, 'row waits', 'rows wait')} for the answer`,
  near: 'Most alike',
  columns: 'Columns that are read',
  unusedColumns: 'Known columns that count for nothing',
  units: 'Units',
};

export const vocabularyWords: Record<Lang, VocabularyWords> = { zh, en };
