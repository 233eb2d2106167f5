import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_PROPERTIES, shapedName, shapeOf, sharedShape } from '../../harness/snapshot/shape.ts';

test('a plain object is called by its properties, the first six of more', () => {
  expect(shapedName('Object', ['path', 'body'])).toBe('Object {path, body}');
  expect(shapedName('Object', ['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toBe('Object {a, b, c, d, e, f, …}');
  const long = ['theFirstOfThem', 'theSecondOfThem', 'theThirdOfThem', 'theFourthOfThem', 'theFifthOfThem'];
  expect(shapedName('Object', long)).toBe(
    'Object {theFirstOfThem, theSecondOfThem, theThirdOfThem, theFourthOfThem, …}',
  );
  const alone = shapedName('Object', ['x'.repeat(100)]);
  expect(alone).toBe(`Object {${'x'.repeat(70)}…}`);
  expect(shapedName('C'.repeat(90), ['a', 'b'])).toBe('C'.repeat(80));
  expect(shapeOf(alone)).toEqual({ plain: 'Object', properties: [], isCut: true });
});

test('a symbol is told as in a program', () => {
  expect(shapedName('Object', ['<symbol hooks>', 'name'])).toBe('Object {[hooks], name}');
});

test('without properties it is called by its class alone', () => {
  expect(shapedName('Array', [])).toBe('Array');
  expect(shapeOf('Array')).toBeUndefined();
});

test('a name that was cut tells the properties before the cut, of older reports too', () => {
  const name = shapedName('Object', ['a'.repeat(60), 'b'.repeat(60)]);
  expect(name).toBe(`Object {${'a'.repeat(60)}, …}`);
  const shape = { plain: 'Object', properties: ['a'.repeat(60)], isCut: true };
  expect(shapeOf(name)).toEqual(shape);
  expect(shapeOf(`Object {${'a'.repeat(60)}, ${'b'.repeat(10)}`)).toEqual(shape);
});

test('what a name tells is what it was made of', () => {
  const properties = fc.array(fc.stringMatching(/^[a-z_$][\w$]{0,5}$/), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(properties, names => {
      expect(shapeOf(shapedName('Object', names))).toEqual({
        plain: 'Object',
        properties: names.slice(0, MOST_PROPERTIES),
        isCut: names.length > MOST_PROPERTIES,
      });
    }),
  );
});

test('several shapes have one name, of what they have in common', () => {
  expect(sharedShape(['Object {id, kind, user}', 'Object {id, user, kind, code}'])).toBe(
    'Object {id, kind, user, …}',
  );
  expect(sharedShape(['Object {id, kind}', 'Object {kind, id}'])).toBe('Object {id, kind}');
  expect(sharedShape(['Object', 'Object'])).toBe('Object');
  expect(sharedShape(['Object {id}'])).toBe('Object {id}');
});
