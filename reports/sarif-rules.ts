import type { Metric } from '../harness/model.ts';
import type { CiEvidence } from './ci-evidence.ts';

/** Every rule of the SARIF output: one per kind of leak, and one for each other way not to be as expected. */
export const RULES = [
  rule('leak-timer', 'Timers are kept', 'Clear every timeout and interval when what started it ends.'),
  rule('leak-immediate', 'Immediates are kept', 'Clear every immediate when what started it ends.'),
  rule('leak-handle', 'Handles are kept open', 'Close every socket, server, watcher and child process.'),
  rule('leak-descriptor', 'File descriptors are kept open', 'Close every file and socket.'),
  rule('leak-listener', 'Event listeners are kept', 'Remove every listener when what added it ends.'),
  rule(
    'leak-object',
    'Objects are kept on the heap',
    'Let go of the last reference to what is no longer needed.',
  ),
  rule('leak-memory', 'Memory is kept', 'Run leakgate explain to see who holds it.'),
  rule('leak-not-caught', 'An expected leak was not caught', 'Raise the iterations, or mend the scenario.'),
  rule('fault', 'A trial ended in a fault', 'Mend the fault and run again.'),
  rule('inconclusive', 'The run could not tell', 'Raise the iterations.'),
  rule('harness', 'leakgate could not do its work', 'See the output of the run.'),
] as const;

export type RuleId = (typeof RULES)[number]['id'];

export function ruleOfEvidence(kind: CiEvidence['kind']): RuleId {
  return `leak-${kind}`;
}

/** The rule of a metric: `timers`, `handles.udp`, `descriptors.file`, `instances.Zone`, `heap.used`. */
export function ruleOfFinding({ name, kind }: Metric): RuleId {
  const [family = ''] = name.split('.');
  return COUNTED[family] ?? (kind === 'exact' ? 'leak-object' : 'leak-memory');
}

const COUNTED: { readonly [family: string]: RuleId } = {
  timers: 'leak-timer',
  immediates: 'leak-immediate',
  handles: 'leak-handle',
  descriptors: 'leak-descriptor',
  listeners: 'leak-listener',
};

function rule<Id extends string>(id: Id, text: string, help: string) {
  return { id, shortDescription: { text }, help: { text: help } };
}
