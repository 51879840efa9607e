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

/** The first signal asks for an orderly end, a second one does not wait for it. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        if (asked) process.exit(130);
        asked = true;
        resolve();
      });
  });
}
