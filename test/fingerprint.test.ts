import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contentPrint } from '../server/ledger/content.ts';
import { scalarJson } from '../server/ledger/scalar-json.ts';

// Any text that a cell can hold, halves of characters among them.
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((c) => String.fromCharCode(c)) }),
  fc.constantFrom('', '"', '\\', '\u2028', '\ud800', '\u007f', '\u001f', '第3次（线上）'),
);
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(-0));
const scalar = fc.oneof(fc.constant(null), text, number);

describe('the print of a content', () => {
  it('writes texts and numbers as JSON does', () => {
    const isAsJson = fc.property(scalar, (value) => scalarJson(value) === JSON.stringify(value));
    fc.assert(isAsJson, { numRuns: 2000 });
  });

  // Prints are kept with every record: another way to write them would take a ledger that comes again for a new one.
  it('is the SHA-256 of the content as JSON, its figures in the order of their names', () => {
    const figures = fc.record({ members: scalar });
    fc.assert(
      fc.property(text, text, fc.oneof(text, fc.constant(null)), figures, (unit, date, title, figures) => {
        const written = JSON.stringify([unit, 'headcount', date, title, [], [['members', figures.members]]]);
        expect(contentPrint({ unit, date, draft: { family: 'headcount', title, kinds: [], figures } })).toBe(
          createHash('sha256').update(written).digest('hex'),
        );
      }),
    );
    const closing = {
      approximate: 0,
      origin: null,
      nature: 'deadline',
      measure: '补记"学习"',
      responsible_department: null,
      due_on: '2024-03-01',
      extended_to: null,
      reported_on: null,
      closed_on: '2024-02-28',
      progress: null,
      note: null,
    };
    const print = (extended_to: string | null): string =>
      contentPrint({
        unit: 'B1',
        date: '2024-01-05',
        draft: {
          family: 'rectification',
          title: '记录不全',
          kinds: [],
          figures: { ...closing, extended_to },
        },
      });
    const written = (figures: string): string =>
      createHash('sha256')
        .update(`["B1","rectification","2024-01-05","记录不全",[],[${figures}]]`)
        .digest('hex');
    const before = '["approximate",0],["closed_on","2024-02-28"],["due_on","2024-03-01"],';
    const after =
      '["measure","补记\\"学习\\""],["nature","deadline"],["note",null],["origin",null],["progress",null],["reported_on",null],["responsible_department",null]';
    // A problem without an extension is known by the print that it had before extensions were kept.
    expect(print(null)).toBe(written(before + after));
    expect(print('2024-04-01')).toBe(written(`${before}["extended_to","2024-04-01"],${after}`));
  });

  it('tells kinds from each other, and their order', () => {
    const print = (kinds: readonly string[]): string =>
      contentPrint({
        unit: 'B1',
        date: '2024-01-05',
        draft: { family: 'activity', title: null, kinds, figures: {} },
      });
    expect(new Set([print([]), print(['party_day']), print(['party_day', 'lecture'])]).size).toBe(3);
  });
});
