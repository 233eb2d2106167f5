import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'open-files-vary',
  description: 'A store that holds 1 to 40 of its files open, as it happens',
  expect: { default: 'steady' },
  setup({ seed, directory }) {
    const path = join(directory, 'table.db');
    writeFileSync(path, 'table');
    return { random: seeded(seed), path, open: [] };
  },
  iterate({ random, path, open }) {
    serve(random);
    if (random() < 0.5 && open.length < 40) open.push(openSync(path, 'r'));
    else if (open.length > 1) closeSync(open.splice(below(open.length, random), 1)[0]);
  },
};
