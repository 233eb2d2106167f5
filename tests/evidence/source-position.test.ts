import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { afterAll, describe, expect, test } from 'vitest';
import { originalName, originalPosition } from '../../harness/evidence/source-position.ts';

const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
const SOURCE = `interface Entry { key: string }
type Keep = (entry: Entry) => void;

const kept: Entry[] = [];
export const keep: Keep = entry => { kept.push(entry); };
`;

afterAll(() => rmSync(folder, { recursive: true }));

describe('the original position', () => {
  test('is that of the TypeScript line where a map lies beside the file', () => {
    const { file, line, column } = compile('beside', { sourceMap: true });
    expect(originalPosition({ file, line, column, function: 'keep' })).toEqual({
      file: join(folder, 'beside', 'keep.ts'),
      line: 5,
      column: 27,
      function: 'keep',
    });
  });

  test('of a line that the map does not know is where it runs', () => {
    const { file } = compile('longer', { sourceMap: true });
    const code = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, [...code.slice(0, -1), 'function footer() {}', code.at(-1)].join('\n'));
    const position = { file, line: code.length, column: 10, function: 'footer' };
    expect(originalPosition(position)).toEqual(position);
  });

  test('is found through an inline map, a source root, and a file URL', () => {
    const { file, line, column } = compile('inline', {
      inlineSourceMap: true,
      sourceRoot: pathToFileURL(join(folder, 'src')).href,
    });
    expect(originalPosition({ file: pathToFileURL(file).href, line, column, function: '' })).toMatchObject({
      file: join(folder, 'src', 'keep.ts'),
      line: 5,
    });
  });

  test('is the place itself without a map, with a broken one, and in what is no file', () => {
    const broken = join(folder, 'broken.js');
    writeFileSync(broken, 'f();\n//# sourceMappingURL=nowhere.js.map\n');
    for (const file of [broken, join(folder, 'missing.js'), 'node:net', 'evalmachine.<anonymous>']) {
      const position = { file, line: 1, column: 1, function: 'f' };
      expect(originalPosition(position)).toEqual(position);
    }
  });

  test('has a path relative to the working directory where it lies below it', () => {
    const file = join(process.cwd(), 'scenarios', 'nothing.js');
    expect(originalPosition({ file, line: 3, column: 2, function: '' })).toMatchObject({
      file: join('scenarios', 'nothing.js'),
      line: 3,
    });
  });
});

describe('the original name of a variable that a bundler shortened', () => {
  /** As esbuild would shorten it; each identifier has its name in the map. */
  const shortened = 'const s=new Map;export const iterate=n=>{s.set(n,{page:n})};';
  const map = {
    version: 3,
    sources: ['long.mjs'],
    names: ['sessions', 'page'],
    mappings: 'AAAA,MAAMA,EAAW,QACjB,aAAa,QAAUC,IACrBD,CAAQ,KAAKC,QAAQA',
  };

  function written(name: string, code: string): string {
    const file = join(folder, name);
    writeFileSync(file, `${code}\n//# sourceMappingURL=${name}.map\n`);
    writeFileSync(`${file}.map`, JSON.stringify(map));
    return file;
  }

  test('is what the map calls it wherever it occurs', () => {
    const file = written('short.mjs', shortened);
    expect([originalName(file, 's'), originalName(file, 'n')]).toEqual(['sessions', 'page']);
  });

  test('is not known where it stands for different things, for a name that is not there, and without a map', () => {
    const ambiguous = written('ambiguous.mjs', shortened.replace('n=>', 's=>'));
    expect(originalName(ambiguous, 's')).toBeUndefined();
    expect(originalName(ambiguous, 'x')).toBeUndefined();
    expect(originalName(join(folder, 'missing.mjs'), 's')).toBeUndefined();
  });
});

/** Compiles into a folder of its own and tells where the arrow function stands in the output. */
function compile(name: string, options: ts.CompilerOptions): { file: string; line: number; column: number } {
  const { outputText, sourceMapText } = ts.transpileModule(SOURCE, {
    fileName: 'keep.ts',
    compilerOptions: { ...options, module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const file = join(folder, name, 'keep.js');
  mkdirSync(join(folder, name));
  writeFileSync(file, outputText);
  if (sourceMapText) writeFileSync(`${file}.map`, sourceMapText);
  const lines = outputText.split('\n');
  const line = lines.findIndex(text => text.includes('=>'));
  return { file, line: line + 1, column: lines[line]!.indexOf('entry =>') + 1 };
}
