import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'module-reload',
  description: 'A plugin is loaded by import() under a new query with each change, one in forty requests',
  expect: { default: 'leak' },
  setup({ seed, directory }) {
    const path = join(directory, 'plugin.mjs');
    writeFileSync(
      path,
      `export const rules = ${JSON.stringify(['a', 'b', 'c'])};\nexport const run = n => n + 1;\n`,
    );
    return { random: seeded(seed), url: pathToFileURL(path).href };
  },
  async iterate({ random, url }, iteration) {
    const { total } = serve(random);
    if (iteration % 40 !== 0) return total;
    const { run } = await import(`${url}?v=${iteration}`);
    return run(total);
  },
};

export const leak = { metric: 'heap.used', alternatives: ['population'], rate: 150, unit: 'B' };

export const expectEvidence = { objects: ['ES module'], holders: ['ES module loader'] };
