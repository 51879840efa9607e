import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellTexts, textCell } from '../server/ledger/sheet.ts';
import { hidesNothing, trimmed, visible } from '../server/ledger/text.ts';
import { TextCells } from '../server/ledger/text-cells.ts';

const field = fc.oneof(fc.constant(''), fc.string({ unit: 'grapheme', maxLength: 6 }));

test('the cells of a row of texts are what a Map of the filled ones is', () => {
  fc.assert(
    fc.property(fc.array(field, { maxLength: 20 }), (fields) => {
      const cells = new TextCells(fields);
      const filled = fields.flatMap((text, at) => (text === '' ? [] : [[at, textCell(text)] as const]));
      const map = new Map(filled);
      expect(cells.size).toBe(map.size);
      expect([...cells.keys()]).toEqual([...map.keys()]);
      expect([...cells.values()]).toEqual([...map.values()]);
      expect([...cells]).toEqual([...map]);
      expect(cellTexts(cells)).toEqual(cellTexts(map));
      for (let at = 0; at < fields.length + 2; at++) {
        expect(cells.get(at)).toEqual(map.get(at));
        expect(cells.has(at)).toBe(map.has(at));
      }
    }),
  );
});

// White space of every kind, marks that are not seen, and letters beside them.
const sign = fc.constantFrom(
  ...' \t\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\u200b\u202e\u0000\u007f\u0085',
  ...'aZ0~!（）第鿿\ue000\ufdff😀',
  '\ud800',
);

test('a part of a text that hides nothing is seen once it is trimmed', () => {
  let met = 0;
  fc.assert(
    fc.property(fc.string({ unit: sign, maxLength: 5 }), (text) => {
      if (!hidesNothing(text)) return;
      met++;
      expect(trimmed(text)).toBe(visible(text));
    }),
    { numRuns: 5000 },
  );
  expect(met).toBeGreaterThan(500);
});
