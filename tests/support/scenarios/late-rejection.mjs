export default {
  name: 'late-rejection',
  iterate: () => {},
  teardown() {
    Promise.reject(new Error('nobody awaited this'));
  },
};
