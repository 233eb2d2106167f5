import { seeded } from '../random.mjs';
import { serve } from '../request.mjs';

const CAPACITY = 420;

export default {
  name: 'clock-cache-late',
  description: 'A second-chance cache of map tiles gets one more in eight requests and is full after 3,360',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), slots: [], places: new Map(), hand: 0 }),
  iterate(cache, iteration) {
    const { etag } = serve(cache.random);
    const key = `tile/${Math.floor(iteration / 8)}`;
    const place = cache.places.get(key);
    if (place === undefined)
      keep(cache, { key, pixels: Buffer.alloc(32), etag: Buffer.from(etag), used: true });
    else cache.slots[place].used = true;
  },
};

/** Replaces the first tile that was not used since the hand came by. */
function keep(cache, tile) {
  const { slots, places } = cache;
  let place = slots.length;
  if (place === CAPACITY) {
    while (slots[cache.hand].used) {
      slots[cache.hand].used = false;
      cache.hand = (cache.hand + 1) % CAPACITY;
    }
    place = cache.hand;
    places.delete(slots[place].key);
    cache.hand = (cache.hand + 1) % CAPACITY;
  }
  slots[place] = tile;
  places.set(tile.key, place);
}
