import type { Block } from './block.ts';
import { type Claim, checkOverlaps } from './corefile/keys.ts';
import type { Log } from './log.ts';
import { type Route, Server } from './server.ts';
import { addressText } from './wire/sockets.ts';

/** A server and where it has to be reached. */
export interface BoundServer {
  /** Names the listener: servers of two instances under the same key use the same sockets. `dns://HOST:PORT`. */
  readonly key: string;
  readonly host: string;
  /** As the Corefile has it: 0 stays 0, whatever port that became. */
  readonly port: number;
  readonly server: Server;
}

/**
 * One server per address that any block listens on, in the order of the file; each block learns which ones it is part of.
 * @throws {Error} if two blocks want to answer for the same zone in the same place.
 */
export function makeServers(blocks: readonly Block[], log: Log): BoundServer[] {
  checkOverlaps(blocks.flatMap(claimsOf));
  const groups = new Map<string, Group>();
  for (const block of blocks) {
    const handler = block.chain();
    for (const host of hostsOf(block)) {
      for (const { zone, port } of block.inspected.addresses) {
        const key = `dns://${addressText(host, Number(port))}`;
        const group = groups.get(key) ?? { key, host, port: Number(port), routes: [], blocks: new Set() };
        groups.set(key, group);
        group.routes.push({ zone, handler });
        group.blocks.add(block);
      }
    }
  }
  return [...groups.values()].map(group => bind(group, log));
}

/** Where a block without `bind` listens: nobody is served from outside by mistake. */
const DEFAULT_HOSTS = ['127.0.0.1'];

function hostsOf({ config }: Block): readonly string[] {
  return config.listenHosts.length > 0 ? config.listenHosts : DEFAULT_HOSTS;
}

function claimsOf({ inspected, config }: Block): Claim[] {
  return inspected.addresses.map(address => ({ address, listenHosts: config.listenHosts }));
}

interface Group {
  readonly key: string;
  readonly host: string;
  readonly port: number;
  readonly routes: Route[];
  readonly blocks: Set<Block>;
}

function bind({ key, host, port, routes, blocks }: Group, log: Log): BoundServer {
  const bound = { key, host, port, server: new Server({ address: key, routes, log }) };
  for (const block of blocks) block.servers.push(bound);
  return bound;
}
