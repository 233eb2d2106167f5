import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

/** Some records, and where they begin and end. */
function append({ random, segments, offsets }) {
  const records = Array.from({ length: 1 + below(10, random) }, (_, at) => ({ at, score: random() }));
  segments.push(records);
  offsets.push(random() * records.length, records.length + 0.5, random());
}

export default {
  name: 'segment-offsets',
  description:
    'A log that is compacted at random moments, of which the offsets stay, three numbers per iteration',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), segments: [], offsets: [0.5] }),
  iterate(state) {
    const { random, segments } = state;
    serve(random);
    append(state);
    if (below(150, random) === 0 || segments.length > 500) segments.splice(0, segments.length - 20);
  },
};

export const leak = { metric: 'heap.used', alternatives: ['class.array store'], rate: 24, unit: 'B' };

export const expectEvidence = { objects: ['Array', 'array store'], holders: ['offsets'] };
