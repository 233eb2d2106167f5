import { readFileSync } from 'node:fs';
import type { SourcePosition } from '../../model.ts';
import { edgesNamed } from '../../snapshot/edges.ts';
import { pathOfRun } from '../source-position.ts';
import type { Analysis } from './analysis.ts';
import { dictionaries } from './dictionaries.ts';
import { NodeNames } from './node-names.ts';
import type { Way } from './way-to.ts';

/** More lines than these are no help. */
const MOST_LINES = 3;
const IDENTIFIER = /^#?[A-Za-z_$][\w$]*$/;
const SYMBOL = /^<symbol/;
/** In characters: a line of minified code is no place. */
const LONGEST_LINE = 1000;
/** Of a line, what a comment begins with. */
const COMMENT = /^\s*(\/\/|\/?\*)/;
const TRAILING_COMMENT = /\s\/\/.*$/;
/** Shorter names of code that was mapped are a bundler's. */
const SHORTEST_MAPPED = 3;

/** The field or variable at the end of a way, by whose name the program puts something there. */
interface Place {
  readonly name: string;
  readonly isField: boolean;
  /** Containers behind it: none where it holds what is kept, two where one of them is in the other. */
  readonly containers: number;
  /** Class of the container, which says by which method it is added to; empty where there is none. */
  readonly container: string;
  /** Where it may stand, the likeliest first: the file of the class that has it, and of those that this extends. */
  readonly files: readonly CodeFile[];
}

/** The source, and what was made of it and ran, where that did not come along. */
type CodeFile = readonly [source: string, ran: string];

/**
 * The lines of the program that put what is kept where a way ends, found by the text of the source: they add to
 * a container, or set a field or variable, of the name that the way ends with, in the file of what has it; of
 * objects that hold one another, those as well that set the field by which they do. Empty where a way ends
 * otherwise, the source is not there, or many lines do so.
 */
export function additions(analysis: Analysis): (way: Way) => SourcePosition[] {
  const [placeOf, linkOf] = [places(analysis), links(analysis)];
  return way => {
    const found = linesFor(placeOf(way));
    const ofLink = linesFor(linkOf(way), linking);
    const isNew = ofLink.every(({ line, file }) =>
      found.every(one => one.line !== line || one.file !== file),
    );
    // A field that many lines set is a list's, which says nothing.
    if (ofLink.length !== 1) return found;
    return isNew ? [...found, ...ofLink] : ofLink;
  };
}

function linesFor(place: Place | undefined, patterns = patternsFor): SourcePosition[] {
  for (const file of place?.files ?? []) {
    const found = place && linesIn(file, place, patterns);
    if (found) return found;
  }
  return [];
}

/** Undefined where there are none; none where they are many. */
function linesIn(
  file: CodeFile,
  place: Place,
  patterns: (place: Place) => readonly RegExp[],
): SourcePosition[] | undefined {
  const source = sourceOf(file);
  if (!source) return undefined;
  const [within, ...others] = patterns(place).map(pattern => () => matching(source.lines, pattern));
  const byName = () => (place.containers > 1 ? addingByName(source.lines, place) : []);
  const found = [within, byName, ...others].map(look => look?.() ?? []).find(some => some.length > 0);
  if (!found) return undefined;
  if (found.length > MOST_LINES) return [];
  return found.map(at => ({ ...at, file: source.file, function: '' }));
}

interface Source {
  readonly file: string;
  readonly lines: readonly string[];
}

/** More containers behind a name may be reached by names of their own. */
const MOST_CONTAINERS = 2;

/** What names a way ends with. */
function places(analysis: Analysis): (way: Way) => Place | undefined {
  const { snapshot, kinds } = analysis;
  const { edgeTypes, edgeTypeOf, edgeNames, strings, types, nodeTypes } = snapshot;
  const [field, variable] = [edgeTypes.indexOf('property'), edgeTypes.indexOf('context')];
  const object = nodeTypes.indexOf('object');
  const isDictionary = dictionaries(analysis);
  const filesOf = filesOfWay(analysis);
  return ({ hops }) => {
    const last = hops.length - 1;
    for (let index = last; index > 0; index--) {
      const { edge, node } = hops[index] as Way['hops'][number];
      const before = hops[index - 1]?.node as number;
      const type = edgeTypeOf[edge];
      const isField = type === field;
      if (type !== variable && (!isField || isDictionary(before, kinds.of(node)))) continue;
      const name = strings.at(edgeNames[edge] as number);
      if (SYMBOL.test(name)) return undefined;
      // A key that is no name of the program's.
      if (!IDENTIFIER.test(name)) continue;
      const containers = hops.slice(index, last).filter(hop => types[hop.node] === object).length;
      if (containers > MOST_CONTAINERS) return undefined;
      const files = filesOf(hops.slice(0, index).map(hop => hop.node));
      if (files.some(isMapped) && name.length < SHORTEST_MAPPED) return undefined;
      const kind = index < last ? kinds.of(node) : undefined;
      return {
        name,
        isField,
        containers: index < last ? Math.max(1, containers) : 0,
        container: kind === undefined ? '' : (kinds.names[kind] ?? ''),
        files,
      };
    }
    return undefined;
  };
}

