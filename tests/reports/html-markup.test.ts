import fc from 'fast-check';
import { expect, test } from 'vitest';
import { h, inner, raw } from '../../reports/html-markup.ts';

test('escapes every string, as a child and as the value of an attribute', () => {
  fc.assert(
    fc.property(fc.string(), text => {
      const html = inner(h('p', { title: text }, text, [h('b', {}, text)]));
      const [, title, child, bold] =
        /^<p title="([^"]*)">([^<>"]*)<b>([^<>"]*)<\/b><\/p>$/.exec(html.replaceAll('\n', '\\n')) ?? [];
      expect(title).toBe(child);
      expect(bold).toBe(child);
    }),
  );
});

test('lets through what is markup already', () => {
  expect(inner([raw('<i>x</i>'), h('b', {}, raw('&amp;'))])).toBe('<i>x</i><b>&amp;</b>');
});

test('leaves out attributes and children that are not there, and end tags that must not be', () => {
  expect(inner(h('details', { open: true, hidden: false, id: undefined }, undefined, '', []))).toBe(
    '<details open></details>',
  );
  expect(inner(h('meta', { charset: 'utf-8' }))).toBe('<meta charset="utf-8">');
});
