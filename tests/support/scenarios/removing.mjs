/** A job that has its folder to itself, and removes it when it is done. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export default {
  name: 'removing',
  setup: ({ directory }) => directory,
  iterate(directory) {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'job'), 'done');
    rmSync(directory, { recursive: true });
  },
};
