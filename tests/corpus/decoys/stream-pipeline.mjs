import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'stream-pipeline',
  description: 'Streams are piped to their end, or destroyed half-way',
  expect: { default: 'steady' },
  setup: ({ seed }) => seeded(seed),
  async iterate(random, iteration) {
    const { body } = serve(random);
    const source = Readable.from([body, body, body]);
    const sink = new PassThrough();
    if (iteration % 3 > 0) return pipeline(source, sink.resume());
    source.pipe(sink);
    sink.destroy();
    source.destroy();
  },
};
