import { dirname } from 'node:path';
import { Dispenser } from './corefile/dispenser.ts';
import { CorefileError } from './corefile/error.ts';
import type { InspectedBlock } from './corefile/keys.ts';
import type { Hooks } from './hooks.ts';
import { type Log, messageOf } from './log.ts';
import type { BlockConfig, Controller, Directive, EngineView, Handler, Plugin } from './plugin.ts';
import type { Scope } from './scope.ts';
import type { BoundServer } from './servers.ts';

export interface BlockContext {
  readonly corefilePath: string;
  readonly hooks: Hooks;
  readonly scope: Scope;
  readonly log: Log;
  readonly engine: EngineView;
}

/** One server block: what its directives, set up one by one, have made of it. All its keys share one chain of handlers. */
export class Block {
  readonly inspected: InspectedBlock;
  readonly config: BlockConfig;
  /** Servers that this block is part of, once they are made. */
  readonly servers: BoundServer[] = [];
  readonly #context: BlockContext;
  readonly #plugins: Plugin[] = [];

  constructor(inspected: InspectedBlock, context: BlockContext) {
    this.inspected = inspected;
    this.config = { root: dirname(context.corefilePath), listenHosts: [] };
    this.#context = context;
  }

  /**
   * Sets the directive up, if the block uses it.
   * @throws {Error} `plugin/NAME: FILE:LINE - Error during parsing: ...`, whatever the plugin threw.
   */
  async setUp({ name, setup }: Directive): Promise<void> {
    const found = this.inspected.directives.get(name);
    if (found === undefined) return;
    const tokens = new Dispenser(found);
    try {
      await setup(this.#controller(tokens));
    } catch (error) {
      const placed = error instanceof CorefileError ? error : tokens.error(messageOf(error));
      throw new Error(`plugin/${name}: ${placed.message}`, { cause: error });
    }
  }

  /** The chain of handlers, or undefined when no directive added one. */
  chain(): Handler | undefined {
    return this.#plugins.reduceRight<Handler | undefined>((next, plugin) => plugin(next), undefined);
  }

  #controller(tokens: Dispenser): Controller {
    const { hooks, scope, log, engine } = this.#context;
    return {
      tokens,
      zones: this.inspected.zones,
      keys: this.inspected.keys,
      block: this.config,
      scope,
      log,
      engine,
      addPlugin: plugin => void this.#plugins.push(plugin),
      resolve: query => {
        const bound = this.servers.find(({ port }) => port === query.port) ?? this.servers[0];
        if (bound === undefined)
          throw new Error('Cannot resolve, the instance must have been built: no server yet');
        return bound.server.resolve(query);
      },
      onFirstStartup: hook => hooks.add('firstStartup', hook),
      onStartup: hook => hooks.add('startup', hook),
      onStarted: hook => hooks.add('started', hook),
      onRestart: hook => hooks.add('restart', hook),
      onRestartFailed: hook => hooks.add('restartFailed', hook),
      onShutdown: hook => hooks.add('shutdown', hook),
      onFinalShutdown: hook => hooks.add('finalShutdown', hook),
    };
  }
}
