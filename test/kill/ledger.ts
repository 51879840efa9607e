/** A branch's meetings, some of them left out and some of two kinds, so that every table of records is written. */
export const name = '东港站2024年三会一课.csv';

const row = (i: number): string => {
  const day = `2024-${(i % 12) + 1}-${(i % 28) + 1}`;
  const kind = ['支委会', '主题党日', '党员大会、党课'][i % 3];
  const expected = 10 + (i % 20);
  // More present than expected: a contradiction instead of a record.
  const present = i % 50 === 0 ? expected + 1 : expected - (i % 7);
  return `${day},${kind},议题${i},${expected},${present}`;
};

export const bytes = (rows: number): Uint8Array =>
  new TextEncoder().encode(
    ['时间,类型,主题,应到,实到', ...Array.from({ length: rows }, (_, i) => row(i))].join('\n'),
  );
