import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashBlocks } from '../../../harness/engine/corefile/hash.ts';
import { parseCorefile } from '../../../harness/engine/corefile/parser.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hash-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const TEXT = 'a.org {\n  log # all\n  errors\n}\n';

describe('hashBlocks()', () => {
  test('is SHA-512 over the blocks as JSON, directives by name', () => {
    const json =
      '[{"Keys":["a.org"],"Tokens":{' +
      '"errors":[{"File":"f","Line":3,"Text":"errors"}],' +
      '"log":[{"File":"f","Line":2,"Text":"log"},{"File":"f","Line":2,"Text":"\\"x"}]}}]';
    const blocks = parseCorefile({ text: 'a.org {\nlog "\\"x"\nerrors\n}', path: 'f' });
    expect(hashBlocks(blocks)).toBe(createHash('sha512').update(json).digest('hex'));
  });

  test('is the same for the same text, and for no blocks', () => {
    expect(hash(TEXT)).toBe(hash(TEXT));
    expect(hash(TEXT)).toMatch(/^[0-9a-f]{128}$/);
    expect(hash('')).toBe(hash('# nothing'));
  });

  test.each([
    ['the text of a comment', TEXT.replace('# all', '# every single one')],
    ['white space within a line', TEXT.replace('  log', '\tlog  ')],
    ['a comment or blank line below everything', `${TEXT}\n# end\n`],
    ['a snippet below that nobody imports', `${TEXT}(s) {\nlog\n}\n`],
    ['the quotes around a word', TEXT.replace('errors', '"errors"')],
  ])('does not change with %s', (_what, text) => {
    expect(hash(text)).toBe(hash(TEXT));
  });

  test.each([
    ['a comment that shifts lines', `# new\n${TEXT}`],
    ['a blank line above a word', TEXT.replace('  errors', '\n  errors')],
    ['another key', TEXT.replace('a.org', 'b.org')],
    ['one more argument', TEXT.replace('errors', 'errors x')],
    ['the order of directives on their lines', 'a.org {\n  errors\n  log\n}\n'],
    ['a directive repeated', TEXT.replace('errors', 'log')],
    ['a second block', `${TEXT}b.org {\n}\n`],
  ])('changes with %s', (_what, text) => {
    expect(hash(text)).not.toBe(hash(TEXT));
  });

  test('knows the order of directives by their line numbers only', () => {
    const [block] = parseCorefile({ text: TEXT, path: 'f' });
    const swapped = { ...block!, directives: new Map([...block!.directives].reverse()) };
    expect(hashBlocks([swapped])).toBe(hash(TEXT));
  });

  test('includes values from the environment', () => {
    const text = 'a.org {\nlog {$X}\n}';
    expect(hash(text, { X: '1' })).not.toBe(hash(text, { X: '2' }));
    expect(hash(text, { X: '1', Y: '1' })).toBe(hash(text, { X: '1' }));
  });

  test('includes imported files and snippets, but no file that an argument names', () => {
    const path = join(folder, 'Corefile');
    const hashFile = (text: string) => hashBlocks(parseCorefile({ text, path, env: {} }));
    const text = 'a.org {\nimport common\nfile db.a\n}';
    writeFileSync(join(folder, 'common'), 'log');
    writeFileSync(join(folder, 'db.a'), 'one');
    const before = hashFile(text);
    writeFileSync(join(folder, 'db.a'), 'two');
    expect(hashFile(text)).toBe(before);
    writeFileSync(join(folder, 'common'), 'log # same');
    expect(hashFile(text)).toBe(before);
    writeFileSync(join(folder, 'common'), 'errors');
    expect(hashFile(text)).not.toBe(before);
    expect(hash('(s) {\nlog\n}\na {\nimport s\n}')).not.toBe(hash('(s) {\nwhoami\n}\na {\nimport s\n}'));
  });
});

function hash(text: string, env = {}): string {
  return hashBlocks(parseCorefile({ text, path: 'f', env }));
}
