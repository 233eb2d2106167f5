import type { TargetName } from '../model.ts';
import type { Target } from './target.ts';

export { OmittedLabelUnused, type OpenTarget, type Target } from './target.ts';

/** Loads one target and no other: a trial of a module must not carry the engine in its heap. */
export async function loadTarget(name: TargetName): Promise<Target> {
  switch (name) {
    case 'engine':
      return (await import('./engine.ts')).engineTarget;
    case 'module':
      return (await import('./module.ts')).moduleTarget;
  }
}
