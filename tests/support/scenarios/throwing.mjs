/** Fails in the third measured iteration. */
export default {
  name: 'throwing',
  iterate(_session, iteration) {
    if (iteration === 12) fail(iteration);
  },
};

function fail(iteration) {
  throw new RangeError(`iteration ${iteration} went wrong`, { cause: new Error('the disk is full') });
}
