import type { Writable } from 'node:stream';

/**
 * Who reads along may leave early, as `head` does: no error, and what was decided stands. Where nothing more
 * can be written, as on a full disk, `otherwise` is told why.
 */
export function ignoreBrokenPipe(stream: Writable, otherwise: (reason: string) => void): void {
  stream.on('error', error => {
    if (!('code' in error) || error.code !== 'EPIPE') otherwise(error.message);
  });
}
