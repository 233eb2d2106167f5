import { expect, test, vi } from 'vitest';
import type { QueryLoadFigures } from '../../harness/scenario.ts';
import scenario from '../../scenarios/queries-under-reload.ts';

/** A session whose client ends with these figures. */
function sessionWith(figures: Partial<QueryLoadFigures>) {
  const last: QueryLoadFigures = { sent: 100, answered: 100, lost: 0, wrong: 0, seconds: 0.5, ...figures };
  const engine = { stop: vi.fn(() => Promise.resolve()) };
  const load = { stop: () => Promise.resolve(last), pause: () => Promise.resolve(last) };
  return { engine, load, queriesPerSecond: 6000 };
}

/** `setup` is left out: only what becomes of the figures is looked at. */
const teardown = async (session: unknown): Promise<unknown> => scenario.teardown?.(session as never);
const waitForIdle = async (session: unknown): Promise<unknown> => scenario.waitForIdle?.(session as never);

test('notes the rate that was wanted and the one that was reached, which is no fault', async () => {
  expect(await teardown(sessionWith({}))).toEqual({
    sent: 100,
    answered: 100,
    lost: 0,
    wrong: 0,
    'rate wanted': 6000,
    'rate reached': 200,
  });
});

test.each([
  [{ lost: 1, answered: 99 }, '1 lost, 0 wrong of 100'],
  [{ wrong: 2 }, '0 lost, 2 wrong of 100'],
])('fails at its end with %o, when the engine has been stopped', async (figures, message) => {
  const session = sessionWith(figures);
  await expect(teardown(session)).rejects.toThrow(message);
  expect(session.engine.stop).toHaveBeenCalledOnce();
});

test('fails at the next sample too, and not only at its end', async () => {
  await expect(waitForIdle(sessionWith({ lost: 3 }))).rejects.toThrow('3 lost, 0 wrong of 100');
  expect(await waitForIdle(sessionWith({}))).toBeUndefined();
});
