import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Controller } from '../../plugin.ts';

/** Sets up `bind`; see the README beside this file. */
export function setupBind({ tokens, block }: Controller): void {
  const hosts = new Set<string>();
  while (tokens.next()) {
    const args = tokens.remainingArgs();
    if (args.length === 0) throw tokens.argumentError();
    for (const arg of args) {
      const addresses = addressesOf(arg);
      if (addresses.length === 0) throw tokens.error(`not a valid IP address or interface name: "${arg}"`);
      for (const address of addresses) hosts.add(address);
    }
  }
  block.listenHosts = [...hosts];
}

/** An address stands for itself, an interface for all it has; link-local ones need their zone to be usable. */
function addressesOf(text: string): string[] {
  if (isIP(text)) return [text];
  const addresses = networkInterfaces()[text] ?? [];
  return addresses.map(({ address, scopeid }) => (scopeid ? `${address}%${text}` : address));
}
