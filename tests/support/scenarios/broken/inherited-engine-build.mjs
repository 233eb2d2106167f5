export default { name: 'inherited-engine-build', target: 'engine', builds: { toString: {} }, iterate() {} };
