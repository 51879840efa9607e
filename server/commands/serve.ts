import { readEnv } from '../env.ts';
import { serve } from '../main.ts';
import type { Register } from './command.ts';

/** `serve`: until SIGINT or SIGTERM. */
export const registerServe: Register = (program, shell) => {
  program
    .command('serve')
    .description('the server alone, already built')
    .option('--address <url>', 'the address to print, where the pages are served by another server')
    .action(async (given: { address?: string }) => {
      const { version, clientDir, now, out, err } = shell;
      const running = await serve({ env: readEnv(shell.env), version, clientDir, now, say: err, ...given });
      out(`航标 Hangbiao ${version}  ${running.address}`);
      out(`登录 · sign in (once, within a day): ${running.link}`);
      await stopSignal();
      await running.close();
    });
};

/** One Ctrl-C may arrive twice, from the terminal and from npm; a person's second one takes longer. Milliseconds. */
const SAME_SIGNAL = 500;

/** The first signal asks for an orderly end; who asks again does not want to wait for it. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let first: number | null = null;
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        if (first !== null && performance.now() - first > SAME_SIGNAL) process.exit(130);
        first ??= performance.now();
        resolve();
      });
  });
}
