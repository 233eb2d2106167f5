const kept = [];

/** Keeps more than any heap holds. */
export default {
  name: 'out-of-memory',
  iterate() {
    kept.push(Array.from({ length: 20_000 }, (_, index) => ({ index })));
  },
};
