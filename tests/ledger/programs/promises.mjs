/** Keeps the books, and prints what a promise has that it did not make, before and after the program has a context of its own. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { Ledger } from '../../../dist/harness/ledger/ledger.js';

const ledger = new Ledger();
ledger.open();

async function pass() {
  await Promise.resolve();
  await readFile(import.meta.filename ?? new URL(import.meta.url));
}

const promise = pass();
const symbols = Object.getOwnPropertySymbols(promise).length;
await promise;

const storage = new AsyncLocalStorage();
const seen = await storage.run({ user: 'ann' }, async () => {
  await pass();
  await wait(2);
  return storage.getStore()?.user;
});
process.stdout.write(JSON.stringify({ symbols, seen }), () => process.exit());
