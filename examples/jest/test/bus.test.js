const { join } = require('node:path');
const { expectNoLeak } = require('leakgate/test');

// Measuring takes a second or two, and longer where a run is in doubt.
jest.setTimeout(60_000);

const FEW = { iterations: 300 };

test('a session that is closed leaves nothing behind', async () => {
  await expectNoLeak({ module: join(__dirname, '../src/bus.js'), export: 'openAndClose' }, FEW);
});

test('a function that requires what it needs is repeated in a process of its own', async () => {
  await expectNoLeak(
    () => {
      const { Session } = require('../src/bus.js');
      new Session().close();
    },
    { from: __filename, name: 'session', ...FEW },
  );
});

test('a scenario file says more: how to set up, what one iteration is, how to come to rest', async () => {
  await expectNoLeak(join(__dirname, '../leaks/session.mjs'), FEW);
});

test('a session that is never closed is caught', async () => {
  const leaking = expectNoLeak({ module: join(__dirname, '../src/bus.js'), export: 'openOnly' }, FEW);
  await expect(leaking).rejects.toThrow(/LEAK +openOnly/);
});
