import { openSync } from 'node:fs';
import { devNull } from 'node:os';
import type { Bytes, Plant, PlantKind } from '../model.ts';
import { scrambled } from '../scrambled.ts';
import type { Subject } from './iteration-loop.ts';

/** The subject with a leak of known size beside it, grown before each iteration that it falls on. */
export function planted(subject: Subject, plant: Plant): Subject {
  const keep = KEEPERS[plant.kind]();
  return {
    iterate: iteration => {
      if (isPlace(iteration, plant)) keep(plant.size);
      return subject.iterate(iteration);
    },
    waitForIdle: () => subject.waitForIdle(),
  };
}

/**
 * Whether the leak grows in this iteration: once in each block of `every`, at a place that follows from the
 * seed, so that it keeps to no window.
 */
export function isPlace(iteration: number, { every, seed }: Pick<Plant, 'every' | 'seed'>): boolean {
  const block = Math.floor(iteration / every);
  return iteration - block * every === scrambled(seed, block) % every;
}

type Keep = (size: number) => void;

const KEEPERS: { readonly [kind in PlantKind]: () => Keep } = {
  heap: keepText,
  object: keepObjects,
  'off-heap': keepBuffers,
  timer: () => () => void setInterval(idle, NEVER),
  'unref-timer': () => () => void setInterval(idle, NEVER).unref(),
  descriptor: () => () => void openSync(devNull, 'r'),
};

/** Some 24 days: the longest delay of a timer. */
const NEVER = 2 ** 31 - 1;

function idle(): void {}

/** What is kept is linked, not listed: a list would double its store now and then. */
interface Link<Kept> {
  readonly kept: Kept;
  readonly next: Link<Kept> | undefined;
}

/** Of a link, an object of two properties, on V8's 64-bit heaps without compressed pointers, which are Node's. */
const LINK: Bytes = 40;
/** Of a string of one-byte characters there, beside these. */
const STRING_HEADER: Bytes = 16;

/**
 * One string that is replaced by a longer one each time until it is full, then the next: growth to the byte,
 * whatever the size, and hardly a count that would give it away.
 */
function keepText(): Keep {
  const source = Buffer.alloc(TEXT_PIECE, 'leak');
  const text = (bytes: Bytes) => source.toString('latin1', 0, Math.max(0, Math.floor(bytes - STRING_HEADER)));
  return pieces(TEXT_PIECE, full => text(full - LINK), text);
}

/** The same with array buffers, whose contents lie outside the heap. */
function keepBuffers(): Keep {
  const buffer = (bytes: Bytes) => new ArrayBuffer(Math.floor(bytes));
  return pieces(BUFFER_PIECE, buffer, buffer);
}

const TEXT_PIECE: Bytes = 4096;
/** Larger, as each buffer is an object on the heap too. */
const BUFFER_PIECE: Bytes = 32_768;

/** Keeps as many full pieces as the bytes so far make up, and one that holds the rest. */
function pieces<Kept>(piece: Bytes, full: (bytes: Bytes) => Kept, rest: (bytes: Bytes) => Kept): Keep {
  const held: { full: Link<Kept> | undefined; rest: Kept; bytes: Bytes } = {
    full: undefined,
    rest: rest(0),
    bytes: 0,
  };
  return size => {
    held.bytes += size;
    for (; held.bytes >= piece; held.bytes -= piece) held.full = { kept: full(piece), next: held.full };
    held.rest = rest(held.bytes);
  };
}

function keepObjects(): Keep {
  const held: { last: PlantedObject | undefined } = { last: undefined };
  return () => {
    held.last = new PlantedObject(held.last);
  };
}

class PlantedObject {
  readonly next: PlantedObject | undefined;

  constructor(next: PlantedObject | undefined) {
    this.next = next;
  }
}
