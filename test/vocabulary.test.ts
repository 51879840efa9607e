import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../db/connect.ts';
import { Refusal } from '../server/errors.ts';
import { kindWithin, readKinds } from '../server/ledger/kinds.ts';
import { judge, type Judgement } from './reading.ts';
import { questionsOf } from '../server/ledger/questions.ts';
import { readFile } from './reading.ts';
import { Remembered } from '../server/ledger/remembered.ts';
import { UnitFinder } from '../server/ledger/units.ts';
import { vocabularyOf } from '../server/ledger/vocabulary.ts';
import { dataVersion } from '../server/queries/centre.ts';
import { importUnits, listUnits } from '../server/queries/units.ts';
import { forget, learn, listVocabulary } from '../server/queries/vocabulary.ts';
import type { VocabularyDraft } from '../shared/imports.ts';
import type { Unit } from '../shared/unit.ts';
import { engines, freshDatabase } from './engines.ts';

const units = [
  'code,name,parent,level,opened_on,closed_on,merged_into',
  'JH,江海引航中心,,centre,,,',
  'DG,东港引航站党支部,JH,branch,,,',
  'BH1,北海引航站党支部,JH,branch,,,',
  'BH2,北海引航中心党支部,JH,branch,,,',
].join('\n');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const word = (what: VocabularyDraft['what'], scope: string, of: string, means: string): VocabularyDraft => ({
  what,
  scope,
  word: of,
  means,
});

/** Three words that nobody ships: a heading, a kind, a name; and a name that two units go by. */
const ledger = [
  '时间,所属支部,类型,主题,应到,参会党员人次,意见箱',
  '2025-03-05,一号码头,茶话会,谈近况,20,18,',
  '2025-03-06,一号码头,茶话会,再谈,20,19,有',
  '2025-03-07,东港站,支委会,研究工作,5,5,',
  '2025-03-08,北海,支委会,研究工作,5,5,',
].join('\n');
const taught = [
  word('heading', 'activity', '参会党员人次', 'present'),
  word('heading', 'activity', '意见箱', 'ignored'),
  word('kind', 'activity', '茶话会', 'heart_talk'),
  word('unit', '', '一号码头', 'DG'),
];

const doer = { now: () => new Date('2026-11-26T02:00:00Z'), actor: '党办' };
function judged(known: readonly Unit[], words: readonly VocabularyDraft[], text = ledger): Judgement {
  const { sheets } = readFile('2025年三会一课.csv', bytes(text));
  return judge([sheets], { units: known, options: {}, today: '2026-11-26', vocabulary: vocabularyOf(words) });
}
const asked = (known: readonly Unit[], words: readonly VocabularyDraft[], text = ledger) =>
  questionsOf(judged(known, words, text).problems, {
    ledgerOf: () => 'activity',
    vocabulary: vocabularyOf(words),
    units: known,
  });

