import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Controller } from '../../plugin.ts';

/** Sets up `root`; see the README beside this file. */
export function setupRoot({ tokens, block, log }: Controller): void {
  while (tokens.next()) {
    const [path, ...rest] = tokens.remainingArgs();
    if (path === undefined || rest.length > 0) throw tokens.argumentError();
    block.root = resolve(block.root, path);
  }
  if (!existsSync(block.root)) log('warning', `plugin/root: Root path does not exist: ${block.root}`);
}
