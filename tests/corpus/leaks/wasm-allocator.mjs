import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'wasm-allocator',
  description:
    'Each body is copied to the memory of a WebAssembly module, whose allocator is never told to free it',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), memory: new WebAssembly.Memory({ initial: 1 }), free: 0 }),
  iterate(module) {
    const body = Buffer.from(JSON.stringify(serve(module.random)).repeat(4));
    if (module.free + body.length > module.memory.buffer.byteLength) module.memory.grow(1);
    new Uint8Array(module.memory.buffer).set(body, module.free);
    module.free += body.length;
  },
};

/** Memory of WebAssembly is what V8 was told of before Node 26, and native memory since. */
export const leak = {
  metric: 'heap.external',
  alternatives: ['heap.arrayBuffers', 'memory.native'],
  rate: 1920,
  unit: 'B',
};

export const expectEvidence = { allocator: null, objects: ['ArrayBuffer'], holders: ['memory'] };
