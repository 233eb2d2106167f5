import { describe, expect, test } from 'vitest';
import { Dispenser } from '../../../harness/engine/corefile/dispenser.ts';
import { CorefileError } from '../../../harness/engine/corefile/error.ts';
import { lex } from '../../../harness/engine/corefile/lexer.ts';
import { parseCorefile } from '../../../harness/engine/corefile/parser.ts';

describe('Dispenser', () => {
  test('says nothing before the first token, and stays on the last one', () => {
    const tokens = dispense('\nx 1');
    expect([tokens.value, tokens.line, tokens.file]).toEqual(['', 0, '']);
    expect([tokens.next(), tokens.value, tokens.line, tokens.file]).toEqual([true, 'x', 2, 'Corefile']);
    expect([tokens.next(), tokens.next(), tokens.value]).toEqual([true, false, '1']);
  });

  test('of no tokens gives none', () => {
    const tokens = new Dispenser([]);
    expect([tokens.next(), tokens.nextArg(), tokens.nextLine(), tokens.nextBlock()]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(tokens.remainingArgs()).toEqual([]);
  });

  test('keeps arguments to their line, wherever it ends', () => {
    const tokens = dispense('x "1\n1" 2\nx 3');
    tokens.next();
    expect([tokens.nextArg(), tokens.value, tokens.nextArg(), tokens.value]).toEqual([
      true,
      '1\n1',
      true,
      '2',
    ]);
    expect([tokens.nextArg(), tokens.value]).toEqual([false, '2']);
    expect([tokens.nextLine(), tokens.value, tokens.line]).toEqual([true, 'x', 3]);
    expect([tokens.nextLine(), tokens.value]).toEqual([false, 'x']);
  });

  test('keeps arguments to their file', () => {
    const tokens = new Dispenser([...lex('x', 'one'), ...lex('x', 'two')]);
    tokens.next();
    expect([tokens.nextArg(), tokens.nextLine(), tokens.file]).toEqual([false, true, 'two']);
  });

  test('reads several occurrences with arguments and blocks', () => {
    const tokens = dispense('x 1 2 {\n  p 3\n  q\n}\nx {\n}\nx 4');
    expect(readAll(tokens)).toEqual(['x 1 2', '.p 3', '.q', 'x', 'x 4']);
  });

  test('reads a block on one line, the brace being no argument', () => {
    expect(readAll(dispense('x 1 { p 2 }\nx { }'))).toEqual(['x 1', '.p 2', 'x']);
  });

  test('ends arguments before a brace, which nextArg gives all the same', () => {
    const tokens = dispense('x 1 {\n}');
    tokens.next();
    expect(tokens.remainingArgs()).toEqual(['1']);
    expect([tokens.nextArg(), tokens.value]).toEqual([true, '{']);
  });

  test('opens no block from another line', () => {
    const tokens = dispense('x\n{\np\n}');
    tokens.next();
    expect(tokens.nextBlock()).toBe(false);
    expect(() => tokens.next()).toThrow(
      "Corefile:2 - Error during parsing: Unexpected '{', a block opens on the line of a directive that takes one",
    );
  });

  test('refuses the block of a directive that takes none', () => {
    const tokens = dispense('x 1 {\np\n}');
    tokens.next();
    tokens.remainingArgs();
    expect(() => tokens.next()).toThrow("Corefile:1 - Error during parsing: Unexpected '{'");
  });

  test('hands the braces of a block within a block to the set-up, to be refused', () => {
    const tokens = dispense('x {\np {\nq\n}\n}');
    expect([tokens.next(), tokens.nextBlock(), tokens.value, tokens.remainingArgs()]).toEqual([
      true,
      true,
      'p',
      [],
    ]);
    expect([tokens.nextBlock(), tokens.value]).toEqual([true, '{']);
    expect([tokens.nextBlock(), tokens.value]).toEqual([true, 'q']);
    expect(tokens.nextBlock()).toBe(false);
    expect(() => tokens.next()).toThrow("Corefile:5 - Error during parsing: Unexpected '}'");
  });

  test('ends a block that nobody closed', () => {
    expect(readAll(dispense('x {\np'))).toEqual(['x', '.p']);
    expect(readAll(dispense('x {'))).toEqual(['x']);
  });

  test.each([
    ['x 1', "Corefile:1 - Error during parsing: Wrong argument count or unexpected line ending after 'x'"],
    ['{', "Corefile:1 - Error during parsing: Unexpected token '{', expecting argument"],
  ])('complains about the arguments of %j', (text, message) => {
    const tokens = dispense(text);
    tokens.nextArg();
    expect(tokens.argumentError()).toBeInstanceOf(CorefileError);
    expect(tokens.argumentError()).toMatchObject({ message, file: 'Corefile', line: 1 });
  });

  test('says where something is wrong', () => {
    const tokens = dispense('x\nx');
    tokens.next();
    tokens.next();
    const error = tokens.error('no good');
    expect(error).toMatchObject({
      message: 'Corefile:2 - Error during parsing: no good',
      file: 'Corefile',
      line: 2,
    });
  });

  test('reads what the parser collected', () => {
    const text = 'a {\nfile db.a a {\nreload 10s\n}\nlog\nfile db.b\n}';
    const [block] = parseCorefile({ text, path: 'Corefile' });
    expect(readAll(new Dispenser(block?.directives.get('file') ?? []))).toEqual([
      'file db.a a',
      '.reload 10s',
      'file db.b',
    ]);
  });
});

function dispense(text: string): Dispenser {
  return new Dispenser(lex(text, 'Corefile'));
}

/** As set-ups read: occurrences with their arguments, properties marked by a dot. */
function readAll(tokens: Dispenser): string[] {
  const read: string[] = [];
  while (tokens.next()) {
    read.push([tokens.value, ...tokens.remainingArgs()].join(' '));
    while (tokens.nextBlock()) read.push(`.${[tokens.value, ...tokens.remainingArgs()].join(' ')}`);
  }
  return read;
}
