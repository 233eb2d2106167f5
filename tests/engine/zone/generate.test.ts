import { expect, test } from 'vitest';
import { contentOf, failureOf, recordsOf } from './support.ts';

test.each([
  [
    '1-3 h$ A 10.0.0.$',
    [
      'h1.example.org. 3600 IN A 10.0.0.1',
      'h2.example.org. 3600 IN A 10.0.0.2',
      'h3.example.org. 3600 IN A 10.0.0.3',
    ],
  ],
  [
    '0-10/5 $ PTR h$',
    [
      '0.example.org. 3600 IN PTR h0.example.org.',
      '5.example.org. 3600 IN PTR h5.example.org.',
      '10.example.org. 3600 IN PTR h10.example.org.',
    ],
  ],
  [`7-7 h\${3} 5 IN A 10.0.0.\${-7}`, ['h10.example.org. 5 IN A 10.0.0.0']],
  [
    `26-26 h\${0,4} TXT \${0,0,d} \${0,5,o} \${0,3,x} \${0,3,X}`,
    ['h0026.example.org. 3600 IN TXT "26" "00032" "01a" "01A"'],
  ],
  ['1-1 a TXT "$ $$ \\$ \\\\" $', ['a.example.org. 3600 IN TXT "1 $ $ \\\\" "1"']],
  ['1-1 $ ( ; in parentheses\n CNAME\n c$ )', ['1.example.org. 3600 IN CNAME c1.example.org.']],
  ['1-1 s$ SVCB $ . alpn="h2"', ['s1.example.org. 3600 IN SVCB 1 . alpn="h2"']],
])('$GENERATE %s', (template, records) => {
  expect(recordsOf(contentOf(`$GENERATE ${template}\n`))).toEqual(records);
});

test('names are relative to the origin in force, and what follows is as before', () => {
  const content = contentOf('first A 1.1.1.1\n$ORIGIN sub\n$generate 1-1 h$ A 10.0.0.$\n\tTXT x\n');
  expect(recordsOf(content)).toEqual([
    'first.example.org. 60 IN A 1.1.1.1',
    'first.example.org. 60 IN TXT "x"',
    'h1.sub.example.org. 3600 IN A 10.0.0.1',
  ]);
});

test.each([
  ['', 'expecting $GENERATE value, not this...: "" at line: 3:10'],
  ['1-3', 'expecting $GENERATE template, not this...: "" at line: 3:14'],
  ['1 h A 1.1.1.1', 'bad start-stop in $GENERATE range: "1" at line: 3:11'],
  ['a-b h A 1.1.1.1', 'bad start-stop in $GENERATE range: "a-b" at line: 3:11'],
  ['3-1 h A 1.1.1.1', 'bad range in $GENERATE range: "3-1" at line: 3:11'],
  ['0-65536 h A 1.1.1.1', 'bad range in $GENERATE range: "0-65536" at line: 3:11'],
  ['0-2147483648/65536 h A 1.1.1.1', 'bad range in $GENERATE range: "0-2147483648/65536" at line: 3:11'],
  ['1-3/0 h A 1.1.1.1', 'bad step in $GENERATE range: "1-3/0" at line: 3:11'],
  ['1-3/ h A 1.1.1.1', 'bad step in $GENERATE range: "1-3/" at line: 3:11'],
  [`1-3 h\${0 A 1.1.1.1`, `bad modifier in $GENERATE: "h\${0" at line: 3:15`],
  [`1-3 h\${x} A 1.1.1.1`, `bad modifier in $GENERATE: "h\${x}" at line: 3:15`],
  [`1-3 h\${0,1,b} A 1.1.1.1`, `bad modifier in $GENERATE: "h\${0,1,b}" at line: 3:15`],
  [`1-3 h\${0,256} A 1.1.1.1`, `bad width in $GENERATE: "h\${0,256}" at line: 3:15`],
  [`1-3 h\${-2} A 1.1.1.1`, `bad offset in $GENERATE: "h\${-2}" at line: 3:15`],
  [`1-3 h\${2147483645} A 1.1.1.1`, `bad offset in $GENERATE: "h\${2147483645}" at line: 3:15`],
  ['1-3 h A 1.1.1.$$', 'bad A A: "1.1.1.$" at line: 3:1'],
  ['255-256 h A 1.1.1.$', 'bad A A: "1.1.1.256" at line: 3:1'],
  ['1-3 $$GENERATE 1-3 h A 1.1.1.1', 'directive made by $GENERATE: "$GENERATE" at line: 3:1'],
  ['1-3 $$INCLUDE x', 'directive made by $GENERATE: "$INCLUDE" at line: 3:1'],
])('$GENERATE %s fails', (template, problem) => {
  expect(failureOf(`$GENERATE ${template}`).message).toBe(`db.example.org: dns: ${problem}`);
});

test('65,536 records are the most that one directive makes', () => {
  expect(recordsOf(contentOf('$GENERATE 0-65535 h$ A 10.0.0.1'))).toHaveLength(65_536);
});

test('what all directives of a zone make together is bounded', () => {
  const bomb = `$GENERATE 0-65535 h$ TXT "${'x'.repeat(240)}"\n`.repeat(100);
  const failure = failureOf(`$GENERATE 1-2 a$ A 1.1.1.1\n${bomb}`);
  expect(failure.message).toContain('more than 16777216 characters generated');
  expect(failure.line).toBeGreaterThan(3);
});
