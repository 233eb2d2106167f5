class Entry {
  constructor(number) {
    this.number = number;
    this.text = `entry ${number}`;
  }
}

/** Keeps `each` objects per iteration, of a class that is watched. */
export default {
  name: 'heap-leak',
  unit: 'entry',
  parameters: { each: 1 },
  watch: () => [Entry],
  setup: ({ parameters: { each = 1 } }) => ({ entries: new Map(), each }),
  iterate({ entries, each }, iteration) {
    for (let copy = 0; copy < each; copy++) entries.set(`${iteration}/${copy}`, new Entry(iteration));
  },
};
