import { below, seeded } from '../random.mjs';

export default {
  name: 'subscription-ids',
  description: 'Topics of a broker are removed with their last subscriber, but not from the index by prefix',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), topics: new Map(), prefixes: new Map() }),
  iterate({ random, topics, prefixes }, iteration) {
    const prefix = `building-${below(20, random)}`;
    const topic = `${prefix}/sensor-${iteration}`;
    topics.set(topic, new Set([iteration]));
    if (!prefixes.has(prefix)) prefixes.set(prefix, []);
    prefixes.get(prefix).push(topic);
    for (let message = 0; message < 150; message++) topics.get(topic).add(message).delete(message);
    topics.delete(topic);
  },
};

export const leak = { metric: 'heap.used', rate: 130, unit: 'B' };

export const expectEvidence = { objects: ['string'], holders: ['prefixes'] };
