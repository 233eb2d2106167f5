import type { SourcePosition } from './evidence.ts';

/** The innermost frame that lies in no package the program depends on; the innermost of all where there is no other. */
export function ownFrame(frames: readonly SourcePosition[]): SourcePosition | undefined {
  return frames.find(isOfProgram) ?? frames[0];
}

/** None of a package that it depends on. Paths may be relative to the working directory. */
export function isOfProgram({ file }: Pick<SourcePosition, 'file'>): boolean {
  return !/[/\\]node_modules[/\\]/.test(`/${file}`);
}
