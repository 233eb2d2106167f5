import { watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'file-watcher',
  description: 'The certificate is watched anew with each reload, one in forty requests',
  expect: { default: 'leak' },
  setup({ seed, directory }) {
    const path = join(directory, 'server.pem');
    writeFileSync(path, 'not a certificate');
    return { random: seeded(seed), path };
  },
  iterate({ random, path }, iteration) {
    serve(random);
    if (iteration % 40 === 0) watch(path, { persistent: false }, () => {});
  },
};

export const leak = { metric: 'handles.fs_event', rate: 1 / 40, unit: 'fs_event handles' };

export const expectEvidence = { kind: 'handle', created: ['watch(path, { persistent: false }'] };
