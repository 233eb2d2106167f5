import type { RetainingStep } from '../../model.ts';
import { PROXY } from '../../snapshot/class-names.ts';
import type { Analysis } from './analysis.ts';
import { dictionaries } from './dictionaries.ts';
import { IDENTIFIER } from './holder-names.ts';
import { NodeNames } from './node-names.ts';
import { filesOfWay } from './way-files.ts';
import { LINKS, SYMBOL_REGISTRY, type Way } from './way-to.ts';
import { isShort, writtenName } from './written-name.ts';

const LONGEST_PATH = 14;

/** The node that is kept is told in any case, also where a way goes on from it. */
export function wayWriter(analysis: Analysis): (way: Way, kept: number | undefined) => RetainingStep[] {
  const names = new NodeNames(analysis);
  const isDictionary = dictionaries(analysis);
  const filesOf = filesOfWay(analysis);
  return (way, kept) => {
    const writer = new WayWriter(analysis, names, isDictionary, filesOf);
    return shortened(writer.write(way, kept));
  };
}

/** One edge of a way, and the node it leads to. */
interface Leg {
  readonly edge: number;
  readonly edgeType: string;
  /** Empty where edges have numbers. */
  readonly edgeName: string;
  readonly before: number;
  /** The way to that. */
  readonly hops: Way['hops'];
  readonly node: number;
  /** Type of the node. */
  readonly type: string;
}

/** Puts one way into words, and no other, edge by edge: several make one step, as in `variable pool.idle[] Map`. */
class WayWriter {
  readonly #analysis: Analysis;
  readonly #names: NodeNames;
  readonly #isDictionary: ReturnType<typeof dictionaries>;
  readonly #filesOf: ReturnType<typeof filesOfWay>;
  readonly #steps: RetainingStep[] = [];
  /** The step that edges still add to. */
  #current: RetainingStep | undefined;
  /** The store of an object that the way has just entered: the next edge is told as the object's own. */
  #inside = '';

  constructor(
    analysis: Analysis,
    names: NodeNames,
    isDictionary: ReturnType<typeof dictionaries>,
    filesOf: ReturnType<typeof filesOfWay>,
  ) {
    this.#analysis = analysis;
    this.#names = names;
    this.#isDictionary = isDictionary;
    this.#filesOf = filesOf;
  }

  write({ hops, link }: Way, kept: number | undefined): RetainingStep[] {
    const last = hops.length - 1;
    for (let index = this.#begin(hops.map(({ node }) => node)); index <= last; index++) {
      const leg = this.#legOf(hops, index);
      const isNamed = this.#follow(leg);
      this.#inside = isStore(leg) ? leg.edgeName : '';
      if (index === last) this.#open(this.#names.label(leg.node));
      else if (!isStore(leg)) this.#arrive(leg, isNamed, kept);
    }
    if (this.#current) this.#steps.push(this.#current);
    if (link !== undefined) this.#sayLink(link, hops.at(-1)?.node ?? 0);
    return this.#steps.filter(({ name }, index) => name !== this.#steps[index - 1]?.name);
  }

  /** Starts at the last node that needs no explanation; returns the place of the first edge to be told. */
  #begin(nodes: readonly number[]): number {
    const start = this.#analysis.own.beginning(nodes);
    const first = start ? start.index + 1 : 0;
    if (start) this.#open({ name: start.name });
    const begun = nodes[start?.index ?? -1];
    // What a scenario sets up may be an instance of a class whose field it is.
    if (begun !== undefined && this.#analysis.isProgramClass(begun)) this.#open(this.#names.label(begun));
    for (let index = nodes.length - 2; index >= first; index--) {
      const name = this.#names.landmark(nodes[index] as number);
      if (name === undefined) continue;
      // What a module exports is named by itself.
      const isModule = name.includes(':') || name.startsWith('module ');
      if (isModule) this.#steps.push({ name });
      this.#current = { name: isModule ? '' : name };
      return index + 1;
    }
    return first;
  }

  #legOf(hops: Way['hops'], index: number): Leg {
    const { snapshot } = this.#analysis;
    const { edge, node } = hops[index] as Way['hops'][number];
    const edgeType = snapshot.edgeTypes[snapshot.edgeTypeOf[edge] as number] ?? '';
    return {
      edge,
      edgeType,
      edgeName: NUMBERED.has(edgeType) ? '' : snapshot.strings.at(snapshot.edgeNames[edge] as number),
      before: index === 0 ? 0 : (hops[index - 1]?.node as number),
      hops: hops.slice(0, index),
      node,
      type: this.#names.typeOf(node),
    };
  }

