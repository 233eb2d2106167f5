/** Freezes what libraries for security freeze, and more, and keeps a timer of each iteration. */
export default {
  name: 'freezes-all',
  expect: 'leak',
  setup() {
    Object.freeze(process);
    for (const shared of [Object, Array, Function, Error, Promise, Map, Set])
      for (const frozen of [shared, shared.prototype]) Object.freeze(frozen);
  },
  iterate() {
    setInterval(() => {}, 100_000);
  },
  options: { iterations: 300, warmup: 20 },
};