describe.each(engines)('what the centre has taught, on %s', (engine) => {
  let db: Db;
  let known: Unit[];
  let close = async (): Promise<void> => {};
  beforeAll(async () => {
    ({ db, close } = await freshDatabase(engine));
    await importUnits(db, bytes(units), 'units.csv', doer);
    known = await listUnits(db);
  });
  afterAll(() => close());

  const refused = async (draft: VocabularyDraft): Promise<[number, string | undefined]> => {
    const error = await learn(db, draft, doer).then(
      () => null,
      (e: unknown) => e,
    );
    if (!(error instanceof Refusal)) throw new Error('was not refused', { cause: error });
    expect(error.errors[0]?.message.length).toBeGreaterThan(10);
    return [error.status, error.errors[0]?.path];
  };

  test('is asked once, remembered, and asked again when it is forgotten', async () => {
    const version = await dataVersion(db);
    expect(judged(known, await listVocabulary(db)).sheets[0]).toMatchObject({ accepted: 1, rejected: 3 });
    expect(asked(known, []).map((q) => [q.what, q.scope, q.word, q.rows, q.cell])).toEqual([
      ['unit', '', '一号码头', 2, 'B2'],
      ['kind', 'activity', '茶话会', 2, 'C2'],
      ['heading', 'activity', '参会党员人次', 1, 'F1'],
      ['heading', 'activity', '意见箱', 1, 'G1'],
      ['unit', '', '北海', 1, 'B5'],
    ]);
    for (const draft of taught) await learn(db, draft, doer);
    const words = await listVocabulary(db);
    expect(words).toEqual(
      taught.map((t, i) => ({ ...t, id: i + 1, actor: '党办', at: doer.now().toISOString() })),
    );

    const read = judged(known, words);
    expect(read.sheets[0]).toMatchObject({ accepted: 3, rejected: 1 });
    expect(
      read.staged.records.map((r) => [r.unit, r.family === 'activity' && [r.kinds, r.figures.present]]),
    ).toEqual([
      ['DG', [['heart_talk'], 18]],
      ['DG', [['heart_talk'], 19]],
      ['DG', [['committee_meeting'], 5]],
    ]);
    // Two units go by this name: that stays a question.
    expect(asked(known, words).map((q) => [q.word, q.candidates])).toEqual([['北海', ['BH1', 'BH2']]]);

    const [, , kind] = words;
    expect(await forget(db, kind?.id ?? 0)).toEqual(kind);
    expect(asked(known, await listVocabulary(db)).map((q) => q.word)).toEqual(['茶话会', '北海']);
    await expect(forget(db, kind?.id ?? 0)).rejects.toMatchObject({ status: 404 });
    expect(await dataVersion(db)).toBe(version);
  });

  test('is folded as words are compared; said again, the last meaning holds', async () => {
    const first = await learn(db, word('kind', 'visit', ' Tea  Ｐarty。', 'research_visit'), doer);
    const later = { now: () => new Date('2026-11-27T02:00:00Z'), actor: '另一人' };
    const second = await learn(db, word('kind', 'visit', 'tea party', 'enterprise_visit'), later);
    expect(first.word).toBe('teaparty');
    expect(second).toEqual({
      ...first,
      means: 'enterprise_visit',
      actor: '另一人',
      at: later.now().toISOString(),
    });
    expect((await listVocabulary(db)).filter((w) => w.scope === 'visit')).toEqual([second]);
  });

  test.each([
    [word('heading', 'meeting', '参会', 'present'), 'scope'],
    [word('heading', 'visit', '参会', 'present'), 'means'],
    [word('kind', 'rectification', '茶话会', 'heart_talk'), 'scope'],
    [word('kind', 'visit', '茶话会', 'heart_talk'), 'means'],
    [word('kind', 'activity', '茶话会', 'tea'), 'means'],
    [word('unit', 'activity', '一号码头', 'DG'), 'scope'],
    [word('unit', '', '一号码头', 'ZZ'), 'means'],
    [word('unit', '', 'BH1', 'DG'), 'word'],
    [word('unit', '', '12', 'DG'), 'word'],
    [word('kind', 'activity', '《*》——1', 'other'), 'word'],
    // One character that is eighteen when it is folded.
    [word('heading', 'activity', 'ﷺ'.repeat(10), 'present'), 'word'],
  ])('$word of $what in "$scope" cannot mean $means', async (draft, path) => {
    const before = await listVocabulary(db);
    expect(await refused(draft)).toEqual([422, path]);
    expect(await listVocabulary(db)).toEqual(before);
  });
});

