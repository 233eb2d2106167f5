import { readFileSync } from 'node:fs';
import type { RunEvent, Sample } from '../../harness/model.ts';

/** The samples of one trial, from the output folder of its run. */
export function savedSamples(folder: string, trial: string): Sample[] {
  const lines = readFileSync(`${folder}/samples.jsonl`, 'utf8').trimEnd().split('\n');
  const events = lines.map(line => JSON.parse(line) as RunEvent);
  return events.flatMap(event => (event.type === 'sample' && event.trial === trial ? [event.sample] : []));
}
