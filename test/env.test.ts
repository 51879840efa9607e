import { describe, expect, test } from 'vitest';
import { isLoopback, readEnv, withoutPassword } from '../server/env.ts';

describe('settings', () => {
  test('are all optional, and an empty one counts as not set', () => {
    expect(readEnv({ PORT: '', HOME: '/root' })).toEqual({
      HOST: '127.0.0.1',
      PORT: 8080,
      DATA_DIR: './data',
      DATABASE_URL: 'sqlite:data/hangbiao.db',
      DEMO: true,
      IMPORT_MAX_BYTES: 160 * 1024 ** 2,
      IMPORT_MAX_UNPACKED: 512 * 1024 ** 2,
      IMPORT_MAX_SHEETS: 500,
      IMPORT_MAX_ROWS: 2 ** 20,
      IMPORT_MAX_CELLS: 16_000_000,
      IMPORT_MAX_SECONDS: 300,
      IMPORT_MAX_MEMORY: 512,
      SEND_HOSTS: [],
      LOG_LEVEL: 'warn',
    });
  });

  test('the database stands in DATA_DIR unless DATABASE_URL names another', () => {
    expect(readEnv({ DATA_DIR: '/srv/h' }).DATABASE_URL).toBe('sqlite:/srv/h/hangbiao.db');
    expect(readEnv({ DATA_DIR: '/srv/h', DATABASE_URL: 'postgres://h/d' }).DATABASE_URL).toBe(
      'postgres://h/d',
    );
    expect(readEnv({ DEMO: '0' }).DEMO).toBe(false);
    expect(readEnv({ PORT: '0' }).PORT).toBe(0);
  });

  test.each([
    ['PORT', 'abc', 'whole number'],
    ['PORT', '65536', 'whole number'],
    ['PORT', '-1', 'whole number'],
    ['PORT', '80.5', 'whole number'],
    ['DEMO', 'yes', '1'],
    ['IMPORT_MAX_ROWS', '0', 'whole number of rows'],
    ['IMPORT_MAX_MEMORY', '1 GB', 'whole number of megabytes'],
    ['LOG_LEVEL', 'loud', 'silent'],
    ['DATABASE_URL', 'mysql://h/d', 'sqlite:PATH'],
    ['DATABASE_URL', 'sqlite:', 'sqlite:PATH'],
    ['HOST', 'http://x', 'host name'],
    ['SEND_HOSTS', 'https://oa.example.cn', 'hosts with commas'],
    ['SEND_HOSTS', 'oa.example.cn,a/b', 'hosts with commas'],
    ['SMTP_URL', 'http://mail', 'smtp://'],
    ['SMTP_FROM', 'the office', 'mail address'],
    ['PUBLIC_URL', 'hangbiao.example.cn', 'the address'],
    ['PUBLIC_URL', 'https://me@h', 'the address'],
    ['PUBLIC_URL', 'https://h/?a=1', 'the address'],
    ['PUBLIC_URL', 'javascript:alert(1)', 'the address'],
  ])('%s="%s" is refused in one line that says what it must be', (name, value, says) => {
    const refused = () => readEnv({ [name]: value });
    expect(refused).toThrow(`${name}="${value}": must be`);
    expect(refused).toThrow(says);
    expect(refused).not.toThrow('\n');
  });

  test('each wrong one is named, and no password is', () => {
    expect(() => readEnv({ PORT: 'x', DEMO: '2' })).toThrow(/PORT="x".*; DEMO="2"/);
    expect(() => readEnv({ DATABASE_URL: 'mysql://me:s3cret@h/d' })).toThrow('mysql://me:***@h/d');
  });

  test.each([
    ['postgres://u:p@ss@h:5432/d', 'postgres://u:***@h:5432/d'],
    ['postgres://h/d?user=u&password=p', 'postgres://h/d?user=u&password=***'],
    ['postgres://u@h/d', 'postgres://u@h/d'],
    ['sqlite:./a.db', 'sqlite:./a.db'],
  ])('%s is shown as %s', (url, shown) => expect(withoutPassword(url)).toBe(shown));

  test('loopback is this machine alone', () => {
    expect(['127.0.0.1', '127.1.2.3', 'localhost', '::1', '[::1]'].every(isLoopback)).toBe(true);
    expect(
      ['0.0.0.0', '10.0.0.1', '127.0.0.1.evil.example', 'localhost.evil.example', ''].some(isLoopback),
    ).toBe(false);
  });
});
