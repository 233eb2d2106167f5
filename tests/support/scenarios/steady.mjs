/** Allocates, keeps nothing. */
export default {
  name: 'steady',
  description: 'Builds a list and drops it',
  parameters: { size: 20 },
  setup: ({ parameters }) => ({ size: parameters.size, sum: 0 }),
  iterate(session) {
    session.sum += Array.from({ length: session.size }, (_, index) => ({ index })).length;
  },
  teardown: session => ({ sum: session.sum }),
};
