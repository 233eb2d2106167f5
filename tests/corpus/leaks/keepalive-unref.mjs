import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

class Peer {
  constructor(address) {
    this.address = address;
    this.ping = setTimeout(() => this.ping.refresh(), 3_600_000).unref();
  }

  close() {
    this.address = '';
  }
}

export default {
  name: 'keepalive-unref',
  description:
    'Peers that are closed without stopping their unref’d keep-alive timer, one in a hundred requests',
  expect: { default: 'leak' },
  setup: ({ seed }) => seeded(seed),
  iterate(random, iteration) {
    const { path } = serve(random);
    if (iteration % 100 === 3) new Peer(path).close();
  },
};

export const leak = { metric: 'timers', rate: 1 / 100, unit: 'timers' };

export const expectEvidence = { kind: 'timer', created: ['this.ping = setTimeout('] };
