/** Tells what of the environment would change a measurement. */
export default {
  name: 'surroundings',
  iterate: () => {},
  teardown: () => ({
    coverage: process.env.NODE_V8_COVERAGE ?? 'none',
    flags: process.env.NODE_OPTIONS ?? 'none',
  }),
};
