/**
 * `require('leakgate/test')`. Jest evaluates CommonJS in a sandbox without ES modules; the process's own module system loads
 * them on every Node that leakgate runs on (20.19 and later).
 */
const { createRequire } = process.getBuiltinModule('node:module');
module.exports = createRequire(__filename)('../../dist/scripts/testing/index.js');
