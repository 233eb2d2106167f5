export default { name: 'foreign-build', target: 'engine', builds: { mended: {} }, iterate() {} };
