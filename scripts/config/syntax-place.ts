import { spawnSync } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { childEnvironment } from '../../harness/child-environment.ts';

/** Where a text breaks the rules of its language. */
export interface SyntaxPlace {
  readonly reason: string;
  /** `file:line:column`, or `file:line` where the line ends too early. */
  readonly place: string;
}

/** The place of a syntax error that came of loading the file, which may lie in another one that it imports. */
export function syntaxPlace(error: unknown, file: string): SyntaxPlace | undefined {
  if (!(error instanceof Error)) return undefined;
  if (!(error instanceof SyntaxError)) return jitiPlace(error);
  return TYPESCRIPT.has(extname(file)) ? undefined : nodePlace(error, file);
}

/** jiti loads these, and tells the place itself: any other error came of running them. */
const TYPESCRIPT: ReadonlySet<string> = new Set(['.ts', '.mts']);
/** Milliseconds that the second loading may take. */
const PATIENCE = 5000;

/** Node tells the place only where the error ends the process, so the file ends another one. */
function nodePlace({ message }: SyntaxError, file: string): SyntaxPlace | undefined {
  const isJson = extname(file) === '.json';
  const program = isJson
    ? `import { readFileSync } from 'node:fs'; JSON.parse(readFileSync(process.argv[1], 'utf8'));`
    : 'await import(process.argv[1]);';
  const { stderr } = spawnSync(
    process.execPath,
    ['--no-warnings', '--input-type=module', '-e', program, isJson ? file : pathToFileURL(file).href],
    { encoding: 'utf8', timeout: PATIENCE, env: { ...childEnvironment(), FORCE_COLOR: '0' } },
  );
  const [, where = '', line, indent] = /^(.+):(\d+)\n.*\n(?:([ \t]*)\^)?/.exec(stderr) ?? [];
  const isModule = where.startsWith('file:');
  // A text that the module parses has lines too, which are none of a file.
  if (line === undefined || isModule === isJson) return undefined;
  const path = isModule ? fileURLToPath(where) : file;
  const column = indent === undefined ? '' : `:${indent.length + 1}`;
  return { reason: isJson ? jsonReason(message) : message, place: `${path}:${line}${column}` };
}

/** Without the position, and without the text around it. */
function jsonReason(message: string): string {
  return message
    .replace(/ at position \d+( \(line \d+ column \d+\))?$/, '')
    .replace(/, (\.{3})?".*is not valid JSON$/s, ' in JSON');
}

/** jiti counts columns from 0. */
function jitiPlace({ message }: Error): SyntaxPlace | undefined {
  const [, reason, path, line, column] = /^ParseError: (.*?)\s*\n\s*(.+):(\d+):(\d+)$/.exec(message) ?? [];
  return reason === undefined ? undefined : { reason, place: `${path}:${line}:${Number(column) + 1}` };
}
