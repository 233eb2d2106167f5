const LINE = `${'blah '.repeat(2000)}\n`;

/** Writes 10 kB to each stream in each iteration. */
export default {
  name: 'chatty',
  async iterate() {
    process.stderr.write(LINE);
    await new Promise(resolve => process.stdout.write(LINE, resolve));
  },
};
