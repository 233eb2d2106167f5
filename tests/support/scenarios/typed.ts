export default {
  name: 'typed',
  iterate(_: unknown, n: number) {
    return n;
  },
};
