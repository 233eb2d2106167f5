import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'client-limits',
  description: 'A token bucket with a timer for each of 80 clients, made with the client’s first request',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), buckets: new Map() }),
  iterate({ random, buckets }) {
    serve(random);
    const client = `10.0.0.${below(80, random)}`;
    if (!buckets.has(client)) {
      const bucket = { tokens: 50 };
      buckets.set(client, { bucket, timer: setInterval(() => (bucket.tokens = 50), 600_000) });
    }
    buckets.get(client).bucket.tokens--;
  },
  teardown: ({ buckets }) => {
    for (const { timer } of buckets.values()) clearInterval(timer);
  },
};
