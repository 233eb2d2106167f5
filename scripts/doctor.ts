import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { compiledFile } from '../harness/compiled.ts';
import { LeakgateError } from '../harness/errors.ts';
import { loadMemwatch } from '../harness/worker/memwatch.ts';
import { renderPng } from '../reports/png.ts';
import { baseOf } from './base-file.ts';
import { loadConfig } from './config/config-file.ts';
import { messageOf } from './message-of.ts';
import { scenarioFile } from './scenario-files.ts';
import type { Surroundings } from './surroundings.ts';

interface Finding {
  readonly subject: string;
  readonly state: 'ok' | 'missing' | 'broken';
  readonly detail: string;
}

/** Says what this machine offers and what is missing, one line each; 0 if nothing needed is missing. */
export async function doctor(
  { config }: { readonly config?: string },
  surroundings: Surroundings,
): Promise<number> {
  const needed = [node(), exactCounts(), await configuration(config, surroundings.cwd())];
  const optional = [
    descriptors(),
    typeScript(),
    await memwatch(),
    ...Object.entries(TOOLS).map(([name, without]) => tool(name, without)),
    pictures(),
  ];
  for (const { subject, state, detail } of [...needed, ...optional]) {
    surroundings.stdout.write(`${state.padEnd(8)} ${subject.padEnd(22)} ${detail}\n`);
  }
  return needed.every(({ state }) => state === 'ok') ? 0 : 2;
}

/** Where it came to each major. */
const STRIPS_TYPES: readonly (readonly [number, number])[] = [
  [22, 18],
  [23, 6],
];

/** What leakgate can do only from some version of Node on: where it came to each major, and what it is for. */
const SINCE: readonly { readonly versions: readonly (readonly [number, number])[]; readonly what: string }[] =
  [
    { versions: STRIPS_TYPES, what: '.ts scenarios (22.18)' },
    {
      versions: [
        [22, 13],
        [23, 5],
      ],
      what: "require('leakgate/test') without a warning (22.13)",
    },
    { versions: [[24, 0]], what: 'heaps of fresh processes that agree to 1 kB (24)' },
  ];

function node(): Finding {
  const { node: version } = process.versions;
  const lacking = SINCE.filter(({ versions }) => !isSince(version, versions)).map(({ what }) => what);
  return {
    subject: 'Node.js >= 20.19',
    state: isSince(version, [[20, 19]]) ? 'ok' : 'missing',
    detail: lacking.length === 0 ? version : `${version}, which lacks ${lacking.join(', ')}`,
  };
}

/** Whether a version has what came with these, one per major; every later major has it too. */
export function isSince(version: string, versions: readonly (readonly [number, number])[]): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const own = versions.find(([since]) => since === major);
  return own ? minor >= own[1] : versions.every(([since]) => major > since);
}

async function configuration(given: string | undefined, cwd: string): Promise<Finding> {
  const subject = 'configuration file';
  try {
    const loaded = await loadConfig(given, cwd);
    for (const scenario of loaded?.config.scenarios ?? []) scenarioFile(scenario, cwd);
    if (loaded?.config.base !== undefined) baseOf(loaded.config.base, cwd);
    return {
      subject,
      state: 'ok',
      detail: loaded?.file ?? 'none, and none is needed; leakgate init writes one',
    };
  } catch (error) {
    if (!(error instanceof LeakgateError)) throw error;
    return { subject, state: 'broken', detail: error.message };
  }
}

/** In a process of its own, with the flags of the measured ones; the timer lists as their probe reads them. */
function exactCounts(): Finding {
  const probe = pathToFileURL(compiledFile('harness/probes/timer-lists.js')).href;
  const check = `gc(); require("v8").queryObjects(Object, { format: "count" });
    import(${JSON.stringify(probe)}).then(({ timerLists }) => {
      if (!timerLists()) throw new Error("internal/timers must hold timerListMap and immediateQueue.head");
    });`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--expose-gc', '--expose-internals', '--no-warnings', '-e', check],
    {
      encoding: 'utf8',
    },
  );
  const detail =
    status === 0
      ? 'gc(), v8.queryObjects, timer lists'
      : (stderr.split('\n').find(line => /^\w*Error\b/.test(line)) ?? '');
  return { subject: 'exact counts', state: status === 0 ? 'ok' : 'missing', detail };
}

function descriptors(): Finding {
  const path = '/proc/self/fd';
  return existsSync(path)
    ? { subject: 'descriptors by type', state: 'ok', detail: path }
    : {
        subject: 'descriptors by type',
        state: 'missing',
        detail: `needs ${path} (Linux); handles are counted all the same`,
      };
}

function typeScript(): Finding {
  return isSince(process.versions.node, STRIPS_TYPES)
    ? { subject: '.ts scenarios', state: 'ok', detail: 'Node strips types by itself' }
    : {
        subject: '.ts scenarios',
        state: 'missing',
        detail: 'needs Node >= 22.18; compile them, or write .mjs',
      };
}

async function memwatch(): Promise<Finding> {
  const loaded = await loadMemwatch();
  return loaded.outcome === 'loaded'
    ? { subject: '--heap-diff memwatch', state: 'ok', detail: 'memwatch-next loads' }
    : { subject: '--heap-diff memwatch', state: 'missing', detail: loaded.reason };
}

/** What is missing without them. */
const TOOLS = {
  git: 'the report names no commit, and leakgate bisect cannot be used',
  make: 'memwatch-next cannot be built',
  'g++': 'memwatch-next cannot be built',
};

function tool(name: string, without: string): Finding {
  const { status, stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
  return status === 0
    ? { subject: name, state: 'ok', detail: stdout.split('\n')[0] ?? '' }
    : { subject: name, state: 'missing', detail: without };
}

function pictures(): Finding {
  const subject = 'charts as PNG';
  try {
    renderPng('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>');
    return { subject, state: 'ok', detail: 'drawn without a browser, with fonts of their own' };
  } catch (error) {
    return { subject, state: 'missing', detail: messageOf(error) };
  }
}
