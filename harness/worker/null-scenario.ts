import { defineScenario } from '../scenario.ts';

/** Does nothing: whatever grows here is the harness' own doing. */
export default defineScenario({
  name: 'null',
  description: 'An empty iteration: what the harness itself adds',
  iterate: () => {},
});
