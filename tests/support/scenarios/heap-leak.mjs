class Entry {
  constructor(number) {
    this.number = number;
    this.text = `entry ${number}`;
  }
}

/** Keeps one object per iteration, of a class that is watched. */
export default {
  name: 'heap-leak',
  unit: 'entry',
  watch: () => [Entry],
  setup: () => new Map(),
  iterate(entries, iteration) {
    entries.set(iteration, new Entry(iteration));
  },
};
