export default {
  name: 'gives-up',
  expect: { default: 'leak' },
  iterate: (_session, iteration) => {
    if (iteration === 50) throw new Error('the subject gave up');
  },
  options: { iterations: 100 },
};
