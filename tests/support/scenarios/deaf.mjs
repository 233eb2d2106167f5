/** Removes all listeners of the process in an iteration, and perhaps ends it. */
export default {
  name: 'deaf',
  setup: ({ parameters }) => parameters,
  iterate({ exits }, iteration) {
    if (iteration === 12 && exits) process.removeAllListeners().exit(0);
    if (iteration === 12) process.removeAllListeners();
  },
};
