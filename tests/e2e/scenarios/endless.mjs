export default {
  name: 'endless',
  iterate: () => new Promise(resolve => setTimeout(resolve, 20)),
  options: { iterations: 100_000, warmup: 1 },
};
