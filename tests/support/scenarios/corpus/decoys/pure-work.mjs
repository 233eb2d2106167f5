/** Makes garbage and keeps none. */
export default {
  name: 'pure-work',
  expect: { default: 'steady' },
  setup: () => ({ list: [1, 2, 3] }),
  iterate: (session, iteration) => JSON.parse(JSON.stringify({ ...session, iteration })),
  options: { iterations: 400, warmup: 20 },
};
