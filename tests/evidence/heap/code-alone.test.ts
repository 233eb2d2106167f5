import { expect, test } from 'vitest';
import { codeAlone } from '../../../harness/evidence/heap/code-alone.ts';

const alone = (text: string, file = 'cache.ts') => codeAlone(text, file).split('\n');

test('comments are blank, and what is left keeps its place', () => {
  const text = `a.set(1); // a.set(2)
/*
   a.set(3);
*/ a.set(4);`;
  expect(alone(text).map(line => line.trimEnd())).toEqual(['a.set(1);', '', '', '   a.set(4);']);
  expect(alone(text).map(line => line.length)).toEqual(text.split('\n').map(line => line.length));
});

test('so is the text of a template of several lines, but not what is put into it', () => {
  const text = `const help = \`\n  a.set(key)  keeps \${a.get(key)}\n\`;\na.set(1);`;
  expect(alone(text).map(line => line.trim())).toEqual(['const help =', 'a.get(key)', ';', 'a.set(1);']);
});

test('and all of its parts, also those that are in one line', () => {
  const text = `q(\`a\n FROM \${b} WHERE \${c} = {\`); \`x \${d} y\`;`;
  expect(alone(text).join(' ').replace(/ +/g, ' ')).toBe(`q( b c ); \`x \${d} y\`;`);
});

test('a template in one line stays, as it may name a module', () => {
  const text = `import(\`./plugins/\${name}.mjs\`);`;
  expect(alone(text)).toEqual([text]);
});

test('no quote, pattern, glob, type or text of a page hides what follows', () => {
  const text = `const quote = /['"\`/]/; a.set(1);
const files = 'src/**/*.ts'; a.set(2);
const half = size / 2; a.set(half / 2);
const rows = new Map<string, Array<number>>(); a.set(3);`;
  expect(alone(text)).toEqual(text.split('\n'));
  const page = "const page = <p>it's {a.set(4)}</p>;\na.set(5);";
  expect(alone(page, 'page.tsx')).toEqual(page.split('\n'));
});

test('what is larger than a source is left as it is', () => {
  const bundle = `/* ${'x'.repeat(2_000_000)} */`;
  expect(codeAlone(bundle, 'bundle.js')).toBe(bundle);
});
