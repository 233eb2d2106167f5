import { below, seeded } from '../random.mjs';

class Node {
  constructor() {
    this.reset();
  }

  reset() {
    this.left = null;
    this.value = 0;
    return this;
  }
}

export default {
  name: 'free-list',
  description: 'Tree nodes are reused from a free list whose length is the most that was ever needed',
  expect: { default: 'steady' },
  watch: () => [Node],
  setup: ({ seed }) => ({ random: seeded(seed), free: [] }),
  iterate({ random, free }) {
    const needed = 20 + below(60, random) + (random() < 0.01 ? below(200, random) : 0);
    const used = Array.from({ length: needed }, () => free.pop() ?? new Node());
    for (const node of used) node.value = random();
    used.sort((one, other) => one.value - other.value);
    for (const node of used) free.push(node.reset());
  },
};
