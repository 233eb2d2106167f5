import { defineScenario } from '../../harness/scenario.ts';
import { busyFor } from './busy-loop.ts';

/** An iteration of known length, to see what measuring adds to it. */
export default defineScenario<number>({
  name: 'busy',
  description: 'Computes for a given time and leaves nothing behind',
  parameters: { microseconds: 1000 },
  setup: ({ parameters }) => Number(parameters.microseconds),
  iterate: microseconds => busyFor(microseconds),
});
