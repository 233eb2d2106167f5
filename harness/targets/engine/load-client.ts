/**
 * The process that keeps asking while an engine reloads. Forked by `load.ts`; asks over one UDP socket and one TCP
 * connection at a given rate, checks every answer, and counts what is lost or wrong.
 * @module
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import * as dns from 'dns-packet';
import type { QueryLoadFigures } from '../../scenario.ts';
import { AskedQueries } from './asked-queries.ts';
import { frame } from './client.ts';
import type { LoadOrder } from './load.ts';

/**
 * More than this in flight and the client waits: a closed loop beside the open one, so that a stall cannot
 * flood a socket.
 */
const MOST_IN_FLIGHT = 1000;

/** Of asking, without the pauses. */
let seconds = 0;
/** Given while it is asking. */
let stopAsking: (() => void) | undefined;

process.on('disconnect', () => process.exit(0));
process.once('message', (order: LoadOrder) => {
  if (order.type === 'start') void start(order);
});

async function start(order: LoadOrder & { type: 'start' }): Promise<void> {
  const udp = createSocket({ type: 'udp4', recvBufferSize: 4 << 20, sendBufferSize: 4 << 20 });
  udp.connect(order.port, '127.0.0.1');
  const tcp = connect(order.port, '127.0.0.1').setNoDelay(true);
  await Promise.all([once(udp, 'connect'), once(tcp, 'connect')]);

  const names = Object.keys(order.names);
  const queries = new AskedQueries(order.names);
  const receive = (packet: Buffer) => queries.answer(idOf(packet), addressIn(packet));
  udp.on('message', receive);
  udp.on('error', () => {});
  tcp.on('data', unframe(receive));
  // A closed connection loses what was in flight on it; the lost count says so.
  tcp.on('error', () => {});

  const send = (sequence: number) => {
    const name = names[sequence % names.length] ?? '';
    const packet = question(queries.ask(name, performance.now()), name);
    if (overTcp(sequence, order.tcpShare)) tcp.write(frame(packet));
    else udp.send(packet);
  };
  process.on('message', (next: LoadOrder) => obey(next, order.queriesPerSecond, queries, send));
  process.send?.({ type: 'started' });
}

function obey(order: LoadOrder, rate: number, queries: AskedQueries, send: (sequence: number) => void): void {
  if (order.type === 'resume') run(rate, queries, send);
  else if (order.type === 'pause') {
    stopAsking?.();
    void drained(queries).then(() => {
      const figures: QueryLoadFigures = { ...queries.counts, seconds };
      process.send?.({ type: 'figures', figures });
    });
  }
}

/** Sends at `rate` per second until paused; what a stall held back is caught up. */
function run(rate: number, queries: AskedQueries, send: (sequence: number) => void): void {
  if (stopAsking) return;
  const begin = performance.now();
  let due = 0;
  let timer: NodeJS.Timeout;
  const round = () => {
    const elapsed = performance.now() - begin;
    for (; due < (elapsed * rate) / 1000 && queries.inFlight < MOST_IN_FLIGHT; due++)
      send(queries.counts.sent);
    queries.dropLost(performance.now());
    timer = setTimeout(round, 1);
  };
  stopAsking = () => {
    clearTimeout(timer);
    seconds += (performance.now() - begin) / 1000;
    stopAsking = undefined;
  };
  round();
}

async function drained(queries: AskedQueries): Promise<void> {
  while (queries.inFlight > 0) {
    await new Promise(resolve => setTimeout(resolve, 1));
    queries.dropLost(performance.now());
  }
}

function question(id: number, name: string): Buffer {
  return dns.encode({ type: 'query', id, questions: [{ type: 'A', name }] });
}

/** -1 where it is too short to have one. */
function idOf(packet: Buffer): number {
  return packet.length < 2 ? -1 : packet.readUInt16BE(0);
}

/** The one address that is the whole answer; undefined if it is anything else, or cannot be decoded. */
function addressIn(packet: Buffer): string | undefined {
  try {
    const { answers: [answer, ...more] = [] } = dns.decode(packet);
    return answer?.type === 'A' && more.length === 0 ? answer.data : undefined;
  } catch {
    return undefined;
  }
}

/** Spreads `share` of the queries evenly over the sequence. */
function overTcp(sequence: number, share: number): boolean {
  return Math.floor((sequence + 1) * share) > Math.floor(sequence * share);
}

function unframe(receive: (packet: Buffer) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return chunk => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 2 && rest.length >= 2 + rest.readUInt16BE(0)) {
      const end = 2 + rest.readUInt16BE(0);
      receive(rest.subarray(2, end));
      rest = rest.subarray(end);
    }
  };
}
