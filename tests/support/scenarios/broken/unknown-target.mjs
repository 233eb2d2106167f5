export default { name: 'unknown-target', target: 'browser', iterate() {} };
