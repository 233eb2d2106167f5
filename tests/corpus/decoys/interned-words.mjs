import { below, seeded } from '../random.mjs';

export default {
  name: 'interned-words',
  description: 'Strings are interned over a vocabulary of 1,500, eight per request',
  expect: { default: 'steady' },
  setup: ({ seed }) => ({ random: seeded(seed), words: new Map() }),
  iterate({ random, words }) {
    const text = Array.from({ length: 8 }, () => `keyword-${below(1500, random).toString(36)}`).join(' ');
    return text.split(' ').map(word => {
      if (!words.has(word)) words.set(word, word);
      return words.get(word);
    });
  },
};
