export default {
  name: 'throws-midway',
  iterate: (_session, iteration) => {
    if (iteration === 400) throw new Error('the subject gave up');
  },
  options: { iterations: 1000, warmup: 20 },
};
