import type { Writable } from 'node:stream';

/** Who reads along may leave early, as `head` does: no error, and what was decided stands. */
export function ignoreBrokenPipe(stream: Writable): void {
  stream.on('error', error => {
    if (!('code' in error) || error.code !== 'EPIPE') throw error;
  });
}
