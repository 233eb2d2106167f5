import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { scenarioFault } from '../../harness/worker/scenario-fault.ts';

test('frames of leakgate and of Node are left out, those of a program with such folders are not', () => {
  const error = new TypeError('job is not a function');
  const own = pathToFileURL(resolve('harness')).href;
  error.stack = [
    'TypeError: job is not a function',
    '    at run (file:///app/harness/worker/queue.mjs:1:1)',
    '    at Object.iterate (file:///app/leaks/a.mjs:2:1)',
    `    at iterations (${own}/worker/iteration-loop.js:3:1)`,
    `    at Engine.reload (${own}/targets/engine/reload.js:4:1)`,
    '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
  ].join('\n');
  const { detail } = scenarioFault(error, 'iteration 1');
  expect(detail).toContain('/app/harness/worker/queue.mjs:1:1');
  expect(detail).toContain('/app/leaks/a.mjs:2:1');
  expect(detail).toContain('Engine.reload');
  expect(detail).not.toMatch(/iteration-loop|node:internal/);
});

test('the message stands once, whatever was thrown', () => {
  class Refused extends Error {}
  for (const error of [new Error('a\nb'), new Refused('hi'), new TypeError('hi'), new Error('')]) {
    const { message, detail } = scenarioFault(error, 'setup');
    expect(detail).not.toContain(message.split('\n')[0]);
    expect(detail).toMatch(/^\s+at /);
  }
  expect(scenarioFault(new Refused('hi'), 'setup').message).toBe('Refused: hi');
  expect(scenarioFault('no', 'setup')).toMatchObject({ message: "Thrown: 'no'", detail: '' });
});

test('an error that came out of nothing that was awaited says so', () => {
  const message = (error: unknown, origin: NodeJS.UncaughtExceptionOrigin) =>
    scenarioFault(error, 'iteration 3', origin).message;
  expect(message(new Error('late'), 'unhandledRejection')).toBe('Unhandled rejection: Error: late');
  expect(message(new TypeError('late'), 'uncaughtException')).toBe('Uncaught exception: TypeError: late');
  expect(message('no', 'uncaughtException')).toBe("Uncaught exception: 'no'");
});

test('what cannot be looked at is told all the same', () => {
  const odd = Object.assign(new Error('Bad request'), { message: null });
  expect(scenarioFault(odd, 'setup').message).toBe('Error: null');
  const hostile = {
    [inspect.custom]: () => {
      throw new Error('not so');
    },
  };
  const guarded = new Proxy(
    {},
    {
      getPrototypeOf() {
        throw new Error('not so');
      },
    },
  );
  for (const thrown of [hostile, guarded])
    expect(scenarioFault(thrown, 'setup')).toMatchObject({
      kind: 'scenario-error',
      message: 'Thrown: a value that cannot be shown',
      during: 'setup',
    });
});

test('a message as long as a document is cut', () => {
  const { message, detail } = scenarioFault(new Error('x'.repeat(100_000)), 'setup');
  expect(message).toMatch(/^Error: x+… \(96007 more characters\)$/);
  expect(detail.length).toBeLessThan(5000);
});
