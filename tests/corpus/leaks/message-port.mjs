import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'message-port',
  description: 'A channel for each aborted call whose ports stay open, one in a hundred',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), ports: [] }),
  async iterate({ random, ports }, iteration) {
    const { body } = serve(random);
    if (iteration % 20 !== 0) return;
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise(resolve => port1.addEventListener('message', resolve, { once: true }));
    port1.start();
    port2.postMessage(body);
    await answer;
    if (iteration % 100 === 60) ports.push(port1);
    else port1.close();
  },
};

export const leak = { metric: 'handles.async', rate: 2 / 100, unit: 'async handles' };

export const expectEvidence = { kind: 'handle', created: ['new MessageChannel()'] };
