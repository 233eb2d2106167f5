import type { ChildProcess } from 'node:child_process';
import { type EventEmitter, once } from 'node:events';

/** How a process ended. */
export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * Resolves when a child that was just started has ended and all its messages have arrived.
 * @throws {Error} if no process could be started, or on any other error of the child, which may go on.
 */
export async function childEnd(child: EventEmitter & Pick<ChildProcess, 'connected'>): Promise<ChildEnd> {
  // A message may still be under way when the process has gone, but not when its channel has.
  const unheard = child.connected ? once(child, 'disconnect') : undefined;
  const [[code, signal]] = (await Promise.all([once(child, 'exit'), unheard])) as [
    [number | null, NodeJS.Signals | null],
    unknown,
  ];
  return { code, signal };
}
