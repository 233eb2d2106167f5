/** Creates and clears a million timers and as many emitters' listeners; prints by how many bytes the heap grew. */
import { EventEmitter } from 'node:events';
import { takeInventory } from '../../../dist/harness/ledger/inventory.js';
import { Ledger } from '../../../dist/harness/ledger/ledger.js';

const ledger = new Ledger();
ledger.open();

async function batch() {
  for (let done = 0; done < 1000; done++) {
    clearTimeout(setTimeout(() => {}, 10_000));
    new EventEmitter().on('end', () => {});
  }
  await new Promise(resolve => setImmediate(resolve));
}

async function heap() {
  await new Promise(resolve => setImmediate(resolve));
  for (let turn = 0; turn < 3; turn++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}

for (let warm = 0; warm < 20; warm++) await batch();
const before = await heap();
for (let done = 1; done <= 1000; done++) {
  await batch();
  // What may be collected must be, or its tables would be as large as there is room.
  if (done % 20 === 0) globalThis.gc();
}
// Emitters that are gone are dropped when the books are closed to new ones.
await heap();
ledger.closeEmitters();
const growth = (await heap()) - before;
process.stdout.write(JSON.stringify({ growth, ...takeInventory(0, ledger.live()) }), () => process.exit());
