import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UsageError } from '../../harness/errors.ts';
import { leadsOutside } from '../../harness/leads-outside.ts';

/** A scenario as it is now, for commits that have none yet. */
export class ScenarioCopy {
  /** From the top of the repository. */
  readonly path: string;
  readonly #text: Buffer;
  readonly #always: boolean;

  /**
   * `always`: it is used in commits that have one of their own, too.
   * @throws {UsageError} if the file is missing or lies outside the repository.
   */
  constructor(scenario: string, cwd: string, repository: string, always: boolean) {
    const named = resolve(cwd, scenario);
    if (!existsSync(named) || !/\.[cm]?[jt]s$/.test(named)) {
      throw new UsageError(`Cannot bisect as the scenario must be a file of the repository: ${named}`);
    }
    // git names folders by their real paths.
    const file = join(realpathSync(dirname(named)), basename(named));
    this.path = relative(repository, file);
    if (leadsOutside(this.path)) {
      throw new UsageError(`Cannot bisect as the scenario must lie in the repository ${repository}: ${file}`);
    }
    this.#text = readFileSync(file);
    this.#always = always;
  }

  /** Its path in a working tree, where it is written if it is missing. */
  in(tree: string): string {
    const path = join(tree, this.path);
    if (this.#always || !existsSync(path)) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, this.#text);
    }
    return path;
  }
}
