export default {
  name: 'claims-to-leak',
  expect: { default: 'leak' },
  iterate: () => {},
  options: { iterations: 300, warmup: 20 },
};
