import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'unread-tee',
  description: 'A stream is split in two and only one half is read; the other collects the chunks',
  expect: { default: 'leak' },
  setup({ seed }) {
    let controller;
    const source = new ReadableStream({
      start: given => {
        controller = given;
      },
    });
    const [read, unread] = source.tee();
    return { random: seeded(seed), controller, reader: read.getReader(), unread };
  },
  async iterate({ random, controller, reader }) {
    const { path, total } = serve(random);
    controller.enqueue({ path, total });
    await reader.read();
  },
};

export const leak = { metric: 'population', alternatives: ['heap.used'], rate: 2, unit: 'objects' };

export const expectEvidence = {
  objects: ['Object {path, total}', 'Object {value, size}'],
  holders: ['queue', 'ReadableStream'],
};
