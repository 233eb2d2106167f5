const seen = new Map();

class Entry {
  constructor(iteration) {
    this.iteration = iteration;
    this.payload = new Array(100).fill(iteration);
  }
}

/** A kB per iteration: any threshold sees it. */
export default {
  name: 'kept-entries',
  expect: { default: 'leak' },
  iterate: (_session, iteration) => {
    seen.set(iteration, new Entry(iteration));
  },
  options: { iterations: 2000, warmup: 20 },
};
