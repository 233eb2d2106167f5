/** Never gives control back from the second window of its warm-up. */
export default {
  name: 'endless-warm-up',
  iterate(_session, iteration) {
    while (iteration === 7);
  },
};
