import { EventEmitter, setMaxListeners } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { below } from '../random.mjs';

/**
 * What a program may keep, by name. `make` gets a running number, a size from 0 (small) to 1 (large) and the random
 * numbers of the run; what has to be closed has `close`, and is `closedAlone` where it stays if it is let go of unclosed.
 * Of what is `isScarce` a process has few.
 */
export const THINGS = {
  record: {
    make: (id, size, random) => ({ id, name: `record ${id}`, price: random(), note: text(id, size) }),
  },
  pair: { make: id => ({ id, next: id + 1 }) },
  instance: { make: (id, size, random) => new Session(id, size, random) },
  'null-prototype record': {
    make: (id, size) => Object.assign(Object.create(null), { id, note: text(id, size) }),
  },
  tree: {
    make: (id, size) => ({ id, children: listOf(2 + 6 * size, child => ({ child, leaves: [child] })) }),
  },
  text: { make: (id, size) => text(id, 0.02 + size) },
  symbol: { make: id => Symbol(`ticket ${id}`) },
  'big integer': { make: (id, size) => 2n ** BigInt(64 + Math.round(900 * size)) + BigInt(id) },
  'list of numbers': { make: (id, size, random) => listOf(4 + 200 * size, () => id + random()) },
  'list of texts': { make: (id, size) => listOf(1 + 20 * size, nth => `${id}:${nth}`) },
  map: { make: (id, size) => new Map(listOf(1 + 20 * size, nth => [nth, id])) },
  set: { make: (id, size) => new Set(listOf(1 + 20 * size, nth => id + nth)) },
  date: { make: id => new Date(1_700_000_000_000 + 1000 * id) },
  pattern: { make: id => new RegExp(`^/orders/${id}$`) },
  url: { make: id => new URL(`http://localhost/orders/${id}`) },
  error: { make: id => new Error(`Cannot deliver order ${id}`) },
  closure: { make: (id, size) => callback({ id, note: text(id, size) }) },
  'bound function': { make: id => report.bind(undefined, id) },
  generator: { make: id => started(pages(id)) },
  promise: { make: () => new Promise(() => {}) },
  'waiting call': { make: id => waiting(id) },
  proxy: { make: id => new Proxy({ id }, {}) },
  'weak reference': { make: id => new WeakRef({ id }) },
  'typed array': { make: (id, size) => new Float64Array(Math.round(2 + 500 * size)).fill(id) },
  buffer: { make: (id, size) => Buffer.alloc(Math.round(64 + 8000 * size), id) },
  'part of a large buffer': { make: id => Buffer.alloc(4096, id).subarray(0, 16) },
  'part of a large text': { make: id => text(id, 1).slice(3, 40) },
  emitter: { make: () => new EventEmitter().on('end', report) },
  controller: { make: () => new AbortController() },
  channel: {
    make: () => {
      const { port1, port2 } = new MessageChannel();
      port1.unref();
      port2.unref();
      return port1;
    },
    close: port => port.close(),
    closedAlone: true,
    isScarce: true,
  },
  timer: { make: id => setTimeout(report, 3_600_000, id), close: clearTimeout, closedAlone: true },
  "timer, unref'd": {
    make: id => setTimeout(report, 3_600_000, id).unref(),
    close: clearTimeout,
    closedAlone: true,
  },
  interval: {
    make: id => setInterval(report, 3_600_000, id).unref(),
    close: clearInterval,
    closedAlone: true,
  },
  listener: {
    make: id => {
      const listener = () => report(id);
      bus.on('order', listener);
      return listener;
    },
    closedAlone: true,
    close: listener => bus.off('order', listener),
  },
  'listener of a signal': {
    make: id => {
      const listener = () => report(id);
      shutdown.signal.addEventListener('abort', listener);
      return listener;
    },
    closedAlone: true,
    close: listener => shutdown.signal.removeEventListener('abort', listener),
  },
  descriptor: { make: () => openSync('/dev/null'), close: closeSync, closedAlone: true, isScarce: true },
};

const bus = new EventEmitter().setMaxListeners(0);
const shutdown = new AbortController();
setMaxListeners(0, shutdown.signal);

class Session {
  #token;
  constructor(id, size, random) {
    this.id = id;
    this.user = `user ${below(1000, random)}`;
    this.#token = text(id, size);
  }
  get token() {
    return this.#token;
  }
}

/** 12 to some 2,000 characters, unlike those of any other number. */
function text(id, size) {
  const word = `${id}`.padStart(12, '-');
  // A text put together by JSON is flat: none of its parts is shared with another one.
  return JSON.parse(JSON.stringify(word.repeat(1 + Math.round(size * 160))));
}

function listOf(length, make) {
  return Array.from({ length: Math.round(length) }, (_, nth) => make(nth));
}

function callback(order) {
  return () => report(order.note);
}

function report(...facts) {
  return facts.length;
}

function* pages(id) {
  for (let page = 0; ; page++) yield { id, page };
}

function started(generator) {
  generator.next();
  return generator;
}

/** A call that goes on once it is answered, which nobody does. */
function waiting(id) {
  let answer;
  const call = answered(
    id,
    new Promise(resolve => {
      answer = resolve;
    }),
  );
  return { call, answer };
}

async function answered(id, answer) {
  return report(id, await answer);
}
