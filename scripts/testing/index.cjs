/**
 * `require('leakgate/test')`. Jest evaluates CommonJS in a sandbox that loads no ES modules and hands out a
 * process of its own; the real one does, on every Node that leakgate runs on (20.19 and later).
 */
const { Script } = require('node:vm');

const { createRequire } = new Script('process').runInThisContext().getBuiltinModule('node:module');
exports.expectNoLeak = createRequire(__filename)('../../dist/scripts/testing/index.js').expectNoLeak;
