import { join } from 'node:path';
import { z } from 'zod';
import { isMailAddress, type Delivery } from './briefing/send.ts';
import { Refusal } from './errors.ts';
import { limits, type Limits } from './ledger/unreadable.ts';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const isDatabase = (url: string): boolean =>
  /^sqlite:./.test(url) || (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url));

const isAddress = (url: string): boolean => {
  if (!/^https?:\/\/[^\s?#]+$/.test(url) || !URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return username === '' && password === '';
};

/** How much of something a file may have, or its reading may take. */
const bound = (usual: number, of: string) =>
  z
    .string()
    .refine((t) => /^[1-9]\d{0,11}$/.test(t), `must be a whole number of ${of}, such as ${usual}`)
    .default(String(usual))
    .transform(Number);

/** The settings: environment variables, all optional. An empty one counts as not set. */
const settings = z.object({
  HOST: z
    .string()
    .regex(/^[^\s/]+$/, 'must be a host name or an IP address, such as 127.0.0.1')
    .default('127.0.0.1'),
  PORT: z
    .string()
    .refine((t) => /^\d{1,5}$/.test(t) && Number(t) <= 65_535, 'must be a whole number from 0 to 65535')
    .default('8080')
    .transform(Number),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .string()
    .refine(isDatabase, 'must be sqlite:PATH or postgres://USER:PASSWORD@HOST/DATABASE')
    .optional(),
  DEMO: z
    .enum(['0', '1'], 'must be 1 (load the demo centre into an empty database) or 0 (start empty)')
    .default('1')
    .transform((flag) => flag === '1'),
  PUBLIC_URL: z
    .string()
    .refine(
      isAddress,
      'must be the address by which the pages are reached, such as https://hangbiao.example.cn',
    )
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  IMPORT_MAX_BYTES: bound(limits.bytes, 'bytes'),
  IMPORT_MAX_UNPACKED: bound(limits.unpacked, 'bytes'),
  IMPORT_MAX_SHEETS: bound(limits.sheets, 'sheets'),
  IMPORT_MAX_ROWS: bound(limits.rows, 'rows'),
  IMPORT_MAX_CELLS: bound(limits.cells, 'cells'),
  IMPORT_MAX_SECONDS: bound(300, 'seconds'),
  IMPORT_MAX_MEMORY: bound(512, 'megabytes'),
  SEND_HOSTS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((host) => host.trim().toLowerCase())
        .filter((host) => host !== ''),
    )
    .refine(
      (hosts) =>
        hosts.every((host) => URL.canParse(`http://${host}`) && new URL(`http://${host}`).host === host),
      'must be hosts with commas between them, such as oa.example.cn,10.1.2.3:8443',
    ),
  SMTP_URL: z
    .string()
    .refine(
      (url) => /^smtps?:\/\/./.test(url) && URL.canParse(url),
      'must be smtp://… or smtps://USER:PASSWORD@HOST',
    )
    .optional(),
  SMTP_FROM: z
    .string()
    .refine(isMailAddress, 'must be a mail address, such as hangbiao@example.cn')
    .optional(),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('warn'),
});

/** What has no default: the server's own address, and by whom mail is sent. */
type Unset = 'PUBLIC_URL' | 'SMTP_URL' | 'SMTP_FROM';
export type Env = Readonly<Required<Omit<z.output<typeof settings>, Unset>>> & {
  readonly [K in Unset]?: string;
};

/** A database's address with the password left out, for messages. */
export const withoutPassword = (url: string): string =>
  url.replace(/(\/\/[^:/@]*):.*@/, '$1:***@').replace(/([?&]password=)[^&]*/g, '$1***');

/**
 * The settings as the program uses them.
 * @throws Refusal with one line that names each wrong setting and what it must be
 */
export function readEnv(given: Readonly<Record<string, string | undefined>>): Env {
  const set = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== ''),
  );
  const read = settings.safeParse(set);
  if (!read.success) {
    const faults = read.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return { path: name, message: `${name}="${withoutPassword(set[name] ?? '')}": ${issue.message}` };
    });
    throw new Refusal(400, faults.map((f) => f.message).join('; '), faults);
  }
  const { DATABASE_URL, PUBLIC_URL, SMTP_URL, SMTP_FROM, ...rest } = read.data;
  return {
    ...rest,
    ...(PUBLIC_URL === undefined ? {} : { PUBLIC_URL }),
    ...(SMTP_URL === undefined ? {} : { SMTP_URL }),
    ...(SMTP_FROM === undefined ? {} : { SMTP_FROM }),
    DATABASE_URL: DATABASE_URL ?? `sqlite:${join(rest.DATA_DIR, 'hangbiao.db')}`,
  };
}

/** Is the host reached from this machine alone? Then a foreign `Host` header is DNS rebinding. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

/** Where briefings may be posted, by the settings. */
export const deliveryOf = ({ SEND_HOSTS, SMTP_URL, SMTP_FROM }: Env): Delivery => ({
  hosts: SEND_HOSTS,
  smtpUrl: SMTP_URL ?? null,
  smtpFrom: SMTP_FROM ?? null,
});

/** How far the reading of a file may go, by the settings. */
export const limitsOf = (env: Env): Limits => ({
  ...limits,
  bytes: env.IMPORT_MAX_BYTES,
  unpacked: env.IMPORT_MAX_UNPACKED,
  sheets: env.IMPORT_MAX_SHEETS,
  rows: env.IMPORT_MAX_ROWS,
  cells: env.IMPORT_MAX_CELLS,
});
