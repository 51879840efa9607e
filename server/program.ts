import { Command, CommanderError } from 'commander';
import { registerLink, registerToken } from './commands/access.ts';
import { registerBriefing } from './commands/briefing.ts';
import { registerCheck } from './commands/check.ts';
import { Failed, type Shell } from './commands/command.ts';
import { registerDemo } from './commands/demo.ts';
import { registerImport, registerUndo, registerUnits } from './commands/ledgers.ts';
import { registerQuery } from './commands/query.ts';
import { registerReview } from './commands/review.ts';
import { registerServe } from './commands/serve.ts';
import { registerSnapshot } from './commands/snapshot.ts';
import { printable } from './commands/table.ts';
import { Refusal } from './errors.ts';
import { problem } from './problem.ts';

const registers = [
  registerServe,
  registerUnits,
  registerImport,
  registerUndo,
  registerQuery,
  registerSnapshot,
  registerReview,
  registerBriefing,
  registerToken,
  registerLink,
  registerCheck,
  registerDemo,
];

function programOf(shell: Shell): Command {
  const program = new Command('hangbiao')
    .description('航标 Hangbiao: party-building figures, from ledgers to charts')
    .version(shell.version)
    .configureOutput({ writeOut: (text) => shell.out(text.trimEnd()), writeErr: () => {} })
    .exitOverride();
  for (const register of registers) register(program, shell);
  // Subcommands take over neither by themselves.
  const inherit = (command: Command): void => {
    for (const sub of command.commands)
      inherit(sub.copyInheritedSettings(command).allowExcessArguments(false));
  };
  inherit(program);
  return program;
}

/**
 * Runs one command line.
 * @param words what follows `hangbiao`
 * @returns the exit code: 0 done, 1 refused, 2 misuse
 */
export async function run(words: readonly string[], shell: Shell): Promise<0 | 1 | 2> {
  try {
    await programOf(shell).parseAsync(words, { from: 'user' });
    return 0;
  } catch (error) {
    return tell(error, words.includes('--json'), shell);
  }
}

function tell(error: unknown, json: boolean, shell: Shell): 0 | 1 | 2 {
  if (error instanceof Failed) return 1;
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    const message =
      error.code === 'commander.help'
        ? 'name a command; --help lists them'
        : error.message.replace(/^error: /, '');
    shell.err(
      json ? JSON.stringify(problem(400, message)) : `hangbiao: ${message.replace(/\s*\n\s*/g, ' ')}`,
    );
    return 2;
  }
  const refusal = error instanceof Refusal ? error : null;
  const message =
    refusal?.message ??
    `something went wrong here: ${error instanceof Error ? error.message : String(error)}`;
  const faults = refusal?.errors.filter((f) => !message.includes(f.message)) ?? [];
  const places = faults.slice(0, 5).map((f) => `${f.path}: ${f.message}`);
  const more = faults.length > places.length ? [`and ${faults.length - places.length} more`] : [];
  if (json) shell.err(JSON.stringify(problem(refusal?.status ?? 500, message, refusal?.errors)));
  else shell.err(`hangbiao: ${printable([message, ...places, ...more].join('; '))}`);
  return 1;
}
