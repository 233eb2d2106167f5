/**
 * The process in which `expectNoLeak` runs the gate: judges one scenario, and answers. Apart from the test's
 * own process, whose timers may be fake, whose modules may be mocked, and which may be a sandbox. Ends with
 * its parent.
 * @module
 */
import { EventEmitter } from 'node:events';
import type { GivenOptions, Parameters, Report } from '../../harness/model.ts';
import { render } from '../../reports/index.ts';
import { gate } from '../gate.ts';
import { messageOf } from '../message-of.ts';
import { silent } from '../surroundings.ts';

/** What is asked: a scenario's path, and what the options of a test say. */
export interface Question {
  readonly scenario: string;
  readonly builds: readonly string[];
  readonly parameters: Parameters;
  readonly overrides: GivenOptions;
  readonly out: string;
}

export type Answer =
  | { readonly outcome: 'as-expected' }
  | { readonly outcome: 'not-as-expected'; readonly text: string }
  | { readonly outcome: 'failed'; readonly message: string };

const WIDTH = 100;
const signals = new EventEmitter();
process.on('disconnect', () => signals.emit('SIGTERM'));
process.once('message', question => void answer(question as Question));

async function answer(question: Question): Promise<void> {
  const given = await judged(question).catch((error: unknown): Answer => {
    return { outcome: 'failed', message: messageOf(error) };
  });
  if (process.connected) process.send?.(given, undefined, undefined, () => process.disconnect());
}

async function judged({ scenario, ...asked }: Question): Promise<Answer> {
  let report: Report | undefined;
  const exitCode = await gate(
    {
      ...asked,
      scenarios: [scenario],
      repetitions: 1,
      jit: 'none',
      reporters: [],
      github: false,
      json: false,
      heapDiff: false,
      evidence: { keepSnapshots: false },
      png: false,
      name: 'test',
      command: ['test', scenario],
      done: finished => {
        report = finished;
      },
    },
    silent(process.cwd(), process.env, signals),
  );
  if (exitCode === 0) return { outcome: 'as-expected' };
  if (!report) return { outcome: 'failed', message: 'Interrupted before the verdict' };
  const text = render(report, 'text', { width: WIDTH, color: false, plot: false });
  return { outcome: 'not-as-expected', text: `Expected no leak:\n\n${text}` };
}
