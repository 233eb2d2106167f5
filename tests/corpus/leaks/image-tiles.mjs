import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'image-tiles',
  description: 'Rendered tiles are cached by an ever new key, 1 kB each',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), tiles: new Map() }),
  iterate({ random, tiles }, iteration) {
    serve(random);
    const tile = new Uint8Array(new ArrayBuffer(1024));
    const color = below(256, random);
    for (let pixel = 0; pixel < tile.length; pixel += 4) tile[pixel] = color ^ pixel;
    tiles.set(`${iteration}/${color}`, tile);
  },
};

export const leak = {
  metric: 'heap.arrayBuffers',
  alternatives: ['heap.external', 'population'],
  rate: 1024,
  unit: 'B',
};

export const expectEvidence = { objects: ['Uint8Array', 'ArrayBuffer'], holders: ['tiles'] };
