/** An unref'd timer every tenth time: no list of active resources shows it. */
export default {
  name: 'rare-timer-leak',
  iterate(_session, iteration) {
    if (iteration % 10 === 0) setTimeout(() => {}, 1e6).unref();
  },
};
