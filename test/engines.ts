import pg from 'pg';
import { inject } from 'vitest';
import { connect, type Connection } from '../db/connect.ts';
import type { Engine } from '../db/dialect.ts';

export const engines: readonly Engine[] = ['sqlite', 'postgres'];

let made = 0;

/** A fresh, migrated, empty database on the engine, and how to end it. */
export async function freshDatabase(engine: Engine): Promise<Connection & { close(): Promise<void> }> {
  if (engine === 'sqlite') {
    const connection = await connect('sqlite::memory:');
    return { ...connection, close: () => connection.db.destroy() };
  }
  const admin = inject('postgresUrl');
  const name = `t_${process.pid}_${++made}`;
  await asAdmin(admin, `create database ${name}`);
  const connection = await connect(admin.replace(/postgres$/, name));
  return {
    ...connection,
    close: async () => {
      await connection.db.destroy();
      await asAdmin(admin, `drop database ${name}`);
    },
  };
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