/** The field by which the objects at the end of a way hold one another, if it is one of their class. */
function links({ snapshot, ...analysis }: Analysis): (way: Way) => Place | undefined {
  const { edgeTypes, edgeTypeOf, edgeNames, strings } = snapshot;
  const field = edgeTypes.indexOf('property');
  const filesOf = filesOfWay({ snapshot, ...analysis });
  return ({ hops, link }) => {
    if (link === undefined || edgeTypeOf[link] !== field) return undefined;
    const name = strings.at(edgeNames[link] as number);
    const files = filesOf(hops.map(({ node }) => node));
    const isShort = files.some(isMapped) && name.length < SHORTEST_MAPPED;
    if (!IDENTIFIER.test(name) || isShort) return undefined;
    return { name, isField: true, containers: 0, container: '', files };
  };
}

function isMapped([source, ran]: CodeFile): boolean {
  return source !== ran;
}

/** Of the nodes of a way, the files of the last that has any; none where these are not of the program. */
function filesOfWay(analysis: Analysis): (nodes: readonly number[]) => readonly CodeFile[] {
  const { positions, place, own } = analysis;
  const names = new NodeNames(analysis);
  const classesOf = classesOfInstance(analysis);
  const codeFile = (at: SourcePosition): CodeFile[] => {
    const source = place(at);
    return source ? [[source.file, pathOfRun(at.file)]] : [];
  };
  return nodes => {
    for (const node of nodes.toReversed()) {
      if (names.nameOf(node) === 'BuiltinModule') return [];
      const module = names.moduleFile(node) ?? (own.isSession(node) ? own.scenario : undefined);
      const ofClass = own.isSession(node) || module === undefined ? positions.of(node) : undefined;
      const at = ofClass ?? (module && { file: module, line: 1, column: 1, function: '' });
      if (at) return [at, ...(ofClass ? classesOf(node) : [])].flatMap(codeFile);
    }
    return [];
  };
}

/** More are no program's. */
const MOST_CLASSES = 8;

/** Of an instance, where the classes stand that its own extends, the nearest first. */
function classesOfInstance({ snapshot, positions }: Analysis): (node: number) => SourcePosition[] {
  const follow = edgesNamed(snapshot);
  return node => {
    const found: SourcePosition[] = [];
    const own = follow(node, '__proto__');
    let prototype = own && follow(own, '__proto__');
    for (let depth = 0; prototype !== undefined && depth < MOST_CLASSES; depth++) {
      const made = follow(prototype, 'constructor');
      const at = made && positions.of(made);
      if (at) found.push(at);
      prototype = follow(prototype, '__proto__');
    }
    return found;
  };
}

/** The first that is there: a bundle may come without its sources. */
function sourceOf(files: CodeFile): Source | undefined {
  for (const file of files) {
    const source = sources.get(file) ?? linesOf(file);
    sources.set(file, source);
    if (source.lines.length > 0) return source;
  }
  return undefined;
}

/** Read once per process. */
const sources = new Map<string, Source>();

function linesOf(file: string): Source {
  try {
    return { file, lines: readFileSync(file, 'utf8').split('\n') };
  } catch {
    return { file, lines: [] };
  }
}

/**
 * The likeliest first: a field may have been taken into a variable of its name, and of a container in a container the
 * line that adds to the inner one may say how that is reached, or else where that was added.
 */
function patternsFor({ name, isField, containers, container }: Place): RegExp[] {
  const plain = name.replace('#', '').replaceAll('$', '\\$');
  const variable = `(?<![\\w$.#])${plain}(?![\\w$])`;
  const whole = isField ? [`[.#]${plain}(?![\\w$])`, variable] : [variable];
  const ways =
    containers === 0 ? [SETTING] : [...(containers > 1 ? [ADDING_WITHIN] : []), adding(plain, container)];
  const assigned = containers === 0 ? '' : `\\bObject\\.assign\\( *(?:[\\w$]+\\.#?)*${plain} *,|`;
  return ways.flatMap(way => whole.map(text => new RegExp(`${assigned}${text}${way}`)));
}

