export default { name: 'unknown-build', builds: { clean: {} }, expect: { dirty: 'leak' }, iterate() {} };
