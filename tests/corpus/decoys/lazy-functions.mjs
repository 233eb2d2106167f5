import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'lazy-functions',
  description:
    'A hundred and fifty handlers, each compiled when its route is first asked for, rare ones late',
  expect: { default: 'steady' },
  setup({ seed }) {
    const handlers = Array.from(
      { length: 150 },
      (_, route) =>
        `request => { const price = request.total * ${route}; return { route: ${route}, price }; }`,
    );
    // oxlint-disable-next-line typescript/no-implied-eval -- spares the file 150 functions
    return { random: seeded(seed), handlers: new Function(`return [${handlers.join(',\n')}]`)() };
  },
  iterate({ random, handlers }) {
    const route = Math.floor(handlers.length * random() ** 2);
    return handlers[route](serve(random));
  },
};
