import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { loadMemwatch } from '../harness/evidence/memwatch.ts';
import type { Surroundings } from './surroundings.ts';

interface Finding {
  readonly subject: string;
  readonly state: 'ok' | 'missing';
  readonly detail: string;
}

/** Says what this machine offers and what is missing, one line each; 0 if nothing needed is missing. */
export async function doctor(surroundings: Surroundings): Promise<number> {
  const needed = [node(), garbageCollector()];
  const optional = [descriptors(), typeScript(), await memwatch(), ...['git', 'make', 'g++'].map(tool)];
  for (const { subject, state, detail } of [...needed, ...optional]) {
    surroundings.stdout.write(`${state.padEnd(8)} ${subject.padEnd(22)} ${detail}\n`);
  }
  return needed.every(({ state }) => state === 'ok') ? 0 : 2;
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const state = major > 20 || (major === 20 && minor >= 19) ? 'ok' : 'missing';
  return { subject: 'Node.js >= 20.19', state, detail: process.versions.node };
}

function garbageCollector(): Finding {
  const check =
    'gc(); require("v8").queryObjects(Object, { format: "count" }); require("internal/timers").timerListQueue.peek()';
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
      : (stderr.split('\n').find(line => /Error/.test(line)) ?? '');
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
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const strips = major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
  return strips
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

function tool(name: string): Finding {
  const { status, stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
  return status === 0
    ? { subject: name, state: 'ok', detail: stdout.split('\n')[0] ?? '' }
    : {
        subject: name,
        state: 'missing',
        detail: name === 'git' ? 'the report names no commit' : 'memwatch-next cannot be built',
      };
}
