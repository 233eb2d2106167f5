/** Never gives control back. */
export default {
  name: 'endless',
  iterate(_session, iteration) {
    while (iteration === 12);
  },
};
