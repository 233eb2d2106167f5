import { originalName } from '../source-position.ts';
import type { CodeFile } from './source-lines.ts';

/** Shorter names of code that was mapped are a bundler's. */
const SHORTEST_MAPPED = 3;

/** Whether it says so little that it may be a bundler's. */
export function isShort(name: string): boolean {
  return name.length < SHORTEST_MAPPED;
}

/** As the source of the files has it; undefined where a bundler has shortened it and left no trace. */
export function writtenName(name: string, files: readonly CodeFile[]): string | undefined {
  const mapped = files.find(([source, ran]) => source !== ran);
  return mapped && isShort(name) ? originalName(mapped[1], name) : name;
}
