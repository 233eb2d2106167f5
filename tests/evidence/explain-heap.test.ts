import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterAll, describe, expect, test } from 'vitest';
import { HeapExplainer } from '../../harness/evidence/explain-heap.ts';
import type { KeptObjects } from '../../harness/model.ts';

const ROUND = 60;
const DRIVER = fileURLToPath(new URL('../support/snapshots.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Case {
  readonly leak: string;
  readonly code: string;
  readonly name: string | RegExp;
  readonly rate: number;
  readonly path: RegExp;
  /** Line and function of what is kept, or none. */
  readonly defined?: readonly [line: number, name: string];
  /** Among what it is retained with. */
  readonly holds?: string;
  readonly extension?: string;
}

const CASES: readonly Case[] = [
  {
    leak: 'objects in a Map of the module',
    code: `const sessions = new Map();
      export const iterate = n => { sessions.set('s' + n, { user: n, roles: ['reader'] }); };`,
    name: 'Object {user, roles}',
    rate: 1,
    path: /module \S*leak\.mjs -> variable sessions Map -> entry -> Object \{user, roles\}$/,
  },
  {
    leak: 'instances of a class, held by a private field of another',
    code: `class Client { constructor(n) { this.name = 'client' + n; this.list = [n]; } }
      class Pool { #open = []; take(n) { this.#open.push(new Client(n), new Client(n)); } }
      export const pool = new Pool();
      export const iterate = n => pool.take(n);`,
    name: 'Client',
    rate: 2,
    path: /Pool\.#open\[\] -> Client "client\d+", "client\d+", …$/,
    defined: [1, 'Client'],
  },
  {
    leak: 'rows that are replaced, and stay in an index by what has changed',
    code: `class Row { constructor(id, mail) { this.id = id; this.mail = mail; } }
      const rows = Array.from({ length: 2000 }, (_, id) => new Row(id, id + '@first'));
      const byMail = new Map(rows.map(row => [row.mail, row]));
      export const iterate = n => {
        const row = new Row(n % 2000, n + '@then');
        rows[row.id] = row;
        byMail.set(row.mail, row);
      };`,
    name: 'Row',
    rate: 1,
    path: /variable byMail Map -> entry -> Row$/,
    defined: [1, 'Row'],
  },
  {
    leak: 'rows that are replaced, and kept as a history',
    code: `class Row { constructor(id) { this.id = id; } }
      const table = { rows: Array.from({ length: 2000 }, (_, id) => new Row(id)), past: [] };
      export const iterate = n => {
        const id = n % 2000;
        table.past.push(table.rows[id]);
        table.rows[id] = new Row(id);
      };`,
    name: 'Row',
    rate: 1,
    path: /variable table\.past\[\] -> Row$/,
    defined: [1, 'Row'],
  },
  {
    leak: 'listeners',
    code: `import { EventEmitter } from 'node:events';
      const bus = new EventEmitter().setMaxListeners(0);
      export const iterate = n => {
        bus.on('change', function refresh() { return n; });
      };`,
    name: 'function refresh',
    rate: 1,
    path: /variable bus -> EventEmitter\._events\.change\[\] -> closure refresh\(\)$/,
    defined: [4, 'refresh'],
  },
  {
    leak: 'timers',
    code: `class Zone { reload() {} start() { setInterval(() => this.reload(), 1e6).unref(); } }
      export const iterate = () => new Zone().start();`,
    name: 'Timeout',
    rate: 1,
    path: /^Timeout list -> Timeout\._onTimeout -> closure \(anonymous\) -> this -> Zone$/,
  },
  {
    leak: 'pending promises',
    code: `const pending = {};
      export const iterate = n => { void new Promise(resolve => { pending['call ' + n] = { resolve, n }; }); };`,
    name: 'Object {resolve, n}',
    rate: 1,
    path: /variable pending\[key\] -> Object \{resolve, n\}$/,
  },
  {
    leak: 'calls of a function that waits for ever',
    code: `const queue = [];
      class Turn { constructor(ready) { this.ready = ready; } }
      async function serve(n) { await new Promise(ready => queue.push(new Turn(ready))); return n; }
      export const iterate = n => { void serve(n); };`,
    name: 'Turn',
    rate: 1,
    path: /variable queue\[\] -> Turn$/,
    holds: 'suspended serve()',
  },
  {
    leak: 'functions that let a waiting call go on, without those that V8 makes for it',
    code: `const waiters = [];
      async function serve(n) { await new Promise(ready => waiters.push(ready)); return n; }
      export const iterate = n => { void serve(n); };`,
    name: 'function',
    rate: 1,
    path: /variable waiters\[\] -> closure \(anonymous\)( -> .*)?$/,
    holds: 'suspended serve()',
  },
  {
    leak: 'what a promise came to',
    code: `const loaded = new Map();
      class Catalog { constructor(n) { this.pages = [n]; } }
      export const iterate = n => { loaded.set(n, Promise.resolve(new Catalog(n))); };`,
    name: 'Promise',
    rate: 1,
    path: /variable loaded Map -> entry -> Promise result -> Catalog$/,
  },
  {
    leak: 'objects in a field of a class itself',
    code: `class Pool { static waiting = new Set(); static wait(n) { Pool.waiting.add({ n }); } }
      export const iterate = n => Pool.wait(n);`,
    name: 'Object {n}',
    rate: 1,
    path: /^module \S*leak\.mjs -> (variable Pool -> )?Pool\.waiting Set -> entry -> Object \{n\}$/,
  },
  {
    leak: 'objects in the handler of a proxy',
    code: `let handler = { seen: [], get(target, key) { this.seen.push({ key }); return target[key]; } };
      const proxies = [new Proxy({ a: 1 }, handler)]; handler = undefined;
      // A key gets a number of its own, which moves what V8 has of the proxy.
      export const known = new Set(proxies);
      export const iterate = () => proxies[0].a;`,
    name: 'Object {key}',
    rate: 1,
    path: /\.\(proxy handler\)\.seen\[\] -> Object \{key\}$/,
  },
  {
    leak: 'bound functions',
    code: `class Session { constructor(n) { this.n = n; } tick() { return this.n; } }
      const ticks = [];
      export const iterate = n => { ticks.push(Session.prototype.tick.bind(new Session(n))); };`,
    name: 'bound function',
    rate: 1,
    path: /variable ticks\[\] -> bound function\.\(bound this\) -> Session$/,
  },
  {
    leak: 'reactions to one promise',
    code: `const shutdown = new Promise(() => {});
      export const iterate = n => { void shutdown.then(function stop() { return n; }); };`,
    name: /^(function stop|Promise)$/,
    rate: 1,
    path: /variable shutdown -> Promise reaction -> /,
  },
  {
    leak: 'pieces of long texts',
    code: `const titles = [];
      export const iterate = n => { titles.push(Buffer.alloc(20_000, 'page ' + n).toString('latin1').slice(5, 40)); };`,
    name: 'sliced string',
    rate: 1,
    path: /variable titles\[\] -> sliced string$/,
  },
  {
    leak: 'buffers',
    code: `const failed = new Set();
      export const iterate = () => { failed.add(Buffer.alloc(16_384)); };`,
    name: 'Buffer',
    rate: 1,
    path: /variable failed Set -> entry -> Buffer$/,
  },
  {
    leak: 'a text that every iteration adds to, beside others of the moment',
    code: `const job = { log: '', last: [] };
      export const iterate = n => {
        job.log += 'request ' + n + ' was answered in some milliseconds' + String.fromCharCode(10);
        job.last = ['one' + n, 'two' + n, 'three' + n];
      };`,
    name: 'string',
    rate: 0,
    path: /module \S*leak\.mjs -> variable job\.log -> string$/,
  },
  {
    leak: 'texts, beside a large page that is held once',
    code: `const lines = []; const cache = { page: '' };
      export const iterate = n => {
        if (n === 40) cache.page = Buffer.alloc(1e6, 'page ').toString('latin1');
        else lines.push(Buffer.from('a text of its own, number ' + n).toString('latin1'));
      };`,
    name: 'string',
    rate: 1,
    path: /variable lines\[\] -> string$/,
  },
  {
    leak: 'texts, while more of them go elsewhere',
    code: `const text = (kind, n) => Buffer.from('a text that ' + kind + ', number ' + n).toString('latin1');
      const going = Array.from({ length: 1000 }, (_, n) => text('goes', n)); const lines = [];
      export const iterate = n => { lines.push(text('stays', n)); going.splice(0, 3); };`,
    name: 'string',
    rate: 1,
    path: /variable lines\[\] -> string$/,
  },
  {
    leak: 'an array of numbers',
    code: `const latencies = [0.5];
      export const iterate = n => { for (let k = 0; k < 9; k++) latencies.push(n + 0.1); };`,
    name: 'array store',
    rate: 0,
    path: /variable latencies -> array store$/,
  },
  {
    leak: 'a Set of numbers',
    code: `const seen = new Set();
      export const iterate = n => { for (let k = 0; k < 9; k++) seen.add(n * 9 + k); };`,
    name: 'table store',
    rate: 0,
    path: /variable seen Set -> table$/,
  },
  {
    leak: 'a buffer that is replaced by a larger one',
    code: `const log = { bytes: Buffer.alloc(5000) };
      export const iterate = () => { log.bytes = Buffer.concat([log.bytes, Buffer.alloc(1000)]); };`,
    name: 'Buffer',
    rate: 0,
    path: /variable log\.bytes -> Buffer$/,
  },
  {
    leak: 'texts',
    code: `const lines = {};
      export const iterate = n => { lines['line ' + n] = Buffer.from('a text of its own, number ' + n).toString('latin1'); };`,
    name: 'string',
    rate: 2,
    path: /variable lines\[key\] -> string$/,
  },
  {
    leak: 'generators that are left',
    code: `const open = [];
      function* pages(n) { yield n; yield n + 1; }
      export const iterate = n => { const cursor = pages(n); cursor.next(); open.push(cursor); };`,
    name: 'generator pages()',
    rate: 1,
    path: /variable open\[\] -> generator pages\(\)$/,
  },
  {
    leak: 'callbacks bound to an asynchronous context',
    code: `import { AsyncLocalStorage } from 'node:async_hooks';
      const storage = new AsyncLocalStorage(); const waiting = [];
      export const iterate = n => storage.run({ trace: n }, () => {
        waiting.push(() => storage.getStore());
      });`,
    name: 'function',
    rate: 1,
    path: /variable waiting\[\] -> closure \(anonymous\)$/,
    defined: [4, ''],
  },
  {
    leak: 'objects in the store of an asynchronous context',
    code: `import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
      const storage = new AsyncLocalStorage();
      const job = storage.run({ seen: [] }, () => new AsyncResource('job'));
      export const iterate = n => job.runInAsyncScope(() => storage.getStore().seen.push({ at: n }));`,
    name: 'Object {at}',
    rate: 1,
    // Node 24 has frames of contexts for it.
    path: /variable job.*(\.\(store of an AsyncLocalStorage\)|AsyncContextFrame.*)\.seen\[\] -> Object \{at\}$/,
  },
  {
    leak: 'a list whose links hold one another',
    code: `let state = null;
      export const iterate = n => { state = { total: n, previous: state }; };`,
    name: 'Object {total, previous}',
    rate: 1,
    path: /variable state -> Object \{total, previous\}, each held by another \(previous\)$/,
  },
  {
    leak: 'objects of which each has a key of its own',
    code: `const audit = [];
      export const iterate = n => { audit.push({ ['user' + n]: { at: n } }); };`,
    name: 'Object',
    rate: 1,
    path: /variable audit\[\] -> Object$/,
  },
  {
    leak: 'objects in one of three lists that an object has by names',
    code: `const store = { state: { users: [], log: [], tags: [] } };
      export const iterate = n => {
        const { users, log, tags } = store.state;
        store.state = { users: [...users.slice(1), n], log: [...log, { type: 'login', at: n }], tags: [...tags] };
      };`,
    name: 'Object {type, at}',
    rate: 1,
    path: /variable store\.state\.log\[\] -> Object \{type, at\}$/,
  },
  {
    leak: 'objects in a dictionary that is copied with each, and which V8 describes as it does others',
    code: `class Session { constructor(id) { this.id = id; } }
      let state = {};
      export const iterate = n => { state = { ...state, ['user' + n]: new Session(n) }; };`,
    name: 'Session',
    rate: 1,
    path: /variable state\[key\] -> Session/,
  },
  {
    leak: 'objects with keys of their own, one after another in an object of which there is none alike',
    code: `const app = { services: { cache: { last: undefined, ttl: 3 }, name: 'x' }, port: 1 };
      export const iterate = n => {
        const before = app.services.cache.last;
        app.services.cache.last = { ['k' + n]: 'value ' + n, ['before' + n]: before };
      };`,
    name: 'Object',
    rate: 1,
    path: /variable app\.services\.cache\.last -> Object/,
  },
  {
    leak: "objects in a class of the program that is called like that of Node's modules",
    code: `class Module { warnings = []; constructor(filename) { this.filename = filename; } }
      const graph = new Map([['a', new Module('/virtual/a.js')]]);
      export const iterate = n => { graph.get('a').warnings.push({ line: n, text: 'unused' }); };`,
    name: 'Object {line, text}',
    rate: 1,
    path: /variable graph Map -> entry -> Module\.warnings\[\] -> Object \{line, text\}$/,
  },
  {
    leak: 'a list of a hundred thousand links and more, each of which is asked for its holder',
    code: `let head;
      export const iterate = n => { for (let k = 0; k < 100; k++) head = { next: head }; };`,
    name: 'Object {next}',
    rate: 100,
    path: /variable head -> Object \{next\}, each held by another \(next\)$/,
  },
  {
    leak: 'objects with symbols for names, in a list of such an object',
    code: `const hooks = Symbol.for('hooks');
      const server = { [hooks]: [], name: 'server' };
      export const iterate = n => { server[hooks].push({ [Symbol.for('at')]: n, [hooks]: 'hook ' + n }); };`,
    name: 'Object {[at], [hooks]}',
    rate: 1,
    path: /variable server\[hooks\]\[\] -> Object \{\[at\], \[hooks\]\}$/,
  },
  {
    leak: 'symbols',
    code: `export const iterate = n => Symbol.for('request ' + n);`,
    name: 'symbol',
    rate: 1,
    path: /^registry of Symbol\.for\(\) -> symbol$/,
  },
  {
    leak: 'values in a WeakMap whose keys are kept elsewhere',
    code: `const notes = new WeakMap(); const routes = [];
      export const iterate = n => { const route = { path: '/' + n }; routes.push(route); notes.set(route, { hits: [n] }); };`,
    name: 'Object {path}',
    rate: 1,
    path: /variable routes\[\] -> Object \{path\}$/,
  },
  {
    leak: 'long texts in a WeakMap, whose table V8 does not name then',
    code: `const pages = new WeakMap(); const routes = [];
      const page = n => Buffer.alloc(3000, 'x').toString('latin1', 0, 2000 + n);
      export const iterate = n => { const route = { path: '/' + n }; routes.push(route); pages.set(route, page(n)); };`,
    name: 'Object {path}',
    rate: 1,
    path: /variable routes\[\] -> Object \{path\}$/,
    holds: 'string',
  },
  {
    leak: 'objects in a CommonJS module',
    code: `const cache = {};
      exports.iterate = n => { cache['k' + n] = { body: 'x' + n }; };`,
    name: 'Object {body}',
    rate: 1,
    path: /^module .*leak\.cjs -> exports\.iterate -> closure \(anonymous\) -> variable cache\[key\] -> Object \{body\}$/,
    extension: 'cjs',
  },
  {
    leak: "objects in a class of the program that is called like one of Node's",
    code: `class ModuleLoader { loaded = new Map(); }
      const loader = new ModuleLoader();
      export const iterate = n => { loader.loaded.set(n, { path: '/' + n }); };`,
    name: 'Object {path}',
    rate: 1,
    path: /variable loader -> ModuleLoader\.loaded Map -> entry -> Object \{path\}$/,
  },
  {
    leak: 'modules that are loaded again and again',
    code: `import { writeFileSync } from 'node:fs';
      const plugin = new URL('plugin.mjs', import.meta.url).href;
      writeFileSync(new URL(plugin), 'export const rules = [];');
      export const iterate = n => import(plugin + '?version=' + n);`,
    name: 'ES module',
    rate: 1,
    path: /^ES module loader.* -> entry -> ES module "plugin\.mjs"$/,
  },
  {
    leak: 'modules that have no file',
    code: `export const iterate = n => import('data:text/javascript,export const n = ' + n);`,
    name: 'ES module',
    rate: 1,
    path: /^ES module loader.* -> entry -> ES module "data:text\/javascript,/,
  },
  {
    leak: 'small objects, a function of which pins rows that it never reads',
    code: `const finished = [];
      export const iterate = n => {
        const rows = Array.from({ length: 50 }, (_, k) => ({ k, n }));
        const count = () => rows.length;
        finished.push({ total: count(), toString: () => 'job ' + n });
      };`,
    name: 'Object {total, toString}',
    rate: 1,
    path: /variable finished\[\] -> Object \{total, toString\}\.toString -> closure toString\(\) -> variable rows -> Array$/,
  },
  {
    leak: 'two of them in every iteration and many parts of each',
    code: `class Row { constructor(n) { this.n = n + 0.5; } }
      class Table { constructor(n) { this.rows = Array.from({ length: 20 }, () => new Row(n)); } }
      globalThis.tables = [];
      export const iterate = n => { globalThis.tables.push(new Table(n), new Table(n)); };`,
    name: 'Table',
    rate: 2,
    path: /^globalThis\.tables\[\] -> Table$/,
    defined: [2, 'Table'],
  },
];

describe('what grew between heap snapshots', { concurrent: true, timeout: 60_000 }, () => {
  test.each(CASES)('$leak', async ({ code, name, rate, path, defined, holds, extension = 'mjs' }) => {
    const file = write(`leak.${extension}`, code);
    const [first] = await explained(file);
    expect(first?.name).toMatch(typeof name === 'string' ? new RegExp(`^${quoted(name)}$`) : name);
    expect(first?.perIteration).toBe(rate);
    expect(first?.exact).toBe(rate > 0);
    expect(pathsOf(first)[0]).toMatch(path);
    if (holds) expect(first?.with.map(one => one.name)).toContain(holds);
    if (defined) {
      expect(first?.defined).toMatchObject({ file, line: defined[0], function: defined[1] });
    }
  });

  test('of rows that are replaced the history that keeps one in five, not the table that the new ones are in', async () => {
    const file = write(
      'leak.mjs',
      `class Row { constructor(id) { this.id = id; } }
      const rows = Array.from({ length: 2000 }, (_, id) => new Row(id));
      const past = [];
      export const iterate = n => {
        if (n % 5 === 0) past.push(rows[n % 2000]);
        rows[n % 2000] = new Row(n % 2000);
      };`,
    );
    const [first] = await explained(file);
    expect(first?.name).toBe('Row');
    expect(pathsOf(first)).toEqual([expect.stringMatching(/variable past\[\] -> Row$/)]);
  });

  test('of texts their own list, though a table became fuller whose keys are older texts', async () => {
    const file = write(
      'leak.mjs',
      `const users = new Map(Array.from({ length: 2000 }, (_, n) => ['user ' + n, {}]));
      const names = [];
      export const iterate = n => {
        names.push('name of ' + n);
        users.set(n, { id: n });
      };`,
    );
    const kept = await explained(file);
    expect(kept.flatMap(pathsOf)).toContainEqual(expect.stringMatching(/variable names\[\] -> string$/));
  });

  test.each([
    [
      'the line that names its file',
      `import { writeFileSync } from 'node:fs';
      writeFileSync(new URL('+page (1).mjs', import.meta.url), 'export const rules = [];');
      export const iterate = n => import('./+page (1).mjs?version=' + n);
      export const other = () => import('./other.mjs');`,
      [3],
    ],
    [
      'none of several that may be it',
      `import { writeFileSync } from 'node:fs';
      const plugin = new URL('plugin.mjs', import.meta.url).href;
      writeFileSync(new URL(plugin), 'export const rules = [];');
      export const iterate = n => import(plugin + '?version=' + n);
      export const other = path => import(path);`,
      undefined,
    ],
  ])('of a module that is imported anew: %s', async (_, code, lines) => {
    const file = write('leak.mjs', code);
    const [first] = await explained(file);
    expect(first?.name).toBe('ES module');
    const added = first?.paths[0]?.added;
    expect(added?.map(at => at.line)).toEqual(lines);
    for (const at of added ?? []) expect(at.file).toBe(file);
  });

  test("of objects that only Node's code leads to the line by which they hold one another", async () => {
    const file = write(
      'leak.mjs',
      `import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
      const current = new AsyncLocalStorage();
      const queue = { waiting: null };
      const next = () => { queue.waiting = AsyncResource.bind(handle); };
      const handle = n => current.run({ name: 'job ' + n, before: current.getStore() }, next);
      next();
      export const iterate = n => {
        const callback = queue.waiting;
        callback(n);
      };`,
    );
    const [first] = await explained(file);
    expect(first?.name).toBe('Object {name, before}');
    expect(first?.paths[0]?.added).toMatchObject([{ file, line: 5 }]);
  });

  test('of symbols in the registry the line that puts them there, not one of a symbol that is always the same', async () => {
    const file = write(
      'leak.mjs',
      `const hooks = Symbol.for( 'hooks' );
      const tags = { for: name => name };
      const Tag = { Symbol: tags };
      export const iterate = n => {
        Tag.Symbol.for(n);
        return [Symbol.for(\`request/\${n}\`), hooks];
      };`,
    );
    const [first] = await explained(file);
    expect(first?.name).toBe('symbol');
    expect(first?.paths[0]?.added).toMatchObject([{ file, line: 6 }]);
  });

  test('of a chain what made it longer, not all that its newest link holds', async () => {
    const [first] = await explained(
      write(
        'leak.mjs',
        `let newest = null;
        for (let n = 0; n < 10_000; n++) newest = { total: n, previous: newest };
        export const iterate = n => { newest = { total: n, previous: newest }; };`,
      ),
    );
    expect(first?.name).toBe('Object {total, previous}');
    expect(first?.retained).toBeLessThan(100);
  });

  test.each<[what: string, lines: number[] | undefined, code: string]>([
    [
      'a Map',
      [3],
      `const sessions = new Map();
      export const iterate = n => {
        sessions.set(n, { user: n });
      };`,
    ],
    [
      'a private list of a class',
      [4],
      `class Pool {
        #open = [];
        // this.#open.push(nothing)
        take(n) { this.#open.push({ client: n }); }
      }
      export const pool = new Pool();
      export const iterate = n => pool.take(n);`,
    ],
    [
      'an object by keys',
      [2],
      `const pending = {};
      export const iterate = n => { pending['call ' + n] ??= { sent: n }; };`,
    ],
    [
      'a list that is copied, not where another is',
      [4],
      `export const state = { rows: [] };
      export const restore = arrows => { state.rows = [...arrows]; };
      export const iterate = n => {
        state.rows = [...state.rows, { row: n }];
      };`,
    ],
    [
      'a field taken into a variable of its name',
      [4],
      `class Log { warnings = []; }
      export const log = new Log();
      export const iterate = n => {
        const { warnings } = log; warnings.push({ at: n });
      };`,
    ],
    [
      'a Map by the name of a variable that takes it',
      [5],
      `class Rows {
        #byUser = new Map();
        take(n) {
          const { size } = this.#byUser, rows = []; const table = this.#byUser;
          if (size >= 0) table.set(n, { row: n, rows });
        }
        drop(table) { table.set(0, undefined); }
      }
      export const rows = new Rows();
      export const iterate = n => rows.take(n);`,
    ],
    [
      'a Map of Sets by the name of a variable that takes it, not another function in which that is called alike',
      [6],
      `class Rows {
        byUser = new Map();
        seen = new Map();
        take(n) {
          const table = this.byUser;
          if (!table.has(n)) table.set(n, new Set([n]));
          return () => { const seen = this; seen.take = () => table; };
        }
        drop(n) { const table = new Map(); table.set(n, undefined); }
      }
      export const rows = new Rows();
      export const iterate = n => rows.take(n);`,
    ],
    [
      'a list by the name that destructuring gives it',
      [4],
      `export const state = { rows: [] };
      export const iterate = n => {
        const { rows: list } = state;
        list.push({ row: n });
      };`,
    ],
    [
      'a Map that is handed to a function which adds to it, not one that reads it',
      [8, 12],
      `function entryOf(key, table) {
        if (!table.has(key)) table.set(key, { key });
        return table.get(key);
      }
      const find = (table, key) => table.get(key);
      class Rooms {
        byName = new Map();
        enter(n) { return entryOf(n, this.byName); }
        has(n) { return find(this.byName, n) !== undefined && entryOf(n, new Map([...this.byName])); }
        leave(n) {
          return entryOf(
            String(n), this.byName
          );
        }
      }
      export const rooms = new Rooms();
      export const iterate = n => rooms.enter(n);`,
    ],
    [
      'Sets in a Map that is handed to a method',
      [6],
      `export class Rooms {
        #sids = new Map();
        #setOf(table, key) {
          let set = table.get(key); if (!set) table.set(key, (set = new Set())); return set;
        }
        enter(n) { this.#setOf(this.#sids, n % 3).add({ n }); }
      }
      export const rooms = new Rooms();
      export const iterate = n => rooms.enter(n);`,
    ],
    [
      'a list that is handed to a function which does not say that it adds to it',
      undefined,
      `const put = (n, ...to) => to[0].push({ n });
      const first = (list, n) => list.find(one => one.n === n);
      const all = { list: [] };
      export const iterate = n => {
        first(all.list, n);
        put(n, all.list);
      };`,
    ],
    [
      'a list, not those that clear, filter or take it over',
      [5],
      `class Pool {
        constructor(rows = []) { this.rows = rows; } // this.rows.push is below
        prune() { this.rows = this.rows.filter(row => row.n < 0); this.rows.splice(0, 10); }
        clear() { this.rows[0] = undefined; }
        add(n) { this.rows.push({ n }); }
      }
      export const pool = new Pool();
      export const iterate = n => pool.add(n);`,
    ],
    [
      'a chain',
      [4],
      `class History { current = null; reset() { this.current = null; } }
      export const history = new History();
      export const iterate = n => {
        history.current = { step: n, before: history.current };
      };`,
    ],
    [
      'a chain, and the line that links it, not one that takes a link out',
      [6, 2],
      `class Generation {
        constructor(previous) { this.previous = previous; }
        skip() { this.previous = this.previous.previous; }
      }
      const instance = { current: undefined };
      export const iterate = () => { instance.current = new Generation(instance.current); };`,
    ],
    [
      'a list that an object has by a symbol, by the name of a variable that takes it',
      [4],
      `const HISTORY = Symbol('history');
      const app = new Map(); app[HISTORY] = [];
      export const configure = () => app.set('title', 'x');
      export const iterate = n => { const seen = app[HISTORY]; seen.push({ at: n }); };`,
    ],
    [
      'a list that an object has by a symbol',
      [3],
      `const SPANS = Symbol('app.spans');
      const begin = client => { client[SPANS] = []; };
      const add = (client, n) => { client[SPANS].push({ at: n }); };
      const client = {};
      begin(client);
      export const iterate = n => add(client, n);`,
    ],
    [
      'a list in which others were kept, not where it is copied without some',
      [3],
      `class Ledger {
        entries = [];
        book(n) { this.entries.push([n, 'entry ' + n]); }
        compact() { this.entries = this.entries.filter(([n]) => n >= 0); }
      }
      const ledger = new Ledger();
      export const iterate = n => { ledger.book(n); ledger.compact(); };`,
    ],
    [
      'a chain by its newest link, not by its end, and not where links are taken out or declared',
      [9],
      `class Link { newer; constructor(n) { this.n = n; } }
      class Chain {
        #newest;
        #oldest;
        evict() {
          this.#oldest = this.#oldest.newer;
        }
        add(link) {
          if (this.#newest) this.#newest.newer = link;
          this.#newest = link;
          this.#oldest ??= link;
        }
      }
      const chain = new Chain();
      export const iterate = n => chain.add(new Link(n));`,
    ],
    [
      'a registry of finalizers, whose value holds its target',
      [3],
      `const registry = new FinalizationRegistry(clean => clean());
      class Session { constructor(n) { this.n = n; } }
      const open = n => { const session = new Session(n); registry.register(session, () => session.n); };
      export const iterate = n => open(n);`,
    ],
    [
      'a list that is copied whenever something is added or removed',
      [3],
      `let listeners = [];
      const add = listener => {
        listeners = [...listeners, listener];
      };
      const remove = listener => { listeners = listeners.filter(one => one !== listener); };
      export const iterate = n => {
        const once = { run: [n], n }; add(once); remove(once);
        add({ run: [n], n });
      };`,
    ],
    [
      'a list within a Map, not one beside it on another line',
      [3],
      `const byUser = new Map(); const stats = [[]];
      export const iterate = n => { add(n % 3, n); if (byUser.has(n) && byUser.get(n)) stats[0].push(1); };
      function add(user, n) { const list = byUser.get(user) ?? []; list.push({ visit: n });
        byUser.set(user, list); }`,
    ],
    [
      'a list within a Map',
      [2],
      `const waiting = new Map([['row', []]]);
      export const iterate = n => { waiting.get('row').push({ owner: n }); };
      export const drop = () => waiting.set('row', []);`,
    ],
    [
      'an object by Object.assign()',
      [3],
      `class Config {
        #values = {};
        assign(more) { Object.assign(this.#values, more); }
      }
      const config = new Config();
      export const iterate = n => config.assign({ ['key' + n]: { value: n } });`,
    ],
    [
      'a list in the middle',
      [2],
      `const queue = [{ priority: -1 }];
      export const iterate = n => { queue.splice(1, 0, { priority: n }); };
      export const drop = () => { for (const one of queue.splice(0)) check(one, 1, 2); };
      export const take = one => queue.splice(queue.indexOf(one), 1).map(two => Object.is(one, two, 3));`,
    ],
    [
      'a chain, which is begun elsewhere',
      [4],
      `class Machine {
        constructor() { this.state = { name: 'new', previous: null }; }
        go(name) {
          this.state = { name, previous: this.state };
        }
      }
      const machine = new Machine();
      export const iterate = n => machine.go('state ' + n);`,
    ],
    [
      'a Set that is made where it is put into a Map',
      [5],
      `const readers = new Map();
      export const iterate = n => {
        let list = readers.get(n % 3);
        if (!list) readers.set(n % 3, (list = new Set()));
        list.add({ reader: n });
      };`,
    ],
    [
      'a Set that an object has by keys',
      [2],
      `const byUser = {};
      export const iterate = n => { (byUser['user ' + (n % 3)] ??= new Set()).add({ session: n }); };`,
    ],
    [
      'a list in a Map by a name of its own',
      [4],
      `class Locks {
        waiting = new Map();
        wait(row, owner) {
          const queue = this.waiting.get(row) ?? []; queue.push({ owner });
          this.waiting.set(row, queue);
        }
      }
      export const locks = new Locks();
      export const iterate = n => locks.wait(n % 3, n);`,
    ],
    [
      'a list of a list, whose lines are not told by a name',
      undefined,
      `export const byUser = { ann: new Set() };
      const users = new Map([['ann', byUser.ann]]); delete byUser.ann;
      const all = new Map([['users', users]]);
      export const iterate = n => { all.get('users').get('ann').add({ session: n }); };`,
    ],
  ])('and the lines that put it into %s', async (_, lines, code) => {
    const file = write('leak.mjs', code);
    const [first] = await explained(file);
    expect(first?.perIteration).toBe(1);
    expect(first?.paths[0]?.added?.map(({ line }) => line)).toEqual(lines);
    for (const added of first?.paths[0]?.added ?? []) expect(added.file).toBe(file);
  });

  test('and the lines of the class that another extends, not those that add to a list of that name', async () => {
    const base = write(
      'base.mjs',
      `export class Base {
        records = new Map();
        save(n, row) { this.records.set(n, row); }
      }`,
    );
    const file = write(
      'leak.mjs',
      `import { Base } from ${JSON.stringify(pathToFileURL(base).href)};
      class Users extends Base {
        create(n) { const records = []; records.push(n); this.save(n, { name: 'n' + n, count: records.length }); }
      }
      const users = new Users();
      export const iterate = n => users.create(n);`,
    );
    const [first] = await explained(file);
    expect(pathsOf(first)[0]).toMatch(
      /variable users -> Users\.records Map -> entry -> Object \{name, count\}$/,
    );
    expect(first?.paths[0]?.added).toMatchObject([{ file: base, line: 3 }]);
  });

  test('and no lines of the class that another extends where many of its own do so', async () => {
    const base = write('base.mjs', 'export class Base {\n  log(items, x) { items.push(x); }\n}');
    const file = write(
      'leak.mjs',
      `import { Base } from ${JSON.stringify(pathToFileURL(base).href)};
      class Sub extends Base {
        items = [];
        a(n) { this.items.push({ n }); }
        b(n) { this.items.push({ n }); }
        c(n) { this.items.push({ n }); }
        d(n) { this.items.push({ n }); }
      }
      const sub = new Sub();
      export const iterate = n => sub.a(n);`,
    );
    const [first] = await explained(file);
    expect(pathsOf(first)[0]).toMatch(/variable sub -> Sub\.items\[\] -> Object \{n\}$/);
    expect(first?.paths[0]?.added).toBeUndefined();
  });

  test.each(['Promise.race([this.closed, given])', 'this.closed.then(() => given)'])(
    'and the line that waits for a promise that stays: %s',
    async waits => {
      const file = write(
        'leak.mjs',
        `class Server {
        closed = new Promise(() => {});
        isClosing() { return this.closed === undefined; }
        answer(given) {
          return ${waits};
        }
      }
      const server = new Server();
      export const iterate = n => { void server.answer({ n }); };`,
      );
      const [first] = await explained(file);
      expect(pathsOf(first)[0]).toMatch(/variable server -> Server\.closed -> Promise reaction -> /);
      expect(first?.paths[0]?.added).toMatchObject([{ file, line: 5 }]);
    },
  );

  test('and no line of a comment, nor of a text of several lines', async () => {
    const file = write(
      'leak.mjs',
      `const registry = new Map();
      /*
         registry.set(id, body);
      */
      const help = \`
        registry.set(key, value)  keeps a value
      \`;
      export const iterate = n => { registry.set(n, { help }); };`,
    );
    const [first] = await explained(file);
    expect(first?.paths[0]?.added).toMatchObject([{ file, line: 8 }]);
  });

  test('and the line that adds to a text, not one that begins it anew', async () => {
    const file = write(
      'leak.mjs',
      `let log = 'begun';
      const write = n => { log += 'a line, and it is number ' + n; };
      export const reset = () => { log = ''; };
      export const iterate = n => write(n);`,
    );
    const [first] = await explained(file);
    expect(pathsOf(first)[0]).toMatch(/variable log -> string$/);
    expect(first?.paths[0]?.added).toMatchObject([{ file, line: 2 }]);
  });

  test.each([
    [
      'a field',
      'export const begin = (target, n) => { target.spans.push({ n }); };',
      'class Client { spans = []; }',
    ],
    [
      'what it has by a symbol',
      `const SPANS = Symbol('app.spans'); export const begin = (target, n) => { target[SPANS].push({ n }); }; export const set = target => { target[SPANS] = []; };`,
      'class Client { constructor() { set(this); } }',
    ],
  ])(
    'and the lines of another file that set %s of an object that is passed to it',
    async (_, code, holder) => {
      const spans = write('spans.mjs', code);
      const file = write(
        'leak.mjs',
        `import * as passed from ${JSON.stringify(pathToFileURL(spans).href)};
      const { begin, set } = passed;
      ${holder}
      const client = new Client();
      export const iterate = n => begin(client, n);`,
      );
      const [first] = await explained(file);
      expect(pathsOf(first)[0]).toMatch(
        /variable client -> Client(\.spans|\[app\.spans\])\[\] -> Object \{n\}$/,
      );
      expect(first?.paths[0]?.added).toMatchObject([{ file: spans, line: 1 }]);
    },
  );

  test('values in a WeakMap whose key stays, by its name and the lines of the module that has it', async () => {
    const metadata = write(
      'metadata.mjs',
      `const metadata = new WeakMap();
      export function note(key, n) {
        if (!metadata.has(key)) metadata.set(key, { notes: [] });
        metadata.get(key).notes.push({ at: n });
      }`,
    );
    const file = write(
      'leak.mjs',
      `import { note } from ${JSON.stringify(pathToFileURL(metadata).href)};
      const route = { path: '/' };
      export const iterate = n => note(route, n);`,
    );
    const [first] = await explained(file);
    expect(first?.name).toBe('Object {at}');
    expect(pathsOf(first)[0]).toMatch(
      /variable route -> \(value in WeakMap metadata\)\.notes\[\] -> Object \{at\}$/,
    );
    expect(first?.paths[0]?.added).toMatchObject([{ file: metadata, line: 4 }]);
  });

  test('and the line by the name of what has a key, where the source never writes the key', async () => {
    const file = write(
      'leak.mjs',
      `const subscribers = {};
      const subscribe = (topic, run) => {
        (subscribers[topic] ??= new Set()).add({ run });
      };
      // Such as the theme.
      export const iterate = n => subscribe('theme', n);`,
    );
    const [first] = await explained(file);
    expect(pathsOf(first)[0]).toMatch(/variable subscribers\.theme Set -> entry -> Object \{run\}$/);
    expect(first?.paths[0]?.added).toMatchObject([{ file, line: 3 }]);
  });

  test.each<[what: string, index: string]>([
    ['imports it', "export { sessions, opened } from './registry.mjs';"],
    ['imports it with all that another exports', "export * from './registry.mjs';"],
    [
      'imports what it exports',
      "import { sessions, opened } from './registry.mjs'; export { sessions, opened };",
    ],
  ])('a variable that a module exports, by its own name also where another %s', async (_, index) => {
    const registry = write(
      'registry.mjs',
      `const all = new Set();
      export const sessions = new Map();
      export { all as opened };
      export const admit = n => sessions.set('a' + n, n);`,
    );
    const between = write('index.mjs', index.replace('./registry.mjs', pathToFileURL(registry).href));
    const file = write(
      'leak.mjs',
      `import { opened, sessions } from ${JSON.stringify(pathToFileURL(between).href)};
      export const iterate = n => {
        sessions.set('s' + n, { user: n });
        opened.add({ at: n });
      };`,
    );
    const found = await explained(file);
    const session = found.find(({ name }) => name === 'Object {user}');
    expect(pathsOf(session)[0]).toMatch(
      /^module \S*registry\.mjs -> variable sessions Map -> entry -> Object/,
    );
    expect(session?.paths[0]?.added).toMatchObject([
      { file: registry, line: 4 },
      { file, line: 3 },
    ]);
    const opened = found.find(({ name }) => name === 'Object {at}');
    expect(pathsOf(opened)[0]).toMatch(/^module \S*registry\.mjs -> variable opened Set -> entry -> Object/);
    expect(opened?.paths[0]?.added).toMatchObject([{ file, line: 4 }]);
  });

  test.each<
    [how: string, store: string, importer: string, found: readonly (readonly [file: string, line: number])[]]
  >([
    [
      'by another name, beside a variable of its own that is called so',
      'export const cache = new Map();',
      `import { cache as pages } from STORE;
      const cache = new Map();
      export const iterate = n => { cache.set('last', n); pages.set(n, { page: n }); };`,
      [['leak.mjs', 3]],
    ],
    [
      'with all that the module exports',
      'export const sessions = new Map();',
      `import * as store from STORE;
      export const iterate = n => { store.sessions.set(n, { page: n }); };`,
      [['leak.mjs', 2]],
    ],
    [
      'and sets a field of it, beside a variable that is called like the field',
      'export const store = { items: [] };',
      `import { store } from STORE;
      const items = [];
      export const iterate = n => { items.push(n); items.pop(); store.items.push({ page: n }); };`,
      [['leak.mjs', 3]],
    ],
    [
      'and has a variable that is called like one that only the module has',
      `const cache = new Map();
      export const api = { get(n) { cache.set(n, { page: n }); } };`,
      `import { api } from STORE;
      const cache = new Map();
      export const iterate = n => { api.get(n); cache.set('last', n); };`,
      [['store.mjs', 2]],
    ],
  ])('and lines of a module that imports it %s', async (_, store, importer, found) => {
    const stored = write('store.mjs', store);
    const file = write('leak.mjs', importer.replace('STORE', JSON.stringify(pathToFileURL(stored).href)));
    const [first] = await explained(file);
    expect(first?.name).toBe('Object {page}');
    const files = new Map([
      ['store.mjs', stored],
      ['leak.mjs', file],
    ]);
    expect(first?.paths[0]?.added?.map(at => [at.file, at.line])).toEqual(
      found.map(([name, line]) => [files.get(name), line]),
    );
  });

  test.each([
    [
      'under another name',
      `export { cache as pages } from STORE;`,
      `import { pages as all } from BARREL;
      export const iterate = n => { all.set(n, { page: n }); };`,
    ],
    [
      'under another name, asked for with all that it exports',
      `export { cache as pages } from STORE;`,
      `import * as api from BARREL;
      export const iterate = n => { api.pages.set(n, { page: n }); };`,
    ],
    [
      'with all that the other exports',
      `export * from STORE;`,
      `import * as api from BARREL;
      export const iterate = n => { api.cache.set(n, { page: n }); };`,
    ],
    [
      'which imports it first',
      `import { cache } from STORE;
      export { cache as pages };`,
      `import { pages } from BARREL;
      export const iterate = n => { pages.set(n, { page: n }); };`,
    ],
  ])('and lines of a module that has it from one that exports it again %s', async (_, barrel, importer) => {
    const urlOf = (path: string) => JSON.stringify(pathToFileURL(path).href);
    const stored = write('store.mjs', 'export const cache = new Map();');
    const between = write('barrel.mjs', barrel.replace('STORE', urlOf(stored)));
    const file = write('leak.mjs', importer.replace('BARREL', urlOf(between)));
    const [first] = await explained(file);
    expect(pathsOf(first)[0]).toMatch(
      /module \S*store\.mjs -> variable cache Map -> entry -> Object \{page\}$/,
    );
    expect(first?.paths[0]?.added).toMatchObject([{ file, line: 2 }]);
  });

  test('the module that has a variable, also of two that import each other', async () => {
    const other = write('other.mjs', '');
    const file = write(
      'leak.mjs',
      `import { inOther } from ${JSON.stringify(pathToFileURL(other).href)};
      export const own = [];
      export const iterate = n => { inOther.push({ n }); };`,
    );
    writeFileSync(
      other,
      `import { own } from ${JSON.stringify(pathToFileURL(file).href)};
      export const inOther = [];
      export const use = n => own.push(n);`,
    );
    const [first] = await explained(file);
    expect(pathsOf(first)[0]).toMatch(/^module \S*other\.mjs -> variable inOther\[\] -> Object \{n\}$/);
  });

  test.each<[what: string, code: string, names: readonly string[]]>([
    [
      'lists of their own',
      `let undo, audit;
      export const iterate = n => { undo = { state: n, at: n, previous: undo }; audit = { state: n, at: n, next: audit }; };`,
      ['Object {state, at, next}', 'Object {state, at, previous}'],
    ],
    [
      'one Map and have next to nothing in common',
      `const cache = new Map();
      export const iterate = n => {
        cache.set('user' + n, { id: n, token: 't' + n, role: 'r' + n });
        cache.set('page' + n, { id: n, html: 'h' + n, etag: 'e' + n });
        cache.set('more' + n, { id: n, html: 'H' + n, etag: 'E' + n });
      };`,
      ['Object {id, html, etag}', 'Object {id, token, role}'],
    ],
  ])('plain objects as several things, where they are in %s', async (_, code, names) => {
    const found = await explained(write('leak.mjs', code));
    expect(found.map(({ name }) => name).sort()).toEqual(names);
  });

  test('all that hold objects with properties that are not always there', async () => {
    const [first] = await explained(
      write(
        'leak.mjs',
        `const events = []; const failures = [];
        export const iterate = n => {
          const event = n % 2 === 0 ? { id: 'e' + n, kind: 'k' } : { id: 'e' + n, kind: 'k', error: 'x' + n };
          (n % 5 === 1 ? failures : events).push(event);
        };`,
      ),
    );
    expect(first).toMatchObject({ name: 'Object {id, kind, …}', perIteration: 1 });
    expect(pathsOf(first).map(path => /variable (\w+)/.exec(path)?.[1])).toEqual(['events', 'failures']);
  });

  test('what a module exports without a name', async () => {
    const cache = write('cache.mjs', 'export default new Map();');
    const file = write(
      'leak.mjs',
      `import cache from ${JSON.stringify(pathToFileURL(cache).href)};
      export const iterate = n => { cache.set(n, { n }); };`,
    );
    expect(pathsOf((await explained(file))[0])[0]).toMatch(
      /^module \S*cache\.mjs -> default export Map -> entry -> Object \{n\}$/,
    );
  });

  test('objects of which some have more properties, as one', async () => {
    const [first, ...others] = await explained(
      write(
        'leak.mjs',
        `const events = [];
        export const iterate = n => {
          const event = { id: n, kind: 'k' + n };
          if (n % 3 === 0) event.user = { n };
          if (n % 4 === 0) event.code = n + 0.5;
          events.push(event);
        };`,
      ),
    );
    expect(first).toMatchObject({ perIteration: 1, exact: true });
    expect(first?.name).toMatch(/^Object \{id, kind, .*…\}$/);
    expect(pathsOf(first)[0]).toBe(pathsOf(first)[0]?.replace(/[^>]*$/, ` ${first?.name}`));
    expect(first?.with.map(({ name }) => name)).not.toContainEqual(
      expect.stringMatching(/^Object \{id, kind/),
    );
    expect(others).toEqual([]);
  });

  test('with a text that was put together from parts as one', async () => {
    const [first] = await explained(
      write(
        'leak.mjs',
        `const kept = [];
        export const iterate = n => { kept.push({ id: n, body: 'x'.repeat(1000) + n }); };`,
      ),
    );
    expect(first?.with).toEqual([{ name: 'string', perIteration: 1 }]);
  });

  test('the keys of a Map with its values', async () => {
    const [first, ...others] = await explained(
      write(
        'leak.mjs',
        `class Span { events = [{ at: 1 }]; }
        const active = new Map();
        export const iterate = n => { active.set({ url: '/' + n }, new Span()); };`,
      ),
    );
    expect(first?.name).toBe('Span');
    expect(first?.with.map(({ name }) => name)).toContain('Object {url}');
    expect(others).toEqual([]);
  });

  test('every tenth time, a rate that is no whole number', async () => {
    const [first] = await explained(
      write(
        'leak.mjs',
        `const kept = []; export const iterate = n => { if (n % 10 === 3) kept.push({ n }); };`,
      ),
    );
    expect(first).toMatchObject({ name: 'Object {n}', exact: false });
    expect(first?.perIteration).toBeCloseTo(0.1, 5);
  });

  test('texts, one to each old object, though something small is kept beside', async () => {
    const code = `const users = Array.from({ length: 400 }, (_, id) => ({ id, note: '' })); const small = [];
      export const iterate = n => {
        users[n % 400].note = Buffer.alloc(50_000, 'note ' + n).toString('latin1');
        if (n % 20 === 0) small.push({ at: n });
      };`;
    const found = await explained(write('leak.mjs', code));
    expect(found[0]?.name).toBe('string');
  });

  test('stores that are held alike are one, and leave room for others', async () => {
    const code = `const shards = Array.from({ length: 8 }, () => ({ rows: [] })); const log = { numbers: [] };
      export const iterate = n => {
        for (const { rows } of shards) for (let k = 0; k < 8; k++) rows.push(n);
        for (let k = 0; k < 4; k++) log.numbers.push(n);
      };`;
    const found = await explained(write('leak.mjs', code));
    expect(found.map(({ paths }) => paths[0]?.count)).toEqual([8, 1]);
    expect(pathsOf(found[1])[0]).toContain('log.numbers');
  });

  test('texts in lists, not the stores of the lists that grew now and then', async () => {
    const [first] = await explained(
      write(
        'leak.mjs',
        `const lists = new Map(Array.from({ length: 50 }, (_, key) => [key, []]));
        export const iterate = n => {
          lists.get(n % 50).push(Buffer.from('a text of its own, number ' + n).toString('latin1'));
          lists.get(0).push(Buffer.from('another text ' + n).toString('latin1'));
        };`,
      ),
    );
    expect(first?.name).toBe('string');
    expect(pathsOf(first)[0]).toMatch(/variable lists Map -> entry\[\] -> string$/);
  });

  test('texts, not the table beside them that is emptied and was fuller each time', async () => {
    const found = await explained(
      write(
        'leak.mjs',
        `const open = new Map(); const revoked = new Set(); let calls = 0;
        export const iterate = n => {
          if (++calls % 53 === 0) open.clear();
          for (let k = 0; k < 4; k++) open.set(n + k / 4, { at: n });
          if (n % 2 === 0) revoked.add(Buffer.from('a text of its own, number ' + n).toString('latin1'));
        };`,
      ),
    );
    expect(found[0]?.name).toBe('string');
    expect(found.map(({ name }) => name)).not.toContain('table store');
  });

  test('holders are told apart, those of more objects first', async () => {
    const [first] = await explained(
      write(
        'leak.mjs',
        `class Job {}; const failed = []; const late = new Map();
        export const iterate = n => { failed.push(new Job(), new Job()); late.set(n, new Job()); };`,
      ),
    );
    expect(first).toMatchObject({ name: 'Job', perIteration: 3 });
    expect(first?.paths.map(({ count }) => count)).toEqual([2 * ROUND, ROUND]);
    expect(pathsOf(first)[1]).toMatch(/variable late Map -> entry -> Job$/);
  });

  test('nothing, where nothing is kept but a cache that is full', async () => {
    const found = await explained(
      write(
        'steady.mjs',
        `const cache = new Map();
        export const iterate = n => { cache.set(n % 25, { body: 'x' + n }); return [n]; };`,
      ),
    );
    expect(found.filter(({ perIteration }) => perIteration > 0.1)).toEqual([]);
  });

  test('and nothing of a cache that became full, and holds other things since', async () => {
    const found = await explained(
      write(
        'replaced.mjs',
        `class Entry { constructor(n) { this.body = 'x' + n; } }
        const cache = new Map();
        let size = 10;
        export const iterate = n => {
          for (let key = 0; key < 20; key++) cache.set(n * 20 + key, new Entry(n));
          if (size < 100) size++;
          for (const key of cache.keys()) if (cache.size > size) cache.delete(key);
        };`,
      ),
    );
    expect(found.filter(({ name }) => name === 'Entry')).toEqual([]);
  });

  test('objects in a queue that loses its oldest, by how many more there are', async () => {
    const file = write(
      'queue.mjs',
      `class Row { constructor(n) { this.n = n; } }
      const dirty = [];
      export const iterate = n => {
        for (let row = 0; row < (n % 8 === 5 ? 25 : 20); row++) dirty.push(new Row(n));
        dirty.splice(0, 20);
      };`,
    );
    const [first] = await explained(file);
    expect(first).toMatchObject({ name: 'Row', exact: false });
    expect(first?.perIteration).toBeCloseTo(5 / 8, 1);
  });

  test("what the program keeps beside leakgate's own books, which its objects lead to", async () => {
    const books = new URL('../../dist/harness/ledger/site.js', import.meta.url).href;
    const found = await explained(
      write(
        'books.mjs',
        `import { Site } from ${JSON.stringify(books)};
        const sites = new WeakMap();
        export const tickets = [];
        export const iterate = n => {
          const ticket = { open: n };
          sites.set(ticket, new Site(n, ['frame ' + n, { place: 'line ' + n }]));
          tickets.push(ticket);
        };`,
      ),
    );
    expect(found.filter(({ perIteration }) => perIteration > 0.1).map(({ name }) => name)).toEqual([
      'Object {open}',
    ]);
    expect(found[0]?.with.map(({ name }) => name) ?? []).not.toContain('Site');
  });

  test('with the TypeScript line where there is a source map, in a minified bundle the place itself', async () => {
    const source = `interface Entry { key: string }

export class Cache {
  private readonly entries: Entry[] = [];
  keep(key: string): void { this.entries.push({ key }); this.listeners.push(() => key); }
  private readonly listeners: (() => string)[] = [];
}
const cache = new Cache();
export const iterate = (n: number) => cache.keep('key' + n);
class Ticket { constructor(readonly n: number) {} }
export const tickets: Ticket[] = [];
`;
    const { outputText, sourceMapText } = ts.transpileModule(
      source.replace('this.listeners.push(() => key)', 'tickets.push(new Ticket(1))'),
      {
        fileName: 'cache.ts',
        compilerOptions: { sourceMap: true, module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
      },
    );
    const file = write('cache.mjs', outputText.replace('cache.js.map', 'cache.mjs.map'));
    writeFileSync(`${file}.map`, sourceMapText ?? '');
    const found = await explained(file);
    const ticket = found.find(({ name }) => name === 'Ticket');
    expect(ticket?.defined).toMatchObject({
      file: file.replace('cache.mjs', 'cache.ts'),
      line: 10,
      function: 'Ticket',
    });
    expect(pathsOf(found.find(({ name }) => name === 'Object {key}'))[0]).toMatch(
      /Cache\.entries\[\] -> Object \{key\}$/,
    );

    const bundle = write(
      'min.mjs',
      `class t{constructor(t){this.k=t}}const e=[];export const iterate=n=>{e.push(new t(n))};`,
    );
    const [minified] = await explained(bundle);
    expect(minified).toMatchObject({ name: 't', perIteration: 1, defined: { file: bundle, line: 1 } });
    expect(pathsOf(minified)[0]).toMatch(/variable e\[\] -> t$/);
  });

  test('by the name and the line of the source, where a bundler shortened a name and says so', async () => {
    const file = write(
      'min.mjs',
      'const s=new Map;export const iterate=n=>{s.set(n,{page:n})};\n//# sourceMappingURL=min.mjs.map\n',
    );
    const source = file.replace('min.mjs', 'long.mjs');
    writeFileSync(
      source,
      `const sessions = new Map();
export const iterate = page => {
  sessions.set(page, { page });
};
`,
    );
    const mappings = 'AAAA,MAAMA,EAAW,QACjB,aAAa,QAAUC,IACrBD,CAAQ,KAAKC,QAAQA';
    const map = { version: 3, sources: ['long.mjs'], names: ['sessions', 'page'], mappings };
    writeFileSync(`${file}.map`, JSON.stringify(map));
    const [first] = await explained(file);
    expect(pathsOf(first)[0]).toMatch(/long\.mjs -> variable sessions Map -> entry -> Object \{page\}$/);
    expect(first?.paths[0]?.added).toMatchObject([{ file: source, line: 3 }]);
  });

  test('with the stack of the allocation where V8 was told to note it', async () => {
    const file = write(
      'leak.mjs',
      `const kept = [];
      function create(n) { return { order: n }; }
      function handle(n) { kept.push(create(n)); }
      export const iterate = n => handle(n);`,
    );
    const [first] = await explained(file, ['traces']);
    expect(first?.name).toBe('Object {order}');
    expect(first?.allocated?.slice(0, 3).map(frame => [frame.function, frame.line])).toEqual([
      ['create', 2],
      ['handle', 3],
      ['iterate', 4],
    ]);
  });

  test('or in one line why there is no answer', async () => {
    const path = write('broken.heapsnapshot', '{"snapshot":');
    const snapshots = [0, 1].map(iteration => ({ path, iteration }));
    await expect(explain(snapshots)).rejects.toThrow(/^Cannot explain the heap snapshots, .*: .+/);
    await expect(explain(snapshots)).rejects.toMatchObject({ name: 'HarnessError' });
  });
});

let written = 0;

function write(name: string, text: string): string {
  const own = join(folder, `case-${written++}`);
  mkdirSync(own);
  const path = join(own, name);
  writeFileSync(path, text);
  return path;
}

async function explained(module: string, more: readonly string[] = []): Promise<readonly KeptObjects[]> {
  const own = mkdtempSync(join(folder, 'snapshots-'));
  await promisify(execFile)(process.execPath, ['--expose-gc', DRIVER, module, own, String(ROUND), ...more]);
  return explain(
    [0, 1, 2].map(round => ({ path: join(own, `${round}.heapsnapshot`), iteration: round * ROUND })),
  );
}

async function explain(
  snapshots: readonly { readonly path: string; readonly iteration: number }[],
): Promise<readonly KeptObjects[]> {
  const explainer = new HeapExplainer();
  for (const snapshot of snapshots.slice(0, -1)) explainer.add(snapshot);
  return explainer.conclude(snapshots.at(-1) as { path: string; iteration: number });
}

function pathsOf(kept: KeptObjects | undefined): string[] {
  return (kept?.paths ?? []).map(({ steps }) => steps.map(({ name }) => name).join(' -> '));
}

function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
