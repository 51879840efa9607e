import compression from 'compression';
import express, { type Express } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { randomUUID } from 'node:crypto';
import type { Who } from './auth/session.ts';
import { signIn, refusePage } from './auth/sign-in.ts';
import type { Env } from './env.ts';
import { isLoopback } from './env.ts';
import { Refusal } from './errors.ts';
import { mount, parse, type World } from './http.ts';
import { servePages } from './pages.ts';
import { problem, problems, sendProblem } from './problem.ts';
import { dataVersion } from './queries/centre.ts';
import { createApi } from './routes.ts';
import { snapshotId } from './snapshot-routes.ts';

export type AppOptions = World & {
  /** The address that is listened on: on a loopback one, only local names may be asked for. */
  readonly host: Env['HOST'];
  /** The built pages; absent in tests that need none. */
  readonly clientDir?: string;
  /** Refused attempts in 15 minutes, from one address, before a wait. */
  readonly attempts?: number;
};

const ATTEMPTS = 20;

/** The whole server over an open database: pages, sign-in and API. It neither listens nor ends. */
export function createApp({ host, clientDir, attempts = ATTEMPTS, ...world }: AppOptions): Express {
  const app = express();
  app.use(guardHeaders());
  app.use(compression());
  app.use((req, _res, next) => next(hostFault(host, req.headers.host)));
  if (world.log.isLevelEnabled('debug'))
    app.use((req, res, next) => {
      const begun = performance.now();
      res.on('finish', () =>
        world.log.debug({
          method: req.method,
          path: req.path.replace(/^\/sign-in\/.*/, '/sign-in/…'),
          status: res.statusCode,
          ms: Math.round(performance.now() - begun),
        }),
      );
      next();
    });

  const limit = (refuse: (res: express.Response) => void) =>
    rateLimit({
      windowMs: 15 * 60_000,
      limit: attempts,
      skipSuccessfulRequests: true,
      standardHeaders: 'draft-7',
      legacyHeaders: false,
      validate: { xForwardedForHeader: false },
      handler: (_req, res) => refuse(res),
    });
  app.get(
    '/sign-in/:token',
    limit((res) => refusePage(res, 'limited')),
    async (req, res) => {
      // A link preview asks with HEAD; it must not use the link up.
      if (req.method === 'HEAD') res.status(204).end();
      else await signIn(world.db, req, res, world.now());
    },
  );
  app.post(
    '/api/session',
    limit((res) => sendProblem(res, problem(429, 'too many attempts: wait some minutes'))),
  );

  app.get('/s/:id', (req, res) => {
    const { id } = parse(snapshotId, req.params, 404, 'there is nothing at this address:');
    // The page asks who it is; the address alone shows nothing.
    res.set('Cache-Control', 'no-store').redirect(302, `/snapshots#${id}`);
  });

  // A restart may bring other code, which may answer otherwise from the same data.
  const boot = randomUUID().slice(0, 8);
  const versionOf = async (who: Who | null): Promise<string> =>
    `W/"${boot}-${await dataVersion(world.db)}-${who?.role ?? ''}"`;
  const { routes, reader } = createApi();
  mount(app, routes, world, versionOf);
  app.use('/api', () => {
    throw new Refusal(404, 'there is nothing at this address; GET /api/openapi.json lists what there is');
  });
  if (clientDir !== undefined) servePages(app, { clientDir, world, reader, versionOf });
  app.use(() => {
    throw new Refusal(404, 'there is no such page');
  });
  app.use(problems(world.log));
  return app;
}

/** Everything from this server alone. ECharts' tooltips and SVG need inline styles. */
function guardHeaders(): express.RequestHandler {
  const self = ["'self'"];
  const none = ["'none'"];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: self,
        scriptSrc: self,
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: self,
        fontSrc: self,
        objectSrc: none,
        baseUri: none,
        frameAncestors: none,
        formAction: self,
      },
    },
    // Served over plain HTTP, where browsers heed this header on loopback alone; there it costs a new process, a
    // quarter of the time to the first paint. Nothing opens a window here, and the session's cookie stays on this site.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
  });
}

/** DNS rebinding: a foreign name that points here would make foreign pages same-origin. */
function hostFault(host: string, asked = ''): Refusal | undefined {
  if (!isLoopback(host)) return undefined;
  const name = asked.replace(/:\d*$/, '').toLowerCase();
  if (isLoopback(name)) return undefined;
  return new Refusal(403, 'this server answers to localhost and 127.0.0.1 only; to serve others set HOST', [
    { path: 'Host', message: asked },
  ]);
}
