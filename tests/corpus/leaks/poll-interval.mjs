import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

class Plugin {
  #state = new Map();

  start() {
    setInterval(() => this.#state.clear(), 60_000);
    return this;
  }

  handle({ path, etag }) {
    this.#state.set(path, etag);
  }
}

export default {
  name: 'poll-interval',
  description: 'A plugin reloaded every tenth request whose interval goes on',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), plugin: new Plugin().start() }),
  iterate(host, iteration) {
    if (iteration % 10 === 0) host.plugin = new Plugin().start();
    host.plugin.handle(serve(host.random));
  },
};

export const leak = { metric: 'timers', alternatives: ['population'], rate: 1 / 10, unit: 'timers' };

export const expectEvidence = { kind: 'timer', created: ['setInterval(() => this.#state.clear()'] };
