import { below, seeded } from '../random.mjs';

export default {
  name: 'under-churn',
  description: 'A small object in ten requests, beside 30 kB of garbage and a working set of changing size',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), working: [], tags: [] }),
  iterate(server, iteration) {
    const { random, tags } = server;
    const rows = Array.from({ length: 150 }, (_, row) => ({ row, value: random(), text: `row ${row}` }));
    server.working = rows.slice(0, below(150, random));
    if (iteration % 10 === 8) tags.push({ iteration, tag: `t${below(1000, random)}` });
  },
};

export const leak = { metric: 'population', rate: 1 / 10, unit: 'objects' };

export const expectEvidence = { objects: ['Object {iteration, tag}'], holders: ['tags'] };
