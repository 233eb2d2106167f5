/** Two builds: one leaves an interval behind in each iteration. */
export default {
  name: 'timer-leak',
  builds: { clean: { leaks: false }, leaky: { leaks: true } },
  expect: { leaky: 'leak' },
  setup: ({ parameters }) => parameters,
  iterate({ leaks }) {
    const timer = setInterval(() => {}, 1e6);
    if (!leaks) clearInterval(timer);
  },
};
