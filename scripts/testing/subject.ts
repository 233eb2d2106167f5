import { writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { Script } from 'node:vm';
import { compiledFile } from '../../harness/compiled.ts';
import { isGenerator } from '../../harness/worker/is-generator.ts';
import { functionPlace } from './function-place.ts';

/** A function that a module exports, to be called again and again, or a scenario that it exports by that name. */
export interface ExportedSubject {
  readonly module: string | URL;
  /** Default: `default`. */
  readonly export?: string;
}

/** Called with the number of the iteration, counted from 0. */
export type SubjectFunction = (iteration: number) => unknown;

/** A scenario's file; something that a module exports; or a function that uses nothing from around it. */
export type Subject = string | URL | ExportedSubject | SubjectFunction;

export interface SubjectOptions {
  /** Names a function in the verdict. */
  readonly name?: string;
  /**
   * `import.meta.url` or `__filename` of the test file: what the relative imports inside a function start
   * from. Default: the file of the call.
   */
  readonly from?: string | URL;
}

/**
 * Path of a scenario for a subject. A function becomes one in `folder`.
 * @throws {TypeError} for what is none, and for a function whose source cannot be sent to another process.
 */
export function scenarioOf(subject: Subject, { name, from }: SubjectOptions, folder: string): string {
  if (typeof subject === 'function') {
    return written(folder, inlineScenario(subject, nameOf(name ?? subject.name), from));
  }
  if (typeof subject === 'string') return pathOf(subject);
  checkObject(subject);
  if (isUrl(subject)) return pathOf(subject);
  const path = pathOf(subject.module);
  const exported = subject.export ?? 'default';
  const file = basename(path).replace(/\.[cm]?[jt]s$/, '');
  const usual = exported === 'default' ? file : exported;
  return written(folder, exportedScenario(path, exported, nameOf(name ?? usual)));
}

/** Tests in JavaScript may give anything. */
function checkObject(subject: unknown): void {
  const isObject = typeof subject === 'object' && subject !== null;
  if (isObject && ('href' in subject || ('module' in subject && isFile(subject.module)))) return;
  throw new TypeError(
    `Cannot repeat what was given as it must be a path, a URL, { module, export } or a function: current value is ${inspect(subject)}`,
  );
}

function isFile(module: unknown): boolean {
  return typeof module === 'string' || (typeof module === 'object' && module !== null && 'href' in module);
}

function written(folder: string, source: string): string {
  const path = join(folder, 'scenario.mjs');
  writeFileSync(path, source);
  return path;
}

function exportedScenario(path: string, exported: string, name: string): string {
  return `import { UsageError } from ${JSON.stringify(pathToFileURL(compiledFile('harness/errors.js')).href)};
import { isGenerator } from ${JSON.stringify(pathToFileURL(compiledFile('harness/worker/is-generator.js')).href)};
import * as module from ${JSON.stringify(pathToFileURL(path).href)};
const exported = ${JSON.stringify(exported)};
const path = ${JSON.stringify(path)};
// What a CommonJS module exports is under its default where Node cannot tell the names.
const subject = module[exported] ?? module.default?.[exported];
if (typeof subject !== 'function' && typeof subject?.iterate !== 'function') {
  throw new UsageError(
    \`Cannot repeat "\${exported}" of \${path} as it must be a function or a scenario: it exports \${Object.keys(module).join(', ') || 'nothing'}\`,
  );
}
if (isGenerator(subject)) {
  throw new UsageError(
    \`Cannot repeat "\${exported}" of \${path} as it must not be a generator function, whose body a call does not run\`,
  );
}
export default typeof subject === 'function'
  ? { name: ${JSON.stringify(name)}, iterate: (_session, iteration) => subject(iteration) }
  : { name: ${JSON.stringify(name)}, ...subject };
`;
}

/**
 * The source of the function, compiled as if it stood in the file that it comes from: what is put around it
 * stands in the line above. CommonJS has `require`; Vite replaces `import()` by a function of its own, and
 * relative paths by paths from its root.
 */
function inlineScenario(subject: SubjectFunction, name: string, from: string | URL | undefined): string {
  const source = sourceOf(subject);
  const file = from === undefined ? undefined : pathOf(from);
  const { filename, line, column } = functionPlace(source, name, file);
  const wrapped = `'use strict'; (require, __vite_ssr_dynamic_import__) => (\n${' '.repeat(column)}${source}\n)`;
  return `import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { constants, Script } from 'node:vm';
const place = {
  filename: ${JSON.stringify(filename)},
  lineOffset: ${line - 1},
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
};
const run = source => new Script(source, place).runInThisContext();
const load = run("'use strict'; specifier => import(specifier)");
const viteLoad = specifier => {
  if (!specifier.startsWith('/')) return load(specifier);
  const [path] = (specifier.startsWith('/@fs/') ? specifier.slice('/@fs'.length) : specifier).split('?');
  return load(pathToFileURL(existsSync(path) ? path : ${JSON.stringify(viteRoot())} + path).href);
};
const subject = run(${JSON.stringify(wrapped)})(createRequire(${JSON.stringify(filename)}), viteLoad);
export default { name: ${JSON.stringify(name)}, iterate: (_session, iteration) => subject(iteration) };
`;
}

/** What Vitest, if this is one of its workers, takes for the root of the project. */
function viteRoot(): string {
  const { __vitest_worker__: worker } = globalThis as {
    readonly __vitest_worker__?: { readonly config?: { readonly root?: string } };
  };
  return worker?.config?.root ?? process.cwd();
}

function sourceOf(subject: SubjectFunction): string {
  if (isGenerator(subject)) {
    throw new TypeError(
      `Cannot repeat "${subject.name}" as it must not be a generator function, whose body a call does not run: give a function that goes through it`,
    );
  }
  const source = Function.prototype.toString.call(subject);
  try {
    new Script(`(${source}\n)`);
    return source;
  } catch {
    throw new TypeError(
      `Cannot repeat a function as it must be an arrow function or a function expression, neither a method nor bound nor built in: ${source.slice(0, 80)}`,
    );
  }
}

/** Relative paths start from the working directory. */
function pathOf(file: string | URL): string {
  const text = typeof file === 'string' ? file : file.href;
  return text.startsWith('file:') ? fileURLToPath(text) : resolve(text);
}

/** By its shape: jsdom, under Jest, has a class of its own. */
function isUrl(subject: URL | ExportedSubject): subject is URL {
  return 'href' in subject;
}

/** Names of scenarios are letters, digits, ".", "_" and "-". */
function nameOf(text: string): string {
  return text.replace(/[^\w.-]+/g, '-').replace(/^-+|-+$/g, '') || 'function';
}
