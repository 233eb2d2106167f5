import { UsageError } from '../harness/errors.ts';

/** What a command sees of the process it runs in; tests pass their own. */
export interface Surroundings {
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  readonly env: { readonly [name: string]: string | undefined };
  cwd(): string;
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  off(signal: NodeJS.Signals, listener: () => void): unknown;
}

export interface Terminal {
  write(text: string | Uint8Array): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Surroundings in a folder that print for nobody and hear the signals of others. */
export function silent(
  folder: string,
  env: Surroundings['env'],
  signals: Pick<Surroundings, 'on' | 'off'>,
): Surroundings {
  const nowhere = { write: () => true };
  return {
    stdout: nowhere,
    stderr: nowhere,
    env,
    cwd: () => folder,
    on: (signal, listener) => signals.on(signal, listener),
    off: (signal, listener) => signals.off(signal, listener),
  };
}

/** Columns to write for when the output is piped or its width is unknown. */
const PIPED_WIDTH = 120;
const LEAST_WIDTH = 20;

/** How to write for a terminal, or for what stands in its place. */
export function styleFor(
  terminal: Terminal,
  env: Surroundings['env'],
): { readonly width: number; readonly color: boolean } {
  return { width: widthOf(terminal, env), color: wantsColor(terminal, env) };
}

/** Columns of a terminal, though a pseudo-terminal may claim none; else those that `COLUMNS` asks for. */
function widthOf(terminal: Terminal, { COLUMNS = '' }: Surroundings['env']): number {
  if (terminal.isTTY && terminal.columns) return terminal.columns;
  return /^\d{2,4}$/.test(COLUMNS) ? Math.max(LEAST_WIDTH, Number(COLUMNS)) : PIPED_WIDTH;
}

/** Values of `FORCE_COLOR` that ask for colors, as in Node. */
const FORCED: readonly string[] = ['1', '2', '3', 'true'];

/** https://no-color.org; `FORCE_COLOR` asks for none with any other value, but an empty one says nothing. */
function wantsColor(terminal: Terminal, env: Surroundings['env']): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return FORCED.includes(env.FORCE_COLOR);
  return terminal.isTTY === true;
}

/** @throws {UsageError} where a picture would be written on a terminal, as control codes. */
export function refusePicture({ isTTY }: Terminal): void {
  if (isTTY !== true) return;
  throw new UsageError(
    'Cannot print a picture as standard output must be a file or a pipe: it is a terminal; > chart.png writes a file',
  );
}