const NOT_CLEARED = '(?! *(?:null\\b|undefined\\b|void ))';

/** What follows a container's name where something is put into it, or it is copied with more. */
function adding(name: string, container = ''): string {
  const method = `\\??\\.${ADDERS.get(container) ?? ADDER}`;
  const entry = `\\[[^=]+\\] *(\\?\\?|\\|\\|)?=(?![=>])${NOT_CLEARED}`;
  const again = `(?<![\\w$])${name}(?![\\w$])`;
  const copy = ` *= *(\\[ *\\.{3}|\\{ *\\.{3}|new (Map|Set)\\().*${again}`;
  return `!?(${method}|${entry}|${copy}|( *= .*${again}\\.concat\\())`;
}

/** With a third argument: two only take out. */
const SPLICED = 'splice\\([^,()]*(?:\\([^()]*\\))?[^,()]*,[^,()]*(?:\\([^()]*\\))?[^,()]*,';
/** By what a container has; of a class of the program any of them. */
const ADDER = `(?:(?:push|unshift|add|set|append|enqueue)\\(|${SPLICED})`;
const ADDERS: ReadonlyMap<string, string> = new Map([
  ['Map', 'set\\('],
  ['WeakMap', 'set\\('],
  ['Set', 'add\\('],
  ['Array', `(?:(?:push|unshift)\\(|${SPLICED})`],
]);

/** What follows a container's name where something is put into a container that is got from it. */
const ADDING_WITHIN =
  '(\\??\\.get\\([^()]*\\)|(\\?\\.)?\\[[^\\[\\]]*\\])( *(\\?\\?|\\|\\|)=? *(new \\w+\\(\\)|\\[\\]) *\\))?' +
  `[!?]?\\.${ADDER}`;

/** Lines that link an object to the one before, in a literal or afterwards; none that takes one out of a list. */
function linking({ name }: Place): RegExp[] {
  const plain = name.replace('#', '').replaceAll('$', '\\$');
  return [
    new RegExp(
      `(?<![\\w$.#?])${plain} *:${NOT_CLEARED} |[.#]${plain} *=(?![=>])${NOT_CLEARED}(?!.*[.#]${plain}(?![\\w$]))`,
    ),
  ];
}

/** What follows a name where something is put there. */
const SETTING = ` *(\\?\\?|\\|\\||\\+)?=(?![=>])${NOT_CLEARED}`;

/** Lines around that in which a container within another is given a name: it is added to by that. */
const NEARBY = 6;

/**
 * Lines that add to a container within another by a name of its own, as in `const queue = waiting.get(row)`,
 * `waiting.set(row, queue)`, `waiting.set(row, (queue = []))`.
 */
function addingByName(lines: readonly string[], { name }: Place): LinePlace[] {
  const plain = name.replace('#', '').replaceAll('$', '\\$');
  const whole = `(?<![\\w$])${plain}`;
  const got = new RegExp(`(?:const|let|var) +(\\w+) *= *[^;=]*${whole}(?:\\??\\.get\\(|\\??\\.?\\[)`);
  const put = new RegExp(`${whole}\\.set\\([^;]*, *\\(?(\\w+)(?: *=[^=>][^;]*)?\\)`);
  const found = new Map<number, LinePlace>();
  for (const [index, text] of lines.entries()) {
    const given = isCode(text) ? (got.exec(text)?.[1] ?? put.exec(text)?.[1]) : undefined;
    if (given === undefined) continue;
    const from = Math.max(0, index - NEARBY);
    const pattern = new RegExp(`(?<![\\w$.#])${given}(?![\\w$])${adding(given)}`);
    for (const { line, column } of matching(lines.slice(from, index + NEARBY + 1), pattern))
      found.set(from + line, { line: from + line, column });
  }
  return [...found.values()];
}

interface LinePlace {
  readonly line: number;
  readonly column: number;
}

function isCode(text: string): boolean {
  return text.length <= LONGEST_LINE && !COMMENT.test(text);
}

function matching(lines: readonly string[], pattern: RegExp): LinePlace[] {
  return lines.flatMap((text, index) => {
    const found = isCode(text) ? pattern.exec(text.replace(TRAILING_COMMENT, '')) : undefined;
    return found ? [{ line: index + 1, column: found.index + 1 }] : [];
  });
}
