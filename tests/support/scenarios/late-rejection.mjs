export default {
  name: 'late-rejection',
  iterate: () => {},
  teardown() {
    void Promise.reject(new Error('nobody awaited this'));
  },
};
