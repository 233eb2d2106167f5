import { below, seeded } from '../random.mjs';
import { serve } from '../request.mjs';

function quote(text) {
  return text.replace(/[&<>"]/g, letter => `&#${letter.charCodeAt(0)};`);
}

function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[sorted.length >> 1];
}

function checksum(text) {
  let sum = 0;
  for (let index = 0; index < text.length; index++) sum = (sum * 31 + text.charCodeAt(index)) | 0;
  return sum;
}

export default {
  name: 'late-hot-path',
  description: 'Other code becomes hot after two thirds of the run, as when traffic shifts at night',
  expect: { default: 'steady' },
  setup: ({ seed, iterations }) => ({ random: seeded(seed), night: (iterations * 2) / 3 }),
  iterate({ random, night }, iteration) {
    const { body } = serve(random);
    if (iteration < night) return body.length;
    const values = Array.from({ length: 60 }, () => below(1000, random));
    return [quote(body), median(values), checksum(body)];
  },
};
