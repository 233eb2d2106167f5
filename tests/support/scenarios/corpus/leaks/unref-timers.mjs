/** One unref'd timer every 40 iterations: too small for bytes, and nothing that keeps the process alive. */
export default {
  name: 'unref-timers',
  expect: { default: 'leak' },
  iterate: (_session, iteration) => {
    JSON.parse(JSON.stringify({ iteration, list: [1, 2, 3] }));
    if (iteration % 40 === 0) setInterval(() => {}, 600_000).unref();
  },
  options: { iterations: 400, warmup: 20 },
};
