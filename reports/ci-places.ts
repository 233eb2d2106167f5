/** Where in the sources a finding of a CI format points. */
import { isAbsolute, posix, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { leadsOutside } from '../harness/leads-outside.ts';
import { isOfProgram, type SourcePosition } from '../harness/model.ts';

export interface PlaceOptions {
  /** Working directory of the run, to which the report's paths are relative. */
  readonly cwd: string;
  /** Root of the repository, to which a CI system's paths are relative. */
  readonly root: string;
}

/** Paths stay as they stand in the report. */
export const AS_GIVEN: PlaceOptions = { cwd: '', root: '' };

export interface Place {
  /** Relative to the repository, with forward slashes; absolute where it lies outside. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** Where what went wrong in a case was thrown, else its scenario; undefined for what has neither. */
export function placeOfCase(
  { stacks, path }: { readonly stacks: readonly string[]; readonly path: string },
  options: PlaceOptions,
): Place | undefined {
  const [thrown] = stacks.map(thrownAt).filter(at => at !== undefined);
  if (thrown) return placeOf(thrown, options);
  return path === '' ? undefined : { file: fileOf(path, options) };
}

/** Whether it lies in a file: frames of Node have a URL. */
export function isInFile({ file }: SourcePosition): boolean {
  return !/^[a-z][a-z+.-]+:/i.test(file);
}

export function placeOf({ file, line, column }: SourcePosition, options: PlaceOptions): Place {
  return { file: fileOf(file, options), line, column };
}

/** The innermost line of the program in a stack as Node prints it; undefined where there is none. */
export function thrownAt(stack: string): SourcePosition | undefined {
  const frames = stack.split('\n').flatMap(text => {
    const [, file, line, column] = FRAME.exec(text) ?? [];
    return file === undefined
      ? []
      : [{ file: pathOf(file), line: Number(line), column: Number(column), function: '' }];
  });
  return frames.find(isOfProgram);
}

const FRAME = /^\s*at (?:async )?(?:.* \()?((?:file:\/\/\/|\/|[a-z]:\\).*):(\d+):(\d+)\)?$/i;

/** Of a file's URL, which may be one of Windows; a subject may print what is none. */
function pathOf(file: string): string {
  if (!file.startsWith('file:') || /%2f/i.test(file)) return file;
  try {
    return decodeURIComponent(new URL(file).pathname).replace(/^\/(?=[a-z]:)/i, '');
  } catch {
    return file;
  }
}

export function fileOf(given: string, { cwd, root }: PlaceOptions): string {
  const file = withSlashes(given);
  if (hasDrive(file) && sep === '/') return file;
  const path = root === '' ? file : resolve(cwd, file);
  const inside = root === '' ? path : relative(root, path);
  const chosen = leadsOutside(inside) ? path : inside;
  return chosen.split(sep).join(posix.sep);
}

/** As a URI reference (RFC 3986): relative paths stay relative. */
export function uriOf({ file }: Place): string {
  if (hasDrive(file) && sep === '/') return `file:///${file.slice(0, 2)}${encoded(file.slice(2))}`;
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return encoded(file);
}

function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** A report may have been made on Windows and be rendered elsewhere. */
function withSlashes(file: string): string {
  const isWindows = hasDrive(file) || !file.includes('/');
  return isWindows ? file.replaceAll('\\', '/') : file;
}

function hasDrive(file: string): boolean {
  return /^[a-z]:[\\/]/i.test(file);
}
