/** Ends the process in its first iteration. */
export default {
  name: 'exit-first',
  iterate: () => process.exit(3),
};
