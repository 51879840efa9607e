/**
 * A question as URL parameters, there and back. Apart from the schemas, so that the pages need not
 * carry them.
 */

type Raw = string | readonly string[] | undefined;
const lists = new Set(['kpi', 'years', 'kind', 'beside']);
const numbers = new Set(['years', 'limit', 'days']);
const flags = new Set(['toDate', 'sum']);

const number = (text: string): number | string => (/^-?\d+$/.test(text) ? Number(text) : text);

/**
 * URL parameters → the values that the schemas above check. Lists are separated by commas;
 * empty parameters are absent. Values that are no numbers stay text, for zod to name.
 */
export function fromParams(params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [key, raw] of Object.entries(params)) {
    const given = raw as Raw;
    if (given === undefined || given === '') continue;
    if (lists.has(key)) {
      const parts = [given]
        .flat()
        .flatMap((v) => String(v).split(','))
        .map((v) => v.trim())
        .filter(Boolean);
      const unique = [...new Set(parts)];
      values[key] = numbers.has(key) ? unique.map(number) : unique;
    } else if (Array.isArray(given)) values[key] = given;
    else if (flags.has(key))
      values[key] =
        ({ '1': true, true: true, '0': false, false: false } as Record<string, boolean>)[String(given)] ??
        given;
    else values[key] = numbers.has(key) ? number(String(given)) : given;
  }
  return values;
}

/** A question → URL parameters, in a fixed order, defaults left out. */
export function toParams(question: Readonly<Record<string, unknown>>): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [key, value] of Object.entries(question)) {
    if (value === undefined || value === null || value === false) continue;
    if (Array.isArray(value)) {
      if (value.length > 0) params[key] = value.join(',');
    } else params[key] = value === true ? '1' : String(value);
  }
  return params;
}
