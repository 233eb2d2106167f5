/**
 * Entry of the process that explains heap snapshots: reads one order per line, each a snapshot that has been taken, and after the last
 * prints what grew and who holds it as JSON.
 * @module
 */
import { createInterface } from 'node:readline';
import { Explanation, type TakenSnapshot } from './snapshot/explain.ts';

/** `ignore`: parts of the paths of code that is none of the subject's. With the last snapshot. */
export type ExplainOrder = TakenSnapshot & { readonly last?: { readonly ignore: readonly string[] } };

const explanation = new Explanation();
try {
  for await (const line of createInterface({ input: process.stdin })) {
    const { last, ...snapshot } = JSON.parse(line) as ExplainOrder;
    if (last) answer({ objects: explanation.conclude(snapshot, last.ignore) });
    else explanation.add(snapshot);
  }
} catch (error) {
  answer({ error: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
}

function answer(what: object): void {
  process.stdout.write(JSON.stringify(what));
}
