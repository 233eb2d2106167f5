import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Dispenser } from '../../../harness/engine/corefile/dispenser.ts';
import { CorefileError } from '../../../harness/engine/corefile/error.ts';
import { hashBlocks } from '../../../harness/engine/corefile/hash.ts';
import { inspectKeys } from '../../../harness/engine/corefile/keys.ts';
import { parseCorefile } from '../../../harness/engine/corefile/parser.ts';

/** None of them imports a file, and a mutation that makes one do so is left out. */
const CORPUS = [
  '.:53 {\n    whoami\n    log\n}\n',
  'a.org b.org:1053, # two\nc.org {\n  file db.a a.org {\n    reload 10s\n    fallthrough\n  }\n  errors {\n    consolidate 5m ".* \\"timeout\\"$"\n  }\n}\n',
  'a.org\r\nreload 10s 5s\r\nauto {\r\n  directory /zones db\\.(.*) {1}\r\n}\r\n',
  '10.0.0.0/15 2001:db8::/32 dns://.:{$PORT} {\n  bind ::1\n  root "{%HOME%}/a b"\n}\n\uFEFF(x) {\n log\n}\n',
  '(snip) {\n  log\n  errors {\n    stacktrace\n  }\n}\n(twice) {\n  import snip\n}\na {\n  import twice\n}\nb {\n  auto {\n    import snip\n  }\n}\n',
  '{\n}\n\u00a0"" {}\n}{ é.org \u{1F511}\n{ x {{ } }\n',
];
const RUNS = 10_000;

const text = fc.constantFrom(...CORPUS);
const place = fc.double({ min: 0, max: 1, noNaN: true });
const piece = fc.oneof(
  fc.constantFrom(
    '{',
    '}',
    ' { ',
    ' }\n',
    '\n',
    '"',
    '\\',
    '#',
    ',',
    'import snip\n',
    '(',
    ')',
    '{$A}',
    '{%',
    ':',
    '/',
    '\0',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const mutation = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: place, bit: fc.nat(7) }),
  fc.record({ kind: fc.constant('insert' as const), at: place, piece }),
  fc.record({ kind: fc.constant('delete' as const), at: place, size: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ kind: fc.constant('duplicate' as const), at: place, size: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant('splice' as const), at: place, from: text, fromAt: place }),
);
type Mutation = typeof mutation extends fc.Arbitrary<infer Value> ? Value : never;

test('a mutated Corefile is parsed or refused, never anything else', () => {
  let parsed = 0;
  let refused = 0;
  fc.assert(
    fc.property(text, fc.array(mutation, { minLength: 1, maxLength: 6 }), (original, mutations) => {
      const mutated = mutations.reduce(mutate, original);
      if (!importsOnlySnippets(mutated)) return;
      try {
        const blocks = parseCorefile({
          text: mutated,
          path: '/nowhere/Corefile',
          env: { A: 'b c', PORT: '0' },
        });
        parsed++;
        expect(hashBlocks(blocks)).toHaveLength(128);
        for (const { directives } of inspectKeys(blocks, { defaultPort: 53 })) {
          for (const tokens of directives.values()) readAll(new Dispenser(tokens));
        }
      } catch (error) {
        if (!(error instanceof CorefileError)) throw error;
        refused++;
      }
    }),
    { seed: 6705, numRuns: RUNS },
  );
  expect(parsed).toBeGreaterThan(RUNS / 10);
  expect(refused).toBeGreaterThan(RUNS / 10);
});

function mutate(original: string, mutation: Mutation): string {
  const bytes = Buffer.from(original);
  const at = Math.floor(mutation.at * bytes.length);
  const before = bytes.subarray(0, at);
  switch (mutation.kind) {
    case 'flip': {
      const byte = (bytes[at] ?? 0) ^ (1 << mutation.bit);
      return textOf(before, Buffer.of(byte), bytes.subarray(at + 1));
    }
    case 'insert':
      return textOf(before, Buffer.from(mutation.piece), bytes.subarray(at));
    case 'delete':
      return textOf(before, bytes.subarray(at + mutation.size));
    case 'duplicate':
      return textOf(before, bytes.subarray(at, at + mutation.size), bytes.subarray(at));
    case 'splice': {
      const other = Buffer.from(mutation.from);
      return textOf(before, other.subarray(Math.floor(mutation.fromAt * other.length)));
    }
  }
}

function textOf(...parts: readonly Uint8Array[]): string {
  return Buffer.concat(parts).toString();
}

/**
 * Everything after the word `import` is relative and holds no wildcard: with the folder that is not there, no
 * file is.
 */
function importsOnlySnippets(mutated: string): boolean {
  return !/import[\s"]+[/.*?{]/.test(mutated) && !/import[^\n]*[*?]/.test(mutated);
}

function readAll(tokens: Dispenser): void {
  while (tokens.next()) {
    tokens.remainingArgs();
    while (tokens.nextBlock()) tokens.remainingArgs();
  }
}
