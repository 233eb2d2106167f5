/**
 * Entry of the process that explains heap snapshots: reads one order per line, each a snapshot that has been
 * taken, and after the last prints what grew and who holds it as JSON.
 * @module
 */
import { createInterface } from 'node:readline';
import { Explanation, type TakenSnapshot } from './heap/explain.ts';
import type { OwnPaths } from './heap/own-code.ts';

/** `own` with the last snapshot. */
export type ExplainOrder = TakenSnapshot & { readonly own?: OwnPaths };

const explanation = new Explanation();
try {
  for await (const line of createInterface({ input: process.stdin })) {
    const { own, ...snapshot } = JSON.parse(line) as ExplainOrder;
    if (own) answer({ objects: explanation.conclude(snapshot, own) });
    else explanation.add(snapshot);
  }
} catch (error) {
  answer({ error: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
}

function answer(what: object): void {
  process.stdout.write(JSON.stringify(what));
}
