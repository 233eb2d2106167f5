import type { Name } from '../zone/record.ts';
import { type Address, InvalidKeyError, readKey, writeKey } from './address.ts';
import { CorefileError } from './error.ts';
import type { ServerBlock } from './parser.ts';

/** A server block whose keys have been read; `keys`, `zones` and `addresses` go together by index. */
export interface InspectedBlock {
  /** Rewritten, for example `dns://example.org.:53`. */
  readonly keys: readonly string[];
  readonly zones: readonly Name[];
  readonly addresses: readonly Address[];
  readonly directives: ServerBlock['directives'];
}

/** One zone of a server block and where it is to be served. */
export interface Claim {
  readonly address: Address;
  /** From `bind`; empty for a block without it. */
  readonly listenHosts: readonly string[];
}

/**
 * Reads the keys of every block. Of the reverse zones of a network, the first takes the place of the key, the others go to the
 * end of the block's keys.
 * @throws {CorefileError} for a key that cannot be served: `error inspecting server blocks: ...`.
 */
export function inspectKeys(
  blocks: readonly ServerBlock[],
  { defaultPort }: { readonly defaultPort: string | number },
): InspectedBlock[] {
  return blocks.map(block => {
    const read = block.keys.map(key => readKeyOf(block, key, String(defaultPort)));
    const addresses = [...read.flatMap(of => of.slice(0, 1)), ...read.flatMap(of => of.slice(1))];
    const zones = addresses.map(({ zone }) => zone);
    return { keys: addresses.map(writeKey), zones, addresses, directives: block.directives };
  });
}

/**
 * Makes sure that no two claims are for the same zone, port and transport on the same address, nor for the same but one with
 * `bind` and the other without. The later of two claims is to blame.
 * @throws {Error} `cannot serve dns://a.org.:53 - it is already defined`, or `cannot serve dns://a.org.:53 on 127.0.0.1 - zone
 * overlap listener capacity with dns://a.org.:53`.
 */
export function checkOverlaps(claims: Iterable<Claim>): void {
  const hostsByKey = new Map<string, Set<string>>();
  for (const { address, listenHosts } of claims) {
    const key = writeKey(address);
    const taken = hostsByKey.get(key) ?? new Set();
    hostsByKey.set(key, taken);
    for (const host of listenHosts.length > 0 ? listenHosts : [UNBOUND]) claim(key, host, taken);
  }
}

function readKeyOf(block: ServerBlock, key: string, defaultPort: string): Address[] {
  try {
    return readKey(key, defaultPort);
  } catch (cause) {
    if (!(cause instanceof InvalidKeyError)) throw cause;
    throw new CorefileError(`error inspecting server blocks: ${cause.message}`, block, { cause });
  }
}

function claim(key: string, host: string, taken: Set<string>): void {
  const [other] = taken;
  if (taken.has(host)) throw new Error(`cannot serve ${onHost(key, host)} - it is already defined`);
  if (other !== undefined && (host === UNBOUND || taken.has(UNBOUND))) {
    throw new Error(
      `cannot serve ${onHost(key, host)} - zone overlap listener capacity with ${onHost(key, other)}`,
    );
  }
  taken.add(host);
}

function onHost(key: string, host: string): string {
  return host === UNBOUND ? key : `${key} on ${host}`;
}

/** The address of a block without `bind`. */
const UNBOUND = '';
