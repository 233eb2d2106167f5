import { resolve } from 'node:path';
import type { BuildName } from '../harness/engine/builds.ts';
import { Engine } from '../harness/engine/index.ts';
import { UsageError } from '../harness/errors.ts';
import { messageOf } from './message-of.ts';
import type { Surroundings } from './surroundings.ts';

export interface ServeRequest {
  readonly conf: string;
  /** Port of keys that name none. */
  readonly port: number;
  readonly build: BuildName;
}

/**
 * Runs the engine alone until SIGTERM or SIGINT; SIGUSR1 reloads (CoreDNS's signals, coredns.md section 2.4).
 * Returns the exit code: 0 after a clean stop, 4 when a shutdown hook failed.
 */
export async function serve(request: ServeRequest, surroundings: Surroundings): Promise<number> {
  const { stdout, stderr } = surroundings;
  const log = (level: string, message: string) => {
    (level === 'error' || level === 'warning' ? stderr : stdout).write(
      `[${level.toUpperCase()}] ${message}\n`,
    );
  };
  const engine = await Engine.start({
    corefile: { path: resolve(surroundings.cwd(), request.conf) },
    build: request.build,
    port: request.port,
    log,
  }).catch((error: unknown) => {
    throw new UsageError(
      isUnreadable(error)
        ? `Cannot serve as --conf must be a readable file: ${messageOf(error)}`
        : messageOf(error),
    );
  });
  for (const address of engine.addresses) stdout.write(`${address}\n`);
  log('info', `process ${process.pid}`);

  // The engine logs a failed reload itself and goes on with what it had.
  const reload = () => void engine.reload().catch(() => {});
  surroundings.on('SIGUSR1', reload);
  surroundings.on('SIGHUP', ignore);
  await firstOf(surroundings, ['SIGTERM', 'SIGINT']);
  surroundings.off('SIGUSR1', reload);
  try {
    await engine.stop();
    return 0;
  } catch (error) {
    log('error', String(error));
    return 4;
  } finally {
    surroundings.off('SIGHUP', ignore);
  }
}

/** Of the Corefile: other errors of the system are about ports. */
function isUnreadable(error: unknown): boolean {
  return (
    error instanceof Error && 'syscall' in error && (error.syscall === 'open' || error.syscall === 'read')
  );
}

function ignore(): void {}

function firstOf(surroundings: Surroundings, signals: readonly NodeJS.Signals[]): Promise<void> {
  return new Promise(resolveOnce => {
    const done = () => {
      for (const signal of signals) surroundings.off(signal, done);
      resolveOnce();
    };
    for (const signal of signals) surroundings.on(signal, done);
  });
}
