import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, isIP, isIPv6, SocketAddress, type Server as TcpServer } from 'node:net';

export interface Sockets {
  readonly udp: UdpSocket;
  readonly tcp: TcpServer;
}

export interface SocketsOptions {
  /** An IP address. */
  readonly host: string;
  /** 0 takes a port that is free for both. */
  readonly port: number;
  /** TCP connections at a time; further ones are closed at once. */
  readonly maxConnections: number;
}

/**
 * Opens a UDP and a TCP socket on the same address and port, or none. Nothing can arrive before the caller goes on: the
 * event loop does not turn between the last of them and the returned promise.
 *
 * @throws {Error} if the address cannot be listened on; `code` and `cause` are the system's.
 */
export async function openSockets(options: SocketsOptions): Promise<Sockets> {
  const { host, port } = options;
  // A datagram socket would take the port modulo 65,536.
  if (port > 65_535) throw new RangeError(`Cannot listen, a port is at most 65535: ${port}`);
  if (isIP(host) === 0) throw new TypeError(`Cannot listen, the host must be an IP address: "${host}"`);
  for (let attempt = 1; ; attempt++) {
    try {
      return await openBoth(options);
    } catch (error) {
      if (port === 0 && attempt < PORT_ATTEMPTS && codeOf(error) === 'EADDRINUSE') continue;
      throw listenError(addressText(host, port), error);
    }
  }
}

/** `127.0.0.1:53`, `[::1]:53`. */
export function addressText(host: string, port: number): string {
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}

/** The port that the system chose for one is usually free for the other, but need not be. */
const PORT_ATTEMPTS = 20;
/**
 * Octets. Packets wait here while the loop is busy, for example reloading: with the usual 208 kB a pause of 20 ms at
 * 20,000 queries per second already loses some. The system may grant less.
 */
const RECEIVE_BUFFER = 4 * 1024 * 1024;

async function openBoth({ host, port, maxConnections }: SocketsOptions): Promise<Sockets> {
  const udp = await openUdp(host, port);
  try {
    return { udp, tcp: await openTcp(host, udp.address().port, maxConnections) };
  } catch (error) {
    await closed(udp);
    throw error;
  }
}

/** Of these `::` with IPv4 as well could not stand beside `0.0.0.0`. */
function isAnyIPv6(host: string): boolean {
  return isIPv6(host) && new SocketAddress({ address: host, family: 'ipv6' }).address === '::';
}

async function openUdp(host: string, port: number): Promise<UdpSocket> {
  const udp = createSocket({
    type: isIPv6(host) ? 'udp6' : 'udp4',
    recvBufferSize: RECEIVE_BUFFER,
    ipv6Only: isAnyIPv6(host),
    // Peers are addresses already: called back at once, every reply saves a lookup and a turn of the loop.
    lookup: (address, family, callback) => callback(null, address, Number(family)),
  });
  try {
    // With that lookup, bind() reports before it returns.
    const listening = once(udp, 'listening');
    udp.bind({ address: host, port, exclusive: true });
    await listening;
    return udp;
  } catch (error) {
    await closed(udp);
    throw error;
  }
}

async function openTcp(host: string, port: number, maxConnections: number): Promise<TcpServer> {
  const tcp = createServer({ allowHalfOpen: true, noDelay: true });
  tcp.maxConnections = maxConnections;
  tcp.listen({ host, port, exclusive: true, ipv6Only: isAnyIPv6(host) });
  await once(tcp, 'listening');
  return tcp;
}

async function closed(udp: UdpSocket): Promise<void> {
  udp.close();
  await once(udp, 'close');
}

function listenError(address: string, error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  return Object.assign(new Error(`Cannot listen on ${address}: ${message}`, { cause: error }), {
    code: codeOf(error),
  });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
