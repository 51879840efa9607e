/** Why somebody was absent; `unclear` is a reason that is not written, or says nothing. */
export type AbsenceClass = 'on_duty' | 'excused' | 'unexcused' | 'unclear';

// Unexcused is looked for first: 未请假 contains 请假. What stands first in a list is read first.
const words: Readonly<Record<Exclude<AbsenceClass, 'unclear'>, string>> = {
  unexcused:
    '无故|旷会|旷课|旷工|未(?:履行|办理|按规定|按要求|及时|提前|事先)?请假|没有?请假|不请假|无正当理由|无理由|擅自|未经批准',
  on_duty:
    '在船|在岗|值班|值守|当班|当值|执勤|值勤|引航|引水|在航|出航|航行|出海|跟船|随船|登轮|轮值|在班|上船|船上|作业|坐班|上班|夜班|早班|中班|白班|带班|备航|备班|备勤|待命',
  excused:
    '病假|因病|生病|患病|看病|重病|疾病|病休|病号|(?<!去)病|事假|请假|公出|公假|公休|出差|因公|公务|外出|产假|婚假|丧假|休假|年假|年休|调休|休息|疗养|探亲|陪护|护理假|培训|党校|开会|住院|手术|就医|治疗|体检|因事|有事|家事|支援|借调|挂职|隔离|补休|轮休|哺乳|出国',
};

/** Every word of a reason, as the source of a pattern. */
export const reasonWords = [words.unexcused, words.on_duty, words.excused].join('|');

const classes = (['unexcused', 'on_duty', 'excused'] as const).map(
  (kind) => [kind, new RegExp(words[kind], 'u')] as const,
);

/** The class that a text speaks of; null where it speaks of none. */
export const classOf = (text: string): AbsenceClass | null =>
  classes.find(([, pattern]) => pattern.test(text))?.[0] ?? null;

const spacedName =
  /(?<![\p{Script=Han}*＊])(\p{Script=Han})[ \t\u3000]+(\p{Script=Han})(?![\p{Script=Han}*＊])/gu;

/** A name of two characters is often spaced out to the width of three: `张 三`. */
export const joinedNames = (text: string): string => text.replace(spacedName, '$1$2');

/** `和` between two names, each of two characters at least: 王和平 is one. */
export const andBetween = /(?<=[\p{Script=Han}*＊]{2})(?:以及|[和与及])(?=[\p{Script=Han}*＊]{2})/gu;
