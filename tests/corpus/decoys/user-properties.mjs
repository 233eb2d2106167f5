import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'user-properties',
  description: 'Requests per user in a plain object, with properties added and deleted as users come and go',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), online: {}, order: [] }),
  iterate({ random, online, order }, iteration) {
    const { user, path } = serve(random);
    const key = `user-${user}`;
    if (!(key in online)) order.push(key);
    online[key] = { path, since: iteration };
    while (order.length > 250) delete online[order.shift()];
  },
};
