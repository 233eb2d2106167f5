import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readReport } from '../../reports/saved-report.ts';
import { leakgate, temporaryFolder } from '../support/cli.ts';

// Several processes per test, on machines that may be busy.
vi.setConfig({ testTimeout: 180_000 });

const SMALL = ['--set', 'zones=3', '--set', 'records=10', '--out', 'result'];

/** Keeps one object per iteration, and logs another. */
const LOGS = `const all = [];
export default {
  name: 'logs',
  iterate(_, iteration) {
    all.push({ kept: iteration });
    console.error({ logged: \`\${iteration}\` });
  },
};
`;

/** Keeps one object per iteration, and ends what samples allocations. */
const SAMPLES = `import { Session } from 'node:inspector';
const all = [];
const session = new Session();
session.connect();
export default {
  name: 'samples',
  iterate(_, iteration) {
    all.push({ kept: iteration });
    session.post('HeapProfiler.stopSampling');
  },
};
`;

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

function report() {
  return readReport(readFileSync(join(folder.path, 'result/report.json'), 'utf8'));
}

describe('leakgate explain', () => {
  test('takes a slow scenario for longer than its deadline, which is for silence', async () => {
    const slow = resolve('tests/support/scenarios/slow.mjs');
    const { exitCode, stdout, stderr } = await leakgate(
      ['explain', slow, '--iterations', '200', '--deadline', '5s', '--out', 'result'],
      folder.path,
    );
    expect(stdout + stderr).not.toContain('No sign of life');
    expect(report().evidence).toMatchObject([{ outcome: 'completed' }]);
    expect(exitCode).toBe(0);
  });

  test('names the zones, the timer that holds them, its line and the cleanup that never ran', async () => {
    const { exitCode, stdout } = await leakgate(
      ['explain', 'auto-reload', '--iterations', '60', ...SMALL],
      folder.path,
    );
    expect(stdout).toContain('What auto-reload leaky keeps (per reload, over 60 reloads)');
    expect(stdout).toMatch(/3 timers, interval of 60,000 ms\n\s+created at .*auto\/zones\.ts:\d+ keepFresh/);
    expect(stdout).toMatch(/owner auto:zones never ran:.*\s.*CoreDNS PR 6705/);
    expect(stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(15);
    expect(exitCode).toBe(0);
    const [evidence] = report().evidence;
    if (evidence?.outcome !== 'completed') throw new Error('There must be evidence');
    expect(evidence.resources[0]).toMatchObject({ perIteration: 3, exact: true });
    expect(evidence.objects.length).toBeGreaterThan(0);
    expect(readdirSync(join(folder.path, 'result')).sort()).toEqual([
      'report.html',
      'report.json',
      'report.md',
    ]);
    const again = await leakgate(['render', 'result'], folder.path);
    expect(again.stdout).toContain('What auto-reload leaky keeps (per reload, over 60 reloads)');
    expect(again.stderr).toBe(`Drew ${join(folder.path, 'result/report.html')}\n`);
  });

  test('traces what a failed reload leaves behind to the rollback that never ran', async () => {
    const args = ['explain', 'failed-reload', '--build', 'upstream', '--iterations', '40', ...SMALL];
    const { stdout } = await leakgate(args, folder.path);
    expect(stdout).toContain('owner instance:rollback never ran');
  });

  test.each(['udp-client', 'raw-descriptor'])('shows nothing of its own books beside %s', async leak => {
    const path = resolve(`tests/corpus/leaks/${leak}.mjs`);
    const args = ['explain', path, '--iterations', '200', '--out', 'result', '--json'];
    const { stdout } = await leakgate(args, folder.path);
    const [evidence] = readReport(stdout).evidence;
    if (evidence?.outcome !== 'completed') throw new Error('There must be evidence');
    expect(evidence.resources).not.toEqual([]);
    // What functions allocate beside a descriptor alone is noise.
    if (leak === 'raw-descriptor') expect(evidence).not.toHaveProperty('allocations');
    const ways = evidence.objects.flatMap(({ paths }) =>
      paths.map(({ steps }) => steps.map(({ name }) => name).join(' > ')),
    );
    expect(ways.filter(way => /ledger|#open|#messageCallbacks/.test(way))).toEqual([]);
  });

  test.each([
    ['log-text', 'string', 'session.log > string', 11],
    ['growing-buffer', 'Buffer', 'session.bytes > Buffer', 14],
  ])('finds what grows in place right in what setup gave: %s', async (leak, name, way, put) => {
    const path = resolve(`tests/corpus/leaks/${leak}.mjs`);
    const { stdout } = await leakgate(['explain', path, '--out', 'result', '--json'], folder.path);
    const [evidence] = readReport(stdout).evidence;
    if (evidence?.outcome !== 'completed') throw new Error('There must be evidence');
    const [first] = evidence.objects;
    expect(first).toMatchObject({ name, perIteration: 0 });
    expect(first?.paths[0]?.steps.map(step => step.name).join(' > ')).toBe(way);
    const added = first?.paths[0]?.added ?? [];
    expect(added.map(({ file, line }) => [file, line])).toEqual([[path, put]]);
  });

  test('says which function allocated what stays, and about how much', async () => {
    const path = join(folder.path, 'logs.mjs');
    writeFileSync(path, LOGS);
    const args = ['explain', path, '--iterations', '400', '--out', 'result'];
    const { stdout } = await leakgate(args, folder.path);
    expect(stdout).toContain('what stays on the heap was allocated by iterate (logs.mjs:4)');
    const [evidence] = report().evidence;
    if (evidence?.outcome !== 'completed') throw new Error('There must be evidence');
    const [most] = evidence.allocations ?? [];
    expect(most).toMatchObject({ by: { file: 'logs.mjs', line: 4, function: 'iterate' } });
    // On a slow machine, what the trial tells of itself meanwhile is part of what stays.
    expect(most?.share).toBeGreaterThan(0.98);
    // An object of one property, its number, and its place in the array: some 40 B.
    expect(most?.bytes).toBeGreaterThan(20);
    expect(most?.bytes).toBeLessThan(100);
  });

  test('says the rest where the program samples allocations itself', async () => {
    const path = join(folder.path, 'samples.mjs');
    writeFileSync(path, SAMPLES);
    const args = ['explain', path, '--iterations', '200', '--out', 'result', '--json'];
    const [evidence] = readReport((await leakgate(args, folder.path)).stdout).evidence;
    if (evidence?.outcome !== 'completed') throw new Error('There must be evidence');
    expect(evidence.objects[0]).toMatchObject({ name: 'Object {kept}', perIteration: 1 });
    expect(evidence.allocations).toBeUndefined();
  });

  // On a busy machine V8 may lose the stacks of what it moves, once in some twenty runs.
  test('says where objects were allocated, and nothing of those that were only logged', {
    retry: 2,
  }, async () => {
    const path = join(folder.path, 'logs.mjs');
    writeFileSync(path, LOGS);
    const args = ['explain', path, '--iterations', '200', '--allocation-stacks', '--out', 'result', '--json'];
    const [evidence] = readReport((await leakgate(args, folder.path)).stdout).evidence;
    if (evidence?.outcome !== 'completed') throw new Error('There must be evidence');
    const [kept, ...others] = evidence.objects;
    expect(kept).toMatchObject({ name: 'Object {kept}', perIteration: 1 });
    // Newer V8 may stop noting stacks on the way.
    const [innermost] = kept?.allocated ?? [];
    if (innermost !== undefined || process.versions.node.startsWith('20.'))
      expect(innermost).toMatchObject({ line: 4 });
    expect(others.map(({ name }) => name).join()).not.toContain('logged');
  });

  test('leaves heap snapshots behind when asked to, of a worker thread too', async () => {
    const path = resolve('tests/corpus/leaks/worker-jobs.mjs');
    const args = ['explain', path, '--iterations', '100', '--keep-snapshots', '--out', 'result', '--json'];
    const { stdout } = await leakgate(args, folder.path);
    const files = readdirSync(join(folder.path, 'result/snapshots/worker-jobs/default'));
    expect(files.filter(file => /^at-\d+\.heapsnapshot$/.test(file))).toHaveLength(3);
    expect(files.filter(file => /^worker-thread-\d+-at-\d+\.heapsnapshot$/.test(file))).toHaveLength(3);
    expect(files).toHaveLength(6);
    const [found] = readReport(stdout).evidence;
    if (found?.outcome !== 'completed') throw new Error('There must be evidence');
    expect(found.iterations).toBe(100);
    const steps = found.objects[0]?.paths[0]?.steps.map(({ name }) => name) ?? [];
    // On Node 24 the port and its listener are told between.
    expect([steps[0], ...steps.slice(-2)]).toEqual([
      'worker thread 1',
      'variable done[]',
      'Object {id, length}',
    ]);
    expect(steps).not.toContain('(Global handles)');
  });

  test('says where a module is imported that is loaded anew, by the only line that imports one', async () => {
    const path = resolve('tests/corpus/leaks/module-reload.mjs');
    await leakgate(['explain', path, '--iterations', '400', '--out', 'result'], folder.path);
    const [found] = report().evidence;
    if (found?.outcome !== 'completed') throw new Error('There must be evidence');
    expect(found.objects[0]?.name).toBe('ES module');
    expect(found.objects[0]?.paths[0]?.added).toMatchObject([{ file: path, line: 22 }]);
  });

  test('looks into a worker thread that setup has waited for', async () => {
    const code = `const done = [];
      require('worker_threads').parentPort.on('message', job => {
        done.push({ job });
        require('worker_threads').parentPort.postMessage('');
      });`;
    const scenario = `import { once } from 'node:events';
      import { Worker } from 'node:worker_threads';
      export default {
        name: 'awaited',
        setup: async () => {
          const worker = new Worker(${JSON.stringify(code)}, { eval: true });
          await once(worker, 'online');
          return worker;
        },
        iterate: async (worker, n) => {
          worker.postMessage(n);
          await once(worker, 'message');
        },
        teardown: worker => worker.terminate(),
      };`;
    writeFileSync(join(folder.path, 'awaited.mjs'), scenario);
    await leakgate(['explain', 'awaited.mjs', '--iterations', '100', '--out', 'result'], folder.path);
    const [found] = report().evidence;
    if (found?.outcome !== 'completed') throw new Error('There must be evidence');
    const steps = found.objects[0]?.paths[0]?.steps.map(({ name }) => name) ?? [];
    expect([steps[0], ...steps.slice(-2)]).toEqual(['worker thread 1', 'variable done[]', 'Object {job}']);
  });

  test('refuses flags that Node does not take', async () => {
    const path = resolve('tests/e2e/scenarios/keeps-everything.mjs');
    const flags = ['--option', 'nodeFlags=["--no-such-flag"]'];
    const { exitCode, stderr } = await leakgate(['explain', path, ...flags, '--out', 'flags'], folder.path);
    expect(stderr).toContain('Cannot use these flags as Node must accept them: --no-such-flag');
    expect(exitCode).toBe(2);
  });

  test('says in one line why there is no evidence, and exits 2', async () => {
    const path = resolve('tests/e2e/scenarios/throws-midway.mjs');
    const { exitCode, stdout } = await leakgate(['explain', path, '--out', 'result'], folder.path);
    expect(stdout).toMatch(/^No evidence of what throws-midway default keeps: Error: .+\n$/);
    expect(exitCode).toBe(2);
  });
});

describe('leakgate run', () => {
  const RUN = ['run', 'auto-reload', '--iterations', '300', ...SMALL];

  test('says what a build keeps in which something had not stopped growing, and not that it leaks', async () => {
    const slows = resolve('tests/e2e/scenarios/slows-down.mjs');
    const args = ['run', slows, '--iterations', '500', '--budget', '0', '--out', 'result'];
    const { exitCode, stdout } = await leakgate(args, folder.path);
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/had not\s+stopped growing.*What slows-down default keeps .*Term/s);
    expect(stdout).not.toContain('Why slows-down');
    const page = readFileSync(join(folder.path, 'result/report.html'), 'utf8');
    expect(page).toContain('<h3>What it keeps</h3>');
  });

  test('explains the build that leaks and no other, and gives the same verdicts and counts without evidence', async () => {
    const { exitCode, stderr } = await leakgate(RUN, folder.path);
    const [evidence, ...others] = report().evidence;
    // In the place of its trial, while others may still be measured.
    expect(stderr).toMatch(/done .*\bLEAK\b.*Looking for what auto-reload leaky keeps.*finished in/s);
    expect(others).toEqual([]);
    expect(evidence).toMatchObject({ build: 'leaky', outcome: 'completed' });
    if (evidence?.outcome !== 'completed') throw new Error('There must be evidence');
    const isOfZones = ({ by }: { readonly by: { readonly file: string } }) =>
      /engine\/zone\/[a-z-]+\.ts$/.test(by.file);
    const allocations = evidence.allocations ?? [];
    expect(allocations[0]).toSatisfy(isOfZones);
    const share = allocations.filter(isOfZones).reduce((sum, one) => sum + one.share, 0);
    // Sampled: the largest alone comes to 52 to 58 %.
    expect(share).toBeGreaterThan(0.5);

    const counts = () =>
      report().trials.map(({ verdict, result }) => [
        result.trial.id,
        verdict.outcome,
        verdict.estimates.filter(({ metric }) => metric.name === 'timers').map(({ slope }) => slope),
      ]);
    const withEvidence = counts();
    expect((await leakgate([...RUN, '--no-evidence'], folder.path)).exitCode).toBe(exitCode);
    expect(report().evidence).toEqual([]);
    expect(counts()).toEqual(withEvidence);
  });
});

describe('the evidence of the corpus', () => {
  /** One of each resource; `npm run corpus:evidence` asks for all. */
  const LEAKS = [
    ['async-context', 'channel-subscriber', 'emitter-listener', 'file-watcher', 'held-value', 'kept-buffer'],
    ['message-port', 'missing-unpipe', 'poll-interval', 'promise-race', 'raw-descriptor', 'session-map'],
    ['shutdown-signal', 'small-view', 'substring', 'symbol-registry', 'tcp-server', 'under-churn'],
  ].flat();

  test('names class and holder, the function that allocated them, and the line of creation', async () => {
    const script = resolve('dist/scripts/corpus-evidence.js');
    const { stdout } = await promisify(execFile)(process.execPath, [script, '--only', LEAKS.join()]).catch(
      (error: { stdout: string }) => error,
    );
    const score = (what: string) =>
      new RegExp(`^${what}: (\\d+) of (\\d+) right$`, 'm').exec(stdout)?.slice(1);
    expect(score('class and holder'), stdout).toEqual(['13', '13']);
    // Allocations are sampled.
    expect(
      [
        ['13', '13'],
        ['12', '13'],
      ],
      stdout,
    ).toContainEqual(score('allocating function'));
    expect(score('creation line'), stdout).toEqual(['8', '8']);
  }, 900_000);
});
