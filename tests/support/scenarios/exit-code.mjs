/** Has the last word on its exit code. */
process.on('exit', () => {
  process.exitCode = 3;
});

export default {
  name: 'exit-code',
  iterate: () => {},
};
