import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

const PAGE = 64 * 1024;

export default {
  name: 'shared-log',
  description:
    'A log in a shared buffer, which is memory that V8 does not count, grows by each request and is never cut',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({
    random: seeded(seed),
    log: new SharedArrayBuffer(PAGE, { maxByteLength: 2 ** 30 }),
    length: 0,
  }),
  iterate(session) {
    const line = Buffer.from(JSON.stringify(serve(session.random)).repeat(2));
    if (session.length + line.length > session.log.byteLength)
      session.log.grow(session.log.byteLength + PAGE);
    new Uint8Array(session.log).set(line, session.length);
    session.length += line.length;
  },
};

export const leak = { metric: 'memory.native', rate: 960, unit: 'B' };

/** The heap shows nothing of it. */
export const expectEvidence = {};
