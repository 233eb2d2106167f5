export default {
  name: 'keeps-nothing',
  iterate: (_session, iteration) => JSON.parse(JSON.stringify({ iteration, list: [1, 2, 3] })),
  options: { iterations: 300, warmup: 20 },
};
