import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { type Ended, exitFault, withOutput } from '../../harness/spawn/exit-fault.ts';
import { Tail } from '../../harness/spawn/tail.ts';

const HEAP_FULL = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory';

async function tailOf(text: string): Promise<Tail> {
  const stream = Readable.from([Buffer.from(text)]);
  const tail = new Tail(stream, 1000);
  await buffer(stream);
  return tail;
}

async function exitWith(end: Partial<Ended>, stderr = '', stdout = ''): Promise<Ended> {
  const output = { stdout: await tailOf(stdout), stderr: await tailOf(stderr) };
  return { code: null, signal: null, overdue: false, ...output, ...end };
}

describe('exitFault()', () => {
  test.each([{ signal: 'SIGABRT' }, { code: 134 }] as const)(
    'calls an abort with %o after the words of V8 out of memory',
    async end => {
      const fault = exitFault(await exitWith(end, HEAP_FULL), 1000, 'setup');
      expect(fault).toEqual({
        kind: 'out-of-memory',
        message: 'V8 ran out of heap',
        detail: HEAP_FULL,
        during: 'setup',
      });
    },
  );

  test('calls a subject crashed that only prints those words and exits', async () => {
    const fault = exitFault(await exitWith({ code: 1 }, HEAP_FULL), 1000, 'iterations 0 to 6');
    expect(fault.kind).toBe('crashed');
    expect(fault.message).toBe('The process ended before its work was done: exit code 1');
  });

  test('shows the lines that called process.exit(), and apart what was printed', async () => {
    const exitCall = { stack: '    at leave (file:///x.mjs:1:1)', during: 'iteration 3 (13 with warm-up)' };
    const fault = exitFault(
      await exitWith({ code: 3, exitCall }, 'sorry', 'bye\n'),
      1000,
      'iterations 2 to 6',
    );
    expect(fault).toEqual({
      kind: 'crashed',
      message: 'The process ended before its work was done: process.exit() was called, exit code 3',
      detail: exitCall.stack,
      printed: 'bye\nsorry',
      during: exitCall.during,
    });
  });

  test('calls a process hung that was ended by force, also where the subject exits then', async () => {
    const exitCall = { stack: '    at leave (file:///x.mjs:1:1)', during: 'iteration 3' };
    expect(exitFault(await exitWith({ code: 1, overdue: true, exitCall }), 1000, 'setup').kind).toBe('hung');
  });

  test('calls an abort for another reason crashed', async () => {
    const fault = exitFault(await exitWith({ signal: 'SIGABRT' }, 'Assertion failed'), 1000, 'setup');
    expect(fault.kind).toBe('crashed');
    expect(fault.message).toContain('killed by SIGABRT');
  });

  test('says during what an overdue process was ended', async () => {
    const exit = await exitWith({ signal: 'SIGTERM', overdue: true });
    const fault = exitFault(exit, 120_000, 'iterations 97 to 193');
    expect(fault.kind).toBe('hung');
    expect(fault.message).toBe('No sign of life for 120 s: ended by force during iterations 97 to 193');
  });

  test('suspects the system behind a SIGKILL', async () => {
    const fault = exitFault(await exitWith({ signal: 'SIGKILL' }), 1000, 'setup');
    expect(fault.message).toContain("perhaps by the system's out-of-memory killer");
  });

  test('repeats standard output where standard error says nothing', async () => {
    expect(exitFault(await exitWith({ code: 0 }, '', 'leaving\n'), 1000, 'setup').detail).toBe('leaving');
  });
});

describe('withOutput()', () => {
  const thrown = {
    kind: 'scenario-error',
    message: 'fetch failed',
    detail: 'at x.mjs:1:1',
    during: 'setup',
  } as const;

  test('repeats what a scenario had printed before it threw', async () => {
    const lines = Array.from({ length: 12 }, (_, place) => `line ${place}`);
    const fault = withOutput(thrown, await exitWith({}, `${lines.join('\n')}\n`, 'listening\n'));
    expect(fault).toEqual({ ...thrown, printed: `listening\n${lines.slice(2).join('\n')}` });
  });

  test('leaves out what Node warns of', async () => {
    const warning =
      '(node:12) ExperimentalWarning: SQLite is an experimental feature\n    at f (x.mjs:1:1)\n(node:12) [DEP0040] DeprecationWarning: punycode\n(Use `node --trace-warnings ...` to show where the warning was created)\n';
    const leak = '(node:12) MaxListenersExceededWarning: Possible EventEmitter memory leak detected';
    expect(withOutput(thrown, await exitWith({}, warning))).toBe(thrown);
    expect(withOutput(thrown, await exitWith({}, `${warning}refused\n`)).printed).toBe('refused');
    expect(withOutput(thrown, await exitWith({}, `${warning}${leak}`)).printed).toBe(leak);
  });

  test('leaves a fault alone beside which nothing was printed, and those of another kind', async () => {
    expect(withOutput(thrown, await exitWith({}))).toBe(thrown);
    const unused = { ...thrown, kind: 'omitted-label-unused' } as const;
    expect(withOutput(unused, await exitWith({}, 'noise'))).toBe(unused);
  });
});
