import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DIRECTIVES } from '../../../harness/engine/directives.ts';
import { type Directive, emptyReply } from '../../../harness/engine/plugin.ts';
import { query, setUp } from '../support.ts';

/** Fails with the name asked for; `later.` as a promise, `ok.` not at all. */
const failing: Directive = {
  name: 'failing',
  setup: ({ addPlugin }) =>
    addPlugin(() => ({
      name: 'failing',
      serve({ name }) {
        if (name === 'ok.') return emptyReply('NOERROR');
        const error = new Error(`cannot serve ${name}`);
        if (name === 'later.') return Promise.reject(error);
        throw error;
      },
    })),
};
const directives = [...DIRECTIVES, failing];
const withRules = (rules: string) => setUp(`. {\n errors {\n${rules}\n }\n failing\n}`, { directives });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('errors', () => {
  test.each(['now.', 'later.'])('logs the failure for %s and answers SERVFAIL', async name => {
    const { handler, lines } = await setUp('. {\n errors\n failing\n}', { directives });
    expect(await handler.serve(query(name, 'MX'))).toEqual(emptyReply('SERVFAIL'));
    expect(lines).toEqual([`error plugin/errors: 2 ${name} MX: cannot serve ${name}`]);
  });

  test('leaves answers alone, and does not make promises of them', async () => {
    const { handler, lines } = await setUp('. {\n errors\n failing\n}', { directives });
    expect(handler.serve(query('ok.'))).toEqual(emptyReply('NOERROR'));
    expect(lines).toEqual([]);
  });

  test('reports the end of the chain', async () => {
    const { handler, lines } = await setUp('. {\n errors\n}');
    expect(handler.serve(query('x.'))).toEqual(emptyReply('SERVFAIL'));
    expect(lines).toEqual(['error plugin/errors: 2 x. A: plugin/errors: no next plugin found']);
  });

  test('counts consolidated errors and logs the number once, when the period is over', async () => {
    const { handler, lines } = await withRules('consolidate 5m ^cannot');
    for (const name of ['a.', 'b.', 'c.']) await handler.serve(query(name));
    expect(lines).toEqual([]);
    vi.advanceTimersByTime(5 * 60_000);
    expect(lines).toEqual(["error plugin/errors: 3 errors like '^cannot' occurred in last 5m0s"]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('counts anew after each period', async () => {
    const { handler, lines } = await withRules('consolidate 1s a warning');
    await handler.serve(query('a.'));
    vi.advanceTimersByTime(1000);
    await handler.serve(query('a.'));
    await handler.serve(query('a.'));
    vi.advanceTimersByTime(1000);
    expect(lines).toEqual([
      "warning plugin/errors: 1 errors like 'a' occurred in last 1s",
      "warning plugin/errors: 2 errors like 'a' occurred in last 1s",
    ]);
  });

  test('the first pattern that matches takes the error; without one it is logged', async () => {
    const { handler, lines } = await withRules('consolidate 1s serve.a\nconsolidate 1s serve.[ab] info');
    for (const name of ['a.', 'b.', 'c.']) await handler.serve(query(name));
    vi.advanceTimersByTime(1000);
    expect(lines).toEqual([
      'error plugin/errors: 2 c. A: cannot serve c.',
      "error plugin/errors: 1 errors like 'serve.a' occurred in last 1s",
      "info plugin/errors: 1 errors like 'serve.[ab]' occurred in last 1s",
    ]);
  });

  test('at the end of its instance it logs what is pending, stops its timer, and takes no more', async () => {
    const { handler, scope, lines } = await withRules('consolidate 1h .');
    await handler.serve(query('a.'));
    await scope.close();
    expect(lines).toEqual(["error plugin/errors: 1 errors like '.' occurred in last 1h0m0s"]);
    await handler.serve(query('b.'));
    expect(lines).toHaveLength(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([
    ['errors x', /Wrong argument count/],
    ['errors {\n consolidate\n}', /Wrong argument count/],
    ['errors {\n consolidate 1s\n}', /Wrong argument count/],
    ['errors {\n consolidate 1s . error x\n}', /Wrong argument count/],
    ['errors {\n consolidate 1s . loud\n}', /unknown log level argument in consolidate option: loud/],
    ['errors {\n consolidate soon .\n}', /:3 - Error during parsing: Cannot parse duration/],
    ['errors {\n consolidate 0 .\n}', /consolidate duration must be positive: 0/],
    ['errors {\n consolidate 1s (\n}', /Invalid regular expression/],
    ['errors {\n stacktrace\n}', /unknown property 'stacktrace'/],
    ['errors\nerrors', /^plugin\/errors: .*this plugin can only be used once per Server Block/],
  ])('refuses `%s`', async (lines, message) => {
    await expect(setUp(`. {\n${lines}\n}`)).rejects.toThrow(message);
  });
});
