import assert from 'node:assert/strict';
import test from 'node:test';
import { expectNoLeak } from 'leakgate/test';

const FEW = { iterations: 300 };
const bus = new URL('../src/bus.js', import.meta.url);

test('a session that is closed leaves nothing behind', async () => {
  await expectNoLeak({ module: bus, export: 'openAndClose' }, FEW);
});

test('a function that imports what it needs is repeated in a process of its own', async () => {
  await expectNoLeak(
    async () => {
      const { Session } = await import('../src/bus.js');
      new Session().close();
    },
    { from: import.meta.url, name: 'session', ...FEW },
  );
});

test('a scenario file says more: how to set up, what one iteration is, how to come to rest', async () => {
  await expectNoLeak(new URL('../leaks/session.mjs', import.meta.url), FEW);
});

test('a session that is never closed is caught', async () => {
  await assert.rejects(expectNoLeak({ module: bus, export: 'openOnly' }, FEW), /LEAK +openOnly/);
});
