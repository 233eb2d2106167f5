import { Block } from './block.ts';
import { hashBlocks } from './corefile/hash.ts';
import { inspectKeys } from './corefile/keys.ts';
import { parseCorefile, type ServerBlock, withDefaultBlock } from './corefile/parser.ts';
import { Hooks } from './hooks.ts';
import type { Log } from './log.ts';
import type { Directive, EngineView } from './plugin.ts';
import type { Scope } from './scope.ts';
import { type BoundServer, makeServers } from './servers.ts';

export interface InstanceInput {
  readonly corefile: { readonly path: string; readonly text: string };
  /** Port of keys that name none. */
  readonly port: number;
  readonly directives: readonly Directive[];
  /** Owner of all that the instance acquires; whoever loads the instance closes it. */
  readonly scope: Scope;
  readonly log: Log;
  readonly engine: EngineView;
}

/** One Corefile, loaded. An instance is never changed, only replaced by the next one. */
export class Instance {
  readonly servers: readonly BoundServer[];
  readonly scope: Scope;
  readonly hooks: Hooks;
  readonly #blocks: readonly ServerBlock[];

  /**
   * Parses the Corefile, sets up its directives (by the order of the directives, then of the blocks) and builds the
   * servers. Nothing is started or opened yet; what set-ups acquire is in `scope`, also when this throws.
   * @throws {CorefileError} for what the parser refuses.
   * @throws {Error} for keys that cannot be served and for what a set-up throws.
   */
  static async load({ corefile, port, directives, scope, log, engine }: InstanceInput): Promise<Instance> {
    const parsed = parseCorefile({
      ...corefile,
      validDirectives: new Set(directives.map(({ name }) => name)),
      onWarning: message => log('warning', message),
    });
    const hooks = new Hooks();
    const context = { corefilePath: corefile.path, hooks, scope, log, engine };
    const blocks = inspectKeys(withDefaultBlock(parsed), { defaultPort: port }).map(
      block => new Block(block, context),
    );
    for (const directive of directives) for (const block of blocks) await block.setUp(directive);
    return new Instance({ scope, blocks: parsed, hooks, servers: makeServers(blocks, log) });
  }

  private constructor(parts: {
    scope: Scope;
    blocks: readonly ServerBlock[];
    hooks: Hooks;
    servers: readonly BoundServer[];
  }) {
    this.scope = parts.scope;
    this.servers = parts.servers;
    this.#blocks = parts.blocks;
    this.hooks = parts.hooks;
  }

  /** Hash of the Corefile that it was loaded from (see `corefile/hash.ts`). */
  get hash(): string {
    return hashBlocks(this.#blocks);
  }

  /** Resolves when no query of this instance is in flight, or after `graceMs` milliseconds. */
  async drain(graceMs: number): Promise<void> {
    await Promise.all(this.servers.map(({ server }) => server.drain(graceMs)));
  }
}