  /** Tells the edge; returns whether that names what it leads to. */
  #follow(leg: Leg): boolean {
    const { edge, edgeType, edgeName, before, node } = leg;
    const variable = this.#variableOf(leg);
    if (variable !== undefined) {
      this.#open({ name: variable });
      return true;
    }
    if (this.#names.nameOf(before) === PROXY) {
      // What it stands for is told as itself.
      if (edge === this.#lastEdgeOf(before)) this.#add('.(proxy handler)');
      return true;
    }
    if (edgeType === 'property') return this.#followProperty(leg);
    if (edgeType === 'element') {
      if (!this.#current || this.#names.typeOf(before) === 'synthetic') return false;
      this.#add('[]');
      return true;
    }
    if (this.#inside !== '' && edgeName !== 'map') {
      this.#leaveStore();
      return true;
    }
    const isResult =
      edgeName === 'reactions_or_result' && this.#names.nameOf(node) !== 'system / PromiseReaction';
    if (this.#current) this.#add(isResult ? ' result' : (WORTH_TELLING.get(edgeName) ?? ''));
    return false;
  }

  /** How the program knows what the edge leads to, if not by what is before; undefined: only by that. */
  #variableOf({ edge, edgeType, edgeName, before, hops }: Leg): string | undefined {
    if (edgeName === 'this' && edgeType === 'context') return 'this';
    if (edgeType === 'context') return `variable ${this.#variableName(edgeName, hops)}`;
    const exported = this.#analysis.variables.of(before);
    if (exported) return exportedName(exported.names, 'variable ');
    const weakMap = this.#analysis.weakMapOf(edge);
    if (!weakMap) return undefined;
    const { held } = weakMap;
    const name = held?.exported ? exportedName(held.exported.names, '') : held?.name;
    return `(value in ${name === undefined ? 'a WeakMap' : `WeakMap ${name}`})`;
  }

  /** A short one may be a bundler's. */
  #variableName(name: string, hops: Way['hops']): string {
    return isShort(name) ? (writtenName(name, this.#filesOf(hops).files) ?? name) : name;
  }

  /** Of a proxy, the edge to its handler. */
  #lastEdgeOf(node: number): number {
    return (this.#analysis.snapshot.firstEdges[node + 1] as number) - 1;
  }

  #followProperty({ edgeName, before, node }: Leg): boolean {
    if (!this.#current || LINKS.has(edgeName)) return false;
    const isKey = this.#isDictionary(before, this.#analysis.kinds.of(node));
    // What a function or class has as a field, as in `Pool.waiting`.
    const name = this.#current.name.replace(/^closure (\S+)\(\)$/, '$1');
    this.#current = { ...this.#current, name };
    this.#add(isKey ? '[key]' : property(edgeName));
    return true;
  }

  #leaveStore(): void {
    if (this.#inside === 'table') this.#open({ name: 'entry' });
    else if (this.#inside === SYMBOL_REGISTRY) this.#current = { name: 'registry of Symbol.for()' };
    else this.#add(STORE_WORDS.get(this.#inside) ?? this.#inside);
  }

  /** Tells the node, unless it is what V8 has in between, or was named by the edge. */
  #arrive({ node, type }: Leg, isNamed: boolean, kept: number | undefined): void {
    const name = this.#names.nameOf(node);
    if (type === 'synthetic') {
      if (name !== '' && name !== '(GC roots)') this.#open({ name });
      return;
    }
    if (name === 'system / Context' || BETWEEN.has(type)) return;
    if (node === kept) {
      this.#open(this.#names.label(node));
      return;
    }
    // The body of an ES module is one, with the module's variables.
    const told = this.#current?.name || this.#steps.at(-1)?.name;
    if (name === 'Generator' && told?.startsWith('module ')) return;
    if (isNamed && (name === 'Object' || name === 'Array')) return;
    if (isNamed && COLLECTIONS.has(name)) this.#add(` ${name}`);
    else this.#open(this.#names.label(node));
  }

  #sayLink(edge: number, node: number): void {
    const { edgeTypes, edgeTypeOf, edgeNames, strings } = this.#analysis.snapshot;
    const final = this.#steps.at(-1);
    const isNumbered = NUMBERED.has(edgeTypes[edgeTypeOf[edge] as number] ?? '');
    if (!final || isNumbered || this.#names.typeOf(node).endsWith('string')) return;
    // Functions of V8's, by which promises are settled, hang together whatever a program does.
    if (this.#names.typeOf(node) === 'closure' && !this.#analysis.positions.of(node)) return;
    const name = strings.at(edgeNames[edge] as number);
    // Of V8's own edges most say nothing to a reader.
    const isField = edgeTypes[edgeTypeOf[edge] as number] === 'property';
    const told = isField
      ? property(name).replace(/^\./, '')
      : (WORTH_TELLING.get(name) ?? '').replace(/^[ .]\(?|\)$/g, '');
    const by = told === '' ? '' : ` (${told})`;
    this.#steps[this.#steps.length - 1] = { ...final, name: `${final.name}, each held by another${by}` };
  }

  #open(step: RetainingStep): void {
    if (this.#current && this.#current.name !== '') this.#steps.push(this.#current);
    this.#current = step;
  }

  #add(text: string): void {
    this.#current = { ...this.#current, name: `${this.#current?.name ?? ''}${text}`.replace(/^\./, '') };
  }
}

const NUMBERED: ReadonlySet<string> = new Set(['element', 'hidden']);
const COLLECTIONS: ReadonlySet<string> = new Set(['Map', 'Set', 'WeakMap', 'WeakSet']);
/** Types of nodes that a reader of the program has never heard of. */
const BETWEEN: ReadonlySet<string> = new Set(['code', 'hidden', 'object shape']);
const STORES: ReadonlySet<string> = new Set(['table', 'elements', 'properties']);
const STORE_WORDS: ReadonlyMap<string, string> = new Map([
  ['elements', '[]'],
  ['properties', '[key]'],
  // Of a realm: the variables of its scripts, which are told by their names.
  ['script_context_table', ''],
]);
const WORTH_TELLING: ReadonlyMap<string, string> = new Map([
  ['reactions_or_result', ' reaction'],
  ['bound_target', '.(bound function)'],
  ['bound_this', '.(bound this)'],
  ['bound_arguments', '.(bound argument)'],
  ['parameters_and_registers', '.(local variable)'],
  ['receiver', '.(this)'],
  ['parent', '.(whole string)'],
]);

/** Whether the leg leads into the store of an object. */
function isStore({ type, edgeName }: Leg): boolean {
  return type === 'array' || (type === 'hidden' && STORES.has(edgeName));
}

function exportedName([first = 'default']: readonly string[], noun: string): string {
  return first === 'default' ? 'default export' : `${noun}${first}`;
}

/** Up to Node 22: by which what is asynchronous has the store of an AsyncLocalStorage that it was begun with. */
const RESOURCE_STORE = 'kResourceStore';

function property(name: string): string {
  const symbol = /^<symbol (.*)>$/.exec(name)?.[1];
  if (symbol === RESOURCE_STORE) return '.(store of an AsyncLocalStorage)';
  if (symbol !== undefined) return `[${symbol}]`;
  return IDENTIFIER.test(name) ? `.${name}` : `['${name}']`;
}

function shortened(steps: readonly RetainingStep[]): RetainingStep[] {
  if (steps.length <= LONGEST_PATH) return [...steps];
  const half = LONGEST_PATH / 2;
  return [...steps.slice(0, half), { name: '…' }, ...steps.slice(-half)];
}
