import { pino, type Logger } from 'pino';
import type { Env } from './env.ts';

export type Log = Logger;

/** JSON lines on standard error: standard output belongs to people and to `--json`. */
export const createLog = (level: Env['LOG_LEVEL']): Log => pino({ level, base: null }, pino.destination(2));

export const silentLog: Log = pino({ level: 'silent' });
