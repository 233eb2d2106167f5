import type { Session } from 'node:inspector';
import { queryObjects } from 'node:v8';
import type { Class } from '../scenario.ts';
import { endSession, openSession } from './inspector.ts';

/** Live objects that inherit from `Object.prototype`, then those of each class. */
type HeapWalk = (classes: readonly Class[]) => readonly number[];

/**
 * How to count the objects on the heap: all classes in one walk through the inspector, which hands over the
 * objects that `v8.queryObjects` only counts, in a walk of 40 to 90 ms on a small heap for each class. That
 * is what remains where Node has no inspector.
 */
export function heapWalk(): HeapWalk {
  return process.features.inspector ? oneWalk : walkPerClass;
}

/**
 * Name of `count` for the inspector, and of the group of what it hands over. Not enumerable, so that the
 * subject does not come across it.
 */
const NAME = 'leakgate.count';
/** What is counted now, and what came of it. */
let sought: readonly object[] = [];
let found: number[] = [];

function oneWalk(classes: readonly Class[]): readonly number[] {
  Object.defineProperty(globalThis, Symbol.for(NAME), { value: count, configurable: true });
  const ordinary = classes.filter(isOrdinary);
  sought = ordinary.map(({ prototype }) => prototype as object);
  found = new Array<number>(sought.length + 1).fill(0);
  walk();
  const [population = 0, ...counts] = found;
  return [
    population,
    ...classes.map(subject =>
      isOrdinary(subject) ? (counts[ordinary.indexOf(subject)] ?? 0) : countOf(subject),
    ),
  ];
}

/** For a Node without an inspector. */
export function walkPerClass(classes: readonly Class[]): readonly number[] {
  return [Object, ...classes].map(countOf);
}

function countOf(subject: Class): number {
  return queryObjects(subject, { format: 'count' });
}

/** Its instances are among those of `Object`; not so a class that extends null, or one of another context. */
function isOrdinary({ prototype }: Class): boolean {
  return inherits(Object.prototype, prototype);
}

function walk(): void {
  const session = openSession();
  try {
    const { result } = ask<{ result: Handle }>(session, 'Runtime.evaluate', PROTOTYPE);
    query.prototypeObjectId = result.objectId;
    const { objects } = ask<{ objects: Handle }>(session, 'Runtime.queryObjects', query);
    call.objectId = objects.objectId;
    ask(session, 'Runtime.callFunctionOn', call);
  } finally {
    session.post('Runtime.releaseObjectGroup', GROUP);
    endSession(session);
  }
}

/*
 * Parameters of the calls above, made once; `query` and `call` are filled anew for each walk. As literals
 * they left patterns behind after every other walk, half a kB (ADR 15).
 */
const GROUP = { objectGroup: NAME };
const PROTOTYPE = { expression: 'Object.prototype', objectGroup: NAME };
const query = { prototypeObjectId: '', objectGroup: NAME };
const call = {
  objectId: '',
  functionDeclaration: `function () { globalThis[Symbol.for('${NAME}')](this); }`,
};

interface Handle {
  readonly objectId: string;
}

/** A session to its own thread answers before `post` returns. */
function ask<Answer>(session: Session, method: string, parameters: object): Answer {
  let outcome: { readonly error: Error | null; readonly answer?: object } | undefined;
  session.post(method, parameters, (error, answer) => {
    outcome = { error, ...(answer && { answer }) };
  });
  if (!outcome?.answer)
    throw new Error(`Cannot walk the heap as ${method} must be answered`, { cause: outcome?.error });
  return outcome.answer as Answer;
}

function count(objects: readonly object[]): void {
  found[0] = objects.length;
  for (let place = 0; place < sought.length; place++) {
    const prototype = sought[place];
    let instances = 0;
    for (let index = 0; index < objects.length; index++) {
      if (inherits(prototype, objects[index])) instances++;
    }
    found[place + 1] = instances;
  }
}

/** `Object.prototype.isPrototypeOf` as it was before the subject could change it. */
const inherits = Function.prototype.call.bind(
  Reflect.get(Object.prototype, 'isPrototypeOf') as () => boolean,
) as (prototype: unknown, value: unknown) => boolean;
