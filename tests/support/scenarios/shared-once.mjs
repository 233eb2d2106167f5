/** Takes 12 MB that are native to V8 in iteration 250, once. */
export default {
  name: 'shared-once',
  description: 'A shared buffer of 12 MB that is made late',
  setup: () => ({ last: undefined, shared: undefined }),
  iterate(state, iteration) {
    state.last = [iteration];
    if (iteration === 250) state.shared = new Uint8Array(new SharedArrayBuffer(12e6)).fill(1);
  },
};
