import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

const TENANTS = 80;
/** Latencies that a tenant keeps. */
const MOST = 100;

export default {
  name: 'tenant-histories',
  description:
    'The last hundred latencies of each of 80 tenants, full after some 3,500 iterations, beside a log that is compacted at random moments',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({
    random: seeded(seed),
    segments: [],
    histories: Array.from({ length: TENANTS }, () => [0.5]),
  }),
  iterate({ random, segments, histories }) {
    serve(random);
    segments.push(Array.from({ length: 1 + below(10, random) }, (_, at) => ({ at, score: random() })));
    if (below(150, random) === 0 || segments.length > 500) segments.splice(0, segments.length - 20);
    for (let request = 0; request < 3; request++) {
      const history = histories[below(TENANTS, random)];
      history.push(random());
      if (history.length > MOST) history.shift();
    }
  },
};