describe('a taught word', () => {
  const unit = (code: string, name: string, level: Unit['level'] = 'branch'): Unit => ({
    code,
    name,
    level,
    parent: level === 'centre' ? null : 'JH',
    openedOn: null,
    closedOn: null,
    mergedInto: null,
  });
  const known = [
    unit('JH', '江海引航中心', 'centre'),
    unit('DG', '东港引航站党支部'),
    unit('XG', '西港引航站党支部'),
  ];

  test('holds against a shipped one, and only in its own ledger', () => {
    const words = vocabularyOf([
      word('kind', 'activity', '学习', 'online_study'),
      word('heading', 'activity', '备注', 'title'),
      word('kind', 'visit', '慰问', 'heart_talk'),
    ]);
    expect(readKinds('学习', 'activity', words)).toEqual({ is: 'kinds', codes: ['online_study'] });
    expect(readKinds('学习', 'activity')).toEqual({ is: 'kinds', codes: ['collective_study'] });
    expect(kindWithin('2025年学习台账', 'activity', words)).toBe('online_study');
    // A meaning that there is not (any more) leaves the shipped word as it was.
    expect(readKinds('慰问', 'visit', words)).toEqual({ is: 'kinds', codes: ['condolence_visit'] });
    expect(words.headings.activity.get('备注')?.column.key).toBe('title');
    expect(words.headings.visit.get('备注')?.column.key).toBe('note');
  });

  test('for a cell gives no kind to a title in which it stands by chance, only to one that is nothing else', () => {
    const words = vocabularyOf([word('kind', 'activity', '会议', 'general_meeting')]);
    expect(readKinds('会议、党课', 'activity', words)).toMatchObject({
      codes: ['general_meeting', 'party_lecture'],
    });
    expect(kindWithin('2025年会议台账', 'activity', words)).toBeNull();
    expect(kindWithin('会议', 'activity', words)).toBe('general_meeting');
  });

  test('that is a heading over two rows is found as it was asked about', () => {
    const named =
      '东港站2025年三会一课,,,,\n时间,类型,参会情况,参会情况,参会情况\n,,应到,党员,群众\n2025-03-05,支委会,5,4,1\n';
    const problem = judged(known, [], named).problems.find((p) => p.code === 'heading.unknown');
    expect(problem?.value).toBe('参会情况/党员');
    const [question] = asked(known, [], named);
    const read = judged(known, [word('heading', 'activity', question?.word ?? '', 'present')], named);
    expect(read.staged.records[0]?.figures).toMatchObject({ expected: 5, present: 4 });
  });

  test('makes a sheet a ledger that was none', () => {
    const text = '哪天,干了啥,到了几人\n2025-03-05,谈近况,18\n';
    expect(judged(known, [], text).problems.map((p) => p.code)).toEqual(['sheet.unrecognised']);
    const words = [
      word('heading', 'activity', '哪天', 'date'),
      word('heading', 'activity', '干了啥', 'title'),
      word('heading', 'activity', '到了几人', 'present'),
    ];
    expect(judged(known, words, text).sheets[0]).toMatchObject({ ledger: 'activity', rows: 1 });
  });

  test('for a unit holds of the whole cell and within titles; a name given away is its owner’s no more', () => {
    const finder = new UnitFinder(known, [
      { word: '一号码头', unit: 'DG' },
      { word: '东港', unit: 'XG' },
      { word: 'PT', unit: 'DG' },
      { word: '东', unit: 'DG' },
      { word: '旧站', unit: 'GONE' },
    ]);
    const of = (found: ReturnType<UnitFinder['named']>): string =>
      found.is === 'one' ? found.unit.code : found.is;
    expect(
      ['一号 码头', '一号码头党支部', '东港', '东港党支部', '东港站', 'DG', '旧站'].map((t) =>
        of(finder.named(t)),
      ),
    ).toEqual(['DG', 'none', 'XG', 'none', 'DG', 'DG', 'none']);
    expect(
      ['一号码头2025年台账', '东港2025年台账', '2025年PT台账', 'OPTIONS', '广东省台账'].map((t) =>
        of(finder.within(t)),
      ),
    ).toEqual(['DG', 'XG', 'DG', 'none', 'none']);
  });
});

test('what was made of a text is made once, and not kept without end', () => {
  const remembered = new Remembered<string>();
  let made = 0;
  const make = (text: string): string => `${text}${++made}`;
  expect([remembered.of('a', make), remembered.of('a', make), made]).toEqual(['a1', 'a1', 1]);
  for (let i = 0; i < 20_000; i++) remembered.of(String(i), make);
  expect(remembered.of('a', make)).toBe(`a${made}`);
  expect(made).toBe(20_002);
});

describe('questions', () => {
  const question = (
    code: 'kind.unknown' | 'heading.unknown',
    value: string | null,
    severity: 'error' | 'warning' = 'error',
  ) => ({
    file: 'a.csv',
    sheet: 'a',
    cell: 'A1',
    row: 1,
    code,
    severity,
    message: { zh: '', en: '' },
    value,
  });
  const list = (problems: readonly ReturnType<typeof question>[], ledger: string | null = 'activity') =>
    questionsOf(problems, { ledgerOf: () => ledger, vocabulary: vocabularyOf([]), units: [] });

  test('are of words alone, in a ledger that has such words', () => {
    expect(
      list([question('kind.unknown', null), question('kind.unknown', '2025'), question('kind.unknown', '—')]),
    ).toEqual([]);
    expect(list([question('kind.unknown', '茶话会', 'warning')])).toEqual([]);
    expect(list([question('kind.unknown', '茶话会')], 'rectification')).toEqual([]);
    expect(list([question('heading.unknown', '意见箱', 'warning')], null)).toEqual([]);
  });

  test('bring the nearest meanings, five at most; the one with most rows is first', () => {
    const [first, second, third] = list([
      question('heading.unknown', '请销假情况'),
      question('kind.unknown', '民主测评'),
      question('kind.unknown', '清明扫墓活动'),
      question('kind.unknown', '清明扫墓 活动'),
    ]);
    expect([first?.word, first?.rows]).toEqual(['清明扫墓活动', 2]);
    expect(first?.candidates.length).toBeLessThanOrEqual(5);
    expect(first?.candidates).toContain('site_study');
    expect(second?.candidates).toContain('absence');
    expect(third?.candidates[0]).toBe('member_appraisal');
  });
});
