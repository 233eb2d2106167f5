import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { leadsOutside } from '../leads-outside.ts';
import type { SourcePosition } from '../model.ts';

interface LoadedMap {
  readonly map: SourceMap;
  /** What its sources are relative to. */
  readonly base: URL;
  readonly root: string;
}

const maps = new Map<string, LoadedMap | undefined>();
/** The last such comment of a file counts (ECMA-426). */
const MAP_COMMENT = /\/[/*][#@]\s*sourceMappingURL=([^\s*]+)/g;

/**
 * Where a place in running code stands in the program as it was written: through the source map that its file
 * names, in a file beside it or inline, where there is one and it knows the place. Paths are relative to the
 * working directory where they lie below it; `file` may be a path or a URL. Never throws: a map that is
 * missing or broken is none. Maps are read once per process.
 */
export function originalPosition(position: SourcePosition): SourcePosition {
  try {
    const path = pathOf(position.file);
    if (!isAbsolute(path)) return position;
    return mapped(position, path) ?? { ...position, file: shortened(path) };
  } catch {
    // A URL of another host, or a map that names what is no URL.
    return position;
  }
}

/** Node tells the name, too, which its types do not know. */
interface NamedMapping {
  readonly generatedLine: number;
  readonly generatedColumn: number;
  readonly name: string;
}

/** Occurrences of a name that are looked at. */
const MOST_OCCURRENCES = 1000;

/**
 * What a variable was called before a bundler shortened its name, as the source map of the file says wherever it
 * occurs; undefined where it says different things, or nothing.
 */
export function originalName(file: string, name: string): string | undefined {
  const key = `${file}\n${name}`;
  if (!originalNames.has(key)) originalNames.set(key, findName(file, name));
  return originalNames.get(key);
}

/** Looked for once per process, as every way by such a variable asks. */
const originalNames = new Map<string, string | undefined>();

function findName(file: string, name: string): string | undefined {
  try {
    const path = resolve(pathOf(file));
    const map = mapOf(path)?.map;
    if (!map) return undefined;
    const occurs = new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])`, 'g');
    const found = new Set<string>();
    let looked = 0;
    for (const [line, text] of readFileSync(path, 'utf8').split('\n').entries()) {
      for (const { index } of text.matchAll(occurs)) {
        if (looked++ >= MOST_OCCURRENCES || found.size > 1) return undefined;
        const entry: Partial<NamedMapping> = map.findEntry(line, index);
        const isThere = entry.generatedLine === line && entry.generatedColumn === index;
        if (isThere && entry.name) found.add(entry.name);
      }
    }
    return found.size === 1 ? [...found][0] : undefined;
  } catch {
    return undefined;
  }
}

/** Path of a file that ran, given as a path or URL, relative to the working directory where it lies below it. */
export function pathOfRun(file: string): string {
  try {
    return shortened(pathOf(file));
  } catch {
    // A URL of another host, or one that is none.
    return file;
  }
}

function mapped(position: SourcePosition, path: string): SourcePosition | undefined {
  const loaded = mapOf(path);
  const line = position.line - 1;
  const entry = loaded?.map.findEntry(line, position.column - 1);
  if (!loaded || !entry || !('originalSource' in entry) || !entry.originalSource) return undefined;
  // Of a line that is not mapped Node gives what stands before it.
  if (entry.generatedLine !== line) return undefined;
  const { originalSource, originalLine, originalColumn } = entry;
  return {
    ...position,
    file: sourceFile(originalSource, loaded),
    line: originalLine + 1,
    column: originalColumn + 1,
  };
}

function mapOf(path: string): LoadedMap | undefined {
  if (!maps.has(path)) maps.set(path, loadMap(path));
  return maps.get(path);
}

/**
 * A path where the source is a file; otherwise its URL as the bundler made it up, as in
 * `webpack://shop/./src/cart.ts`.
 */
function sourceFile(source: string, { base, root }: LoadedMap): string {
  const url = new URL(root === '' ? source : `${root.replace(/\/$/, '')}/${source}`, base);
  return url.protocol === 'file:' ? shortened(fileURLToPath(url)) : url.href;
}

function loadMap(path: string): LoadedMap | undefined {
  try {
    const comments = [...readFileSync(path, 'utf8').matchAll(MAP_COMMENT)];
    const url = new URL(comments.at(-1)?.[1] ?? '', pathToFileURL(path));
    if (comments.length === 0) return undefined;
    const inline = url.protocol === 'data:';
    const payload = JSON.parse(inline ? dataOf(url) : readFileSync(url, 'utf8')) as SourceMapPayload;
    return {
      map: new SourceMap(payload),
      base: inline ? pathToFileURL(path) : url,
      root: payload.sourceRoot ?? '',
    };
  } catch {
    return undefined;
  }
}

function dataOf({ pathname }: URL): string {
  const comma = pathname.indexOf(',');
  const data = pathname.slice(comma + 1);
  return pathname.slice(0, comma).endsWith(';base64')
    ? Buffer.from(data, 'base64').toString('utf8')
    : decodeURIComponent(data);
}

function pathOf(file: string): string {
  return file.startsWith('file:') ? fileURLToPath(file) : file;
}

function shortened(path: string): string {
  const inside = relative(process.cwd(), resolve(path));
  return leadsOutside(inside) ? path : inside;
}
