import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../harness/errors.ts';
import { HEADLINE } from './scenario-files.ts';
import { IN_PACKAGES, isWorkspace } from './workspace.ts';

/**
 * What is run where none is named: leakgate's own headline in a checkout of leakgate. Anywhere else it would
 * be green whatever the project at hand does.
 * @throws {UsageError} outside of such a checkout.
 */
export function defaultScenario(cwd: string): string {
  if (isOwnCheckout(cwd)) return HEADLINE;
  throw new UsageError(
    `Cannot choose what to run as a scenario must be named, as in "leakgate run leaks/cache.mjs", or a configuration name some; "leakgate init" writes both: none is named in ${cwd}${isWorkspace(cwd) ? `; ${IN_PACKAGES}` : ''}`,
  );
}

/** The nearest package from here upward is leakgate's, with its scenarios. */
function isOwnCheckout(folder: string): boolean {
  const manifest = join(folder, 'package.json');
  if (existsSync(manifest)) return nameIn(manifest) === 'leakgate' && existsSync(join(folder, 'scenarios'));
  const parent = dirname(folder);
  return parent !== folder && isOwnCheckout(parent);
}

function nameIn(manifest: string): unknown {
  try {
    return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly name?: unknown }).name;
  } catch {
    return undefined;
  }
}
