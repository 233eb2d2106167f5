import { expect, test } from 'vitest';
import { explainLeaks } from '../../scripts/explain-leaks.ts';
import type { OutputFolder } from '../../scripts/output-folder.ts';
import type { Surroundings } from '../../scripts/surroundings.ts';
import { nativeLeak } from '../support/unexpected-leak.ts';

test('of native memory alone there is no evidence to look for, and that is said', async () => {
  const written: string[] = [];
  const surroundings = { stderr: { write: (text: string) => written.push(text) } };
  const evidence = await explainLeaks(
    nativeLeak(),
    { keepSnapshots: false },
    { path: 'not written to' } as OutputFolder,
    surroundings as unknown as Surroundings,
    new AbortController().signal,
  );
  expect(evidence).toEqual([
    {
      scenario: 'auto-reload',
      build: 'leaky',
      outcome: 'skipped',
      reason: expect.stringMatching(/^native memory is not on the heap, .* look at native modules/) as string,
    },
  ]);
  expect(written).toEqual([]);
});
