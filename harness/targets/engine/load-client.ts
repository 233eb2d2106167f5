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
import { frame } from './client.ts';
import type { LoadOrder } from './load.ts';

/** No answer for this long: the query counts as lost. */
const LOST_AFTER_MS = 2000;
/**
 * More than this in flight and the client waits: a closed loop beside the open one, so that a stall cannot
 * flood a socket.
 */
const MOST_IN_FLIGHT = 1000;

interface Pending {
  readonly name: string;
  readonly sentAt: number;
}

const figures = { sent: 0, answered: 0, lost: 0, wrong: 0, seconds: 0 };
const pending = new Map<number, Pending>();
let lastId = 0;
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
  const receive = (packet: Buffer) => check(packet, order.names);
  udp.on('message', receive);
  udp.on('error', () => {});
  tcp.on('data', unframe(receive));
  // A closed connection loses what was in flight on it; the lost count says so.
  tcp.on('error', () => {});

  const send = (sequence: number) => {
    const name = names[sequence % names.length] ?? '';
    const packet = question(name);
    figures.sent++;
    if (overTcp(sequence, order.tcpShare)) tcp.write(frame(packet));
    else udp.send(packet);
  };
  process.on('message', (next: LoadOrder) => obey(next, order.queriesPerSecond, send));
  process.send?.({ type: 'started' });
}

function obey(order: LoadOrder, rate: number, send: (sequence: number) => void): void {
  if (order.type === 'resume') run(rate, send);
  else if (order.type === 'pause') {
    stopAsking?.();
    void drained().then(() =>
      process.send?.({ type: 'figures', figures: figures satisfies QueryLoadFigures }),
    );
  }
}

/** Sends at `rate` per second until paused; what a stall held back is caught up. */
function run(rate: number, send: (sequence: number) => void): void {
  if (stopAsking) return;
  const begin = performance.now();
  let due = 0;
  let timer: NodeJS.Timeout;
  const round = () => {
    const elapsed = performance.now() - begin;
    for (; due < (elapsed * rate) / 1000 && pending.size < MOST_IN_FLIGHT; due++) send(figures.sent);
    dropLost();
    timer = setTimeout(round, 1);
  };
  stopAsking = () => {
    clearTimeout(timer);
    figures.seconds += (performance.now() - begin) / 1000;
    stopAsking = undefined;
  };
  round();
}

async function drained(): Promise<void> {
  while (pending.size > 0) {
    await new Promise(resolve => setTimeout(resolve, 1));
    dropLost();
  }
}

function dropLost(): void {
  const now = performance.now();
  for (const [id, { sentAt }] of pending) {
    if (now - sentAt < LOST_AFTER_MS) return;
    pending.delete(id);
    figures.lost++;
  }
}

function question(name: string): Buffer {
  do lastId = (lastId + 1) & 0xffff;
  while (pending.has(lastId));
  pending.set(lastId, { name, sentAt: performance.now() });
  return dns.encode({ type: 'query', id: lastId, questions: [{ type: 'A', name }] });
}

function check(packet: Buffer, names: { readonly [name: string]: string }): void {
  const id = packet.length < 2 ? -1 : packet.readUInt16BE(0);
  const asked = pending.get(id);
  if (pending.delete(id)) figures.answered++;
  if (!asked || addressIn(packet) !== names[asked.name]) figures.wrong++;
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
