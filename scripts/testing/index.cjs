/**
 * `require('leakgate/test')`. Jest evaluates CommonJS in a sandbox that loads no ES modules; a script of the main context does.
 */
const { constants, Script } = require('node:vm');
const { pathToFileURL } = require('node:url');

const load = new Script("'use strict'; specifier => import(specifier)", {
  filename: __filename,
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}).runInThisContext();
const testing = pathToFileURL(require.resolve('../../dist/scripts/testing/index.js')).href;

exports.expectNoLeak = async (subject, options) => (await load(testing)).expectNoLeak(subject, options);
