export default { name: 'inherited-build', builds: { clean: {} }, expect: { toString: 'leak' }, iterate() {} };
