import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

export default {
  name: 'index-late',
  description:
    'The first search by place, at 55 % of the run, builds an index that doubles the heap and stays',
  expect: { default: 'steady' },
  setup: ({ seed, iterations }) => ({
    random: seeded(seed),
    at: Math.floor(iterations * 0.55),
    cells: new Map(),
  }),
  iterate(server, iteration) {
    serve(server.random);
    if (iteration !== server.at) return;
    server.coordinates = new Float64Array(2 ** 21);
    for (let id = 0; id < 40_000; id++) {
      const [lat, lon] = [server.random() * 180 - 90, server.random() * 360 - 180];
      server.coordinates[2 * id] = lat;
      server.coordinates[2 * id + 1] = lon;
      const cell = `${Math.floor(lat / 2)}:${Math.floor(lon / 2)}`;
      const members = server.cells.get(cell) ?? [];
      members.push({ id, lat, lon });
      server.cells.set(cell, members);
    }
  },
};
