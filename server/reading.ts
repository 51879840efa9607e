import type { Request, Response } from 'express';
import { fromParams } from '../shared/query.ts';
import { authorise, type Who } from './auth/session.ts';
import { Refusal } from './errors.ts';
import { parse, replyTo, type Route, type World } from './http.ts';
import { problemOf } from './problem.ts';

export type Asked = {
  /** Under `/api`, without it: `/query`. */
  readonly path: string;
  readonly params?: Readonly<Record<string, string | number | undefined>> | undefined;
};
export type Reply = { readonly status: number; readonly body: unknown };
export type Reading = (asked: Asked) => Promise<Reply>;

/** Who asks, and the exchange in which it happens. */
export type Asker = { readonly who: Who | null; readonly req: Request; readonly res: Response };

type Place = { readonly route: Route; readonly pattern: RegExp; readonly names: readonly string[] };

/** `/api/records/:unit/:id` → its parts by name. */
function placeOf(route: Route): Place {
  const names: string[] = [];
  const pattern = route.path.replace(/:(\w+)/g, (_, name: string) => {
    names.push(name);
    return '([^/]+)';
  });
  return { route, pattern: new RegExp(`^${pattern}$`), names };
}

const nowhere = 'there is nothing at this address;';

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Refusal(404, `${nowhere} a part of it cannot be read`);
  }
}

/** Reads the API from inside, as one who asks over HTTP would: the same parsing, rights and problems. */
export class Reader {
  private readonly places: readonly Place[];

  constructor(routes: readonly Route[]) {
    this.places = routes.filter((r) => r.method === 'get' && r.reply && !r.stream).map(placeOf);
  }

  /** @returns what asks for the one who asks: a refusal is a reply, with its status */
  as(asker: World & Asker): Reading {
    return async (asked) => {
      try {
        return { status: 200, body: await this.read(asked, asker) };
      } catch (error) {
        const body = problemOf(error, (id) =>
          asker.log.error({ id, err: error, path: asked.path }, 'request failed'),
        );
        return { status: body.status, body };
      }
    };
  }

  private async read({ path, params = {} }: Asked, asker: World & Asker): Promise<unknown> {
    const { who } = asker;
    for (const { route, pattern, names } of this.places) {
      const found = pattern.exec(`/api${path}`);
      if (!found) continue;
      if (route.access !== 'open') authorise(who, route.access);
      const place = Object.fromEntries(names.map((name, i) => [name, decoded(found[i + 1] ?? '')]));
      const given = Object.entries(params).filter(([, value]) => value !== undefined);
      const query = Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
      const call = {
        ...asker,
        params: parse(route.params, place, 404, nowhere),
        query: parse(route.query, fromParams(query), 400, 'parameter'),
        body: undefined,
        files: [],
        keepUntil: () => {},
      };
      return replyTo(route, call);
    }
    throw new Refusal(404, `${nowhere} GET /api/openapi.json lists what there is`);
  }
}
