export default {
  name: 'sends-messages',
  iterate: () => {
    process.send?.(null);
    process.send?.({ type: 'done', notes: {} });
  },
};
