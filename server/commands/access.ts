import { InvalidArgumentError, Option } from 'commander';
import { grantable, isGrantable, roles, type Granted, type Role } from '../auth/roles.ts';
import { issue } from '../auth/tokens.ts';
import { readEnv } from '../env.ts';
import { Refusal } from '../errors.ts';
import { addressOf } from '../main.ts';
import { withDatabase, type Register } from './command.ts';

const roleOption = (): Option =>
  new Option('--role <role>', `what the holder may do: ${grantable.join(', ')}`).argParser(readRole);

function readRole(text: string): Role {
  const role = roles.find((r) => r === text);
  if (role === undefined) throw new InvalidArgumentError(`It is one of ${grantable.join(', ')}.`);
  return role;
}

function granted(role: Role): Granted {
  if (isGrantable(role)) return role;
  throw new Refusal(
    422,
    `the role ${role} comes with users and their units, which are not made yet; there are ${grantable.join(', ')}`,
  );
}

/** `token create`: an API token, shown this once. */
export const registerToken: Register = (program, shell) => {
  const token = program.command('token').description('API tokens');
  token
    .command('create')
    .description('prints an API token, once')
    .addOption(roleOption().makeOptionMandatory())
    .option('--unit <code>', 'for the role branch')
    .option('--name <text>', 'whose or what for', 'api')
    .option('--json', 'for machines')
    .action(async ({ role, unit, name, json }: { role: Role; unit?: string; name: string; json?: true }) => {
      const grant = { purpose: 'api' as const, role: granted(role), name };
      if (unit !== undefined)
        throw new Refusal(422, '--unit is for the role branch, which comes with users and their units');
      const secret = await withDatabase(shell, ({ db }) => issue(db, grant, { now: shell.now() }));
      shell.out(json ? JSON.stringify({ token: secret, role, name }) : secret);
    });
};

/** `link`: another one-time sign-in link for a running server. */
export const registerLink: Register = (program, shell) => {
  program
    .command('link')
    .description('prints a one-time sign-in link, valid for a day')
    .addOption(roleOption().default('admin'))
    .option('--name <text>', 'who signs in')
    .option('--json', 'for machines')
    .action(async ({ role, name, json }: { role: Role; name?: string; json?: true }) => {
      const grant = { purpose: 'sign_in' as const, role: granted(role), name: name ?? role };
      const { HOST, PORT } = readEnv(shell.env);
      const secret = await withDatabase(shell, ({ db }) => issue(db, grant, { now: shell.now() }));
      const link = `${addressOf(HOST, PORT)}/sign-in/${secret}`;
      shell.out(json ? JSON.stringify({ link, role }) : link);
    });
};
