import { below, seeded } from '../random.mjs';

function compile(template) {
  const parts = template.split(/\{(\w+)\}/);
  const expressions = parts.map((part, index) => (index % 2 ? `values.${part}` : JSON.stringify(part)));
  // oxlint-disable-next-line typescript/no-implied-eval -- compiled code is what leaks here
  return new Function('values', `return ${expressions.join(' + ')};`);
}

export default {
  name: 'compiled-template',
  description: 'Templates that contain the date are compiled and cached by their text',
  expect: { default: 'leak' },
  setup: ({ seed }) => ({ random: seeded(seed), compiled: new Map() }),
  iterate({ random, compiled }, iteration) {
    const template = `Dear {name}, today is day ${Math.floor(iteration / 10)}: {greeting}, {name}!`;
    const render = compiled.get(template) ?? compile(template);
    compiled.set(template, render);
    for (let letter = 0; letter < 40; letter++) render({ name: `n${below(99, random)}`, greeting: 'hello' });
  },
};

export const leak = { metric: 'heap.used', alternatives: ['population'], rate: 120, unit: 'B' };

export const expectEvidence = { objects: ['function'], holders: ['compiled'] };
