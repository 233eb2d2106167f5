import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:net';
import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

class Plugin {
  constructor(bus) {
    this.stop = new AbortController();
    this.timer = setInterval(() => {}, 30_000);
    bus.on('change', this.changed);
    this.bus = bus;
  }

  changed = () => this.close();

  async listen() {
    this.server = createServer().listen({ port: 0, host: '127.0.0.1', signal: this.stop.signal });
    await once(this.server, 'listening');
    return this;
  }

  async close() {
    clearInterval(this.timer);
    this.bus.off('change', this.changed);
    this.stop.abort();
    await once(this.server, 'close');
  }
}

export default {
  name: 'plugin-restarted',
  description: 'A plugin with a timer, a listener and a server, closed and started again every tenth request',
  expect: { default: 'steady' },
  watch: () => [Plugin],
  async setup({ seed }) {
    const bus = new EventEmitter();
    return { random: seeded(seed), bus, plugin: await new Plugin(bus).listen() };
  },
  async iterate(host, iteration) {
    serve(host.random);
    if (iteration % 10 > 0) return;
    const fresh = await new Plugin(host.bus).listen();
    await host.plugin.close();
    host.plugin = fresh;
  },
};
