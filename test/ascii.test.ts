import { expect, test } from 'vitest';
import { pageInAscii, scriptInAscii, styleInAscii } from '../shared/ascii.ts';

// A character of two halves, an accent, and what must stay as it is.
const text = '引航 𠮷 é <b>&amp;</b> \\ " 1';

test('JSON and scripts say the same by escapes', () => {
  const json = scriptInAscii(JSON.stringify({ [text]: text }));
  expect(json).toMatch(/^[ -~]+$/);
  expect(JSON.parse(json)).toEqual({ [text]: text });
});

test('a page names characters by their whole numbers, and keeps its own references', () => {
  expect(pageInAscii('<b>引 𠮷 é &amp;</b>')).toBe('<b>&#24341; &#134071; &#233; &amp;</b>');
});

test('an escape of a style ends before the text that goes on', () => {
  expect(styleInAscii("content: '引a𠮷'")).toBe("content: '\\5f15 a\\20bb7 '");
});
