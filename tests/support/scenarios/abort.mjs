/** Dies in the middle, as native code does. */
export default {
  name: 'abort',
  iterate(_session, iteration) {
    if (iteration === 60) {
      console.error('about to abort');
      process.abort();
    }
  },
};
