const kept = [];

export default {
  name: 'keeps-everything',
  iterate: () => {
    kept.push({ payload: new Array(50).fill(0) });
  },
  options: { iterations: 300, warmup: 20 },
};
