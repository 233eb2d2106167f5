/** A promise that nobody awaits is rejected. */
export default {
  name: 'rejecting',
  async iterate(_session, iteration) {
    if (iteration === 12) void Promise.reject(new TypeError('nobody listens'));
    await new Promise(resolve => setImmediate(resolve));
  },
};
