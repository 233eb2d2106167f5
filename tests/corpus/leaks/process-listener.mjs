import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'process-listener',
  description: 'A tracer made now and then that flushes on exit and is never removed from process',
  expect: { default: 'leak' },
  setup: ({ seed }) => seeded(seed),
  iterate(random, iteration) {
    const { total } = serve(random);
    if (iteration % 100 !== 42) return;
    const spans = [total];
    process.on('exit', () => spans.splice(0));
  },
};

export const leak = { metric: 'listeners', rate: 1 / 100, unit: 'process listeners' };

export const expectEvidence = { kind: 'listener', created: ["process.on('exit'"] };
