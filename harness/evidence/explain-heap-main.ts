/**
 * Entry of the process that explains heap snapshots: reads one request, prints what grew and who holds it as JSON.
 * @module
 */
import { readFileSync } from 'node:fs';
import { explainSnapshots, type TakenSnapshot } from './snapshot/explain.ts';

export interface ExplainRequest {
  readonly snapshots: readonly TakenSnapshot[];
  /** Parts of the paths of code that is none of the subject's. */
  readonly ignore?: readonly string[];
}

const [path = ''] = process.argv.slice(2);
try {
  const { snapshots, ignore } = JSON.parse(readFileSync(path, 'utf8')) as ExplainRequest;
  process.stdout.write(JSON.stringify({ objects: explainSnapshots(snapshots, ignore) }));
} catch (error) {
  process.stdout.write(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
  process.exitCode = 1;
}
