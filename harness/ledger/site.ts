import type { SourcePosition } from '../model.ts';

/**
 * A place in the program that creates things: its stack, innermost frame first. One object per place. A
 * class, as is `Frame`, so that heap snapshots tell leakgate's books from what the program keeps.
 */
export class Site {
  readonly id: number;
  /** As V8 tells them: files may be URLs, lines are those of what runs. Empty: created by nothing of the program. */
  readonly frames: readonly SourcePosition[];

  constructor(id: number, frames: readonly SourcePosition[]) {
    this.id = id;
    this.frames = frames;
  }
}

/** Frames kept per site: enough to tell who asked a helper for what it creates. */
const FRAMES = 8;
/** Frames looked through for them: Node's own and leakgate's lie between. */
const DEPTH = 48;
/** Sites known at a time; a program that goes on making new code gets no new ones beyond. */
const MOST_SITES = 20_000;
/** What leakgate is made of; the engine that it embeds is a program like others. */
const OWN = new URL('../', import.meta.url).href;
const ENGINE = `${OWN}engine/`;

export const UNKNOWN_SITE = new Site(0, []);

/** The places met so far. */
export class Sites {
  readonly #known = new Map<string, Site>();
  readonly #leftOut: (file: string) => boolean;

  /** @param leftOut files whose frames are passed over beside Node's and leakgate's own. */
  constructor(leftOut: (file: string) => boolean = () => false) {
    this.#leftOut = leftOut;
  }

  /** Where the program is now; undefined where none of its functions is on the stack. */
  here(): Site | undefined {
    const frames: NodeJS.CallSite[] = [];
    let key = '';
    for (const frame of callSites()) {
      const file = fileOf(frame);
      if (file === '' || isForeign(file) || this.#leftOut(file)) continue;
      key += `${file}:${frame.getLineNumber()}:${frame.getColumnNumber()}\n`;
      if (frames.push(frame) === FRAMES) break;
    }
    if (frames.length === 0) return undefined;
    const known = this.#known.get(key);
    if (known) return known;
    if (this.#known.size >= MOST_SITES) return undefined;
    const site = new Site(
      this.#known.size + 1,
      frames.map(frame => new Frame(frame)),
    );
    this.#known.set(key, site);
    return site;
  }
}

/**
 * The stack, async callers included (`at async f`). Read at once: an unread one would hold on to its
 * functions' objects.
 */
function callSites(): readonly NodeJS.CallSite[] {
  const { stackTraceLimit } = Error;
  const prepared = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  const holder: { stack?: unknown } = {};
  // Not assigned, which would throw where the program has frozen `Error`: its stacks are then not read.
  Reflect.set(Error, 'stackTraceLimit', DEPTH);
  Reflect.set(Error, 'prepareStackTrace', (_: Error, sites: NodeJS.CallSite[]) => sites);
  Error.captureStackTrace(holder, callSites);
  const sites = holder.stack;
  Reflect.set(Error, 'stackTraceLimit', stackTraceLimit);
  // Assigning undefined is not the same to Node as never having assigned it.
  if (prepared) Object.defineProperty(Error, 'prepareStackTrace', prepared);
  else Reflect.deleteProperty(Error, 'prepareStackTrace');
  return Array.isArray(sites) ? (sites as NodeJS.CallSite[]) : [];
}

function fileOf(frame: NodeJS.CallSite): string {
  return withoutQuery(frame.getFileName() ?? frame.getScriptNameOrSourceURL() ?? '');
}

/** A module that is loaded again and again has another query each time; in paths these are letters like others. */
export function withoutQuery(file: string): string {
  return file.startsWith('file:') ? file.replace(/[?#].*$/s, '') : file;
}

/** Whether a file is one of Node's own or of leakgate's, and none of the program. */
export function isForeign(file: string): boolean {
  return file.startsWith('node:') || isLeakgates(file);
}

export function isLeakgates(file: string): boolean {
  return file.startsWith(OWN) && !file.startsWith(ENGINE);
}

class Frame implements SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly function: string;

  constructor(frame: NodeJS.CallSite) {
    this.file = fileOf(frame);
    this.line = frame.getLineNumber() ?? 1;
    this.column = frame.getColumnNumber() ?? 1;
    this.function = functionOf(frame);
  }
}

/** `Plugin.start`, `new Peer`, `keepFresh`; empty at the top of a module and where there is no name. */
function functionOf(frame: NodeJS.CallSite): string {
  const name = frame.getFunctionName() ?? '';
  if (name === '' || frame.isToplevel()) return name;
  if (frame.isConstructor()) return `new ${name}`;
  const type = frame.getTypeName();
  const isNamed = type !== null && type !== 'Object' && type !== 'Function' && !name.includes('.');
  return isNamed ? `${type}.${name}` : name;
}
