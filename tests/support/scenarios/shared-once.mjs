/** Takes 4 MB that are native to V8 in iteration 250, once. */
export default {
  name: 'shared-once',
  description: 'A shared buffer of 4 MB that is made late',
  setup: () => ({ last: undefined, shared: undefined }),
  iterate(state, iteration) {
    state.last = [iteration];
    if (iteration === 250) state.shared = new Uint8Array(new SharedArrayBuffer(4e6)).fill(1);
  },
};
