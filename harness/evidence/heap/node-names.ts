import type { RetainingStep } from '../../model.ts';
import { BOUND } from '../../snapshot/class-names.ts';
import { edgesNamed } from '../../snapshot/edges.ts';
import type { Analysis } from './analysis.ts';
import { OLD } from './births.ts';

/** What the nodes of a snapshot are called. */
export class NodeNames {
  readonly #analysis: Analysis;
  readonly #follow: (node: number, name: string) => number | undefined;

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
    this.#follow = edgesNamed(analysis.snapshot);
  }

  /** `object`, `closure`, `array`, `synthetic`, as V8 has it. */
  typeOf(node: number): string {
    const { types, nodeTypes } = this.#analysis.snapshot;
    return nodeTypes[types[node] as number] ?? '';
  }

  /** As V8 has it. */
  nameOf(node: number): string {
    const { names, strings } = this.#analysis.snapshot;
    return strings.at(names[node] as number);
  }

  /** As a reader would call it: functions with their place, objects by class or shape. */
  label(node: number): RetainingStep {
    const type = this.typeOf(node);
    if (type === 'closure') return this.#closure(node);
    const name = type === 'synthetic' || type === 'native' ? this.nameOf(node) : this.#kindName(node);
    return { name: /^global\b/.test(name) ? 'globalThis' : (STORE_NAMES.get(name) ?? name) };
  }

  /** Where a way might as well begin, as everybody knows how it is held; undefined for any other node. */
  landmark(node: number): string | undefined {
    const name = this.nameOf(node);
    // Variables of scripts, which any function of V8's leads to.
    if (name === 'system / NativeContext') return '';
    const exporting = this.#analysis.variables.of(node)?.module;
    if (exporting !== undefined) return this.#moduleName(exporting);
    if (this.typeOf(node) !== 'object') return undefined;
    const isOld = this.#analysis.growth.births[node] === OLD;
    // A program may have a class of this name too.
    if (name === 'ModuleLoader' && isOld && this.#follow(node, 'loadCache') !== undefined)
      return 'ES module loader';
    // Modules that are loaded again and again are what leaks.
    if (name === 'ModuleWrap' && !isOld) return undefined;
    return LANDMARKS.get(name) ?? this.#moduleName(node);
  }

  #closure(node: number): RetainingStep {
    const { positions, place } = this.#analysis;
    const at = positions.of(node);
    const position = at && place(at);
    const name = this.nameOf(node);
    if (name === BOUND) return { name: 'bound function' };
    return { name: `closure ${name === '' ? '(anonymous)' : `${name}()`}`, ...(position && { position }) };
  }

  #kindName(node: number): string {
    const { kinds } = this.#analysis;
    const kind = kinds.of(node);
    return (kind === undefined ? undefined : kinds.names[kind]) ?? this.nameOf(node);
  }

  /** File or URL of a module, or the name of one of Node's; undefined where the object is no module. */
  moduleFile(node: number): string | undefined {
    const property = NAMES_OF_MODULES.get(this.nameOf(node));
    // A program may have a class of this name too.
    if (property === undefined || !isBuiltIn(this.#analysis.positions.file(node))) return undefined;
    const id = this.#follow(node, property);
    return id !== undefined && this.typeOf(id).endsWith('string') ? this.nameOf(id) : undefined;
  }

  /** `node:net`, `module src/pool.ts`. */
  #moduleName(node: number): string | undefined {
    const file = this.moduleFile(node);
    if (file === undefined) return undefined;
    if (this.nameOf(node) === 'BuiltinModule') return `node:${file}`;
    const place = this.#analysis.place({ file, line: 1, column: 1, function: '' });
    return `module ${place?.file ?? file}`;
  }
}

/** Whether code of this file is V8's or Node's. */
function isBuiltIn(file: string): boolean {
  return file === '' || file.startsWith('node:');
}

const LANDMARKS: ReadonlyMap<string, string> = new Map([
  ['TimersList', 'Timeout list'],
  ['ImmediateList', 'Immediate queue'],
  ['process', 'process'],
]);

/** Where modules have what they are named by: Node's own, those of CommonJS and ES modules. */
const NAMES_OF_MODULES: ReadonlyMap<string, string> = new Map([
  ['BuiltinModule', 'id'],
  ['Module', 'filename'],
  ['ModuleWrap', 'url'],
]);

const STORE_NAMES: ReadonlyMap<string, string> = new Map([
  ['table store', 'table'],
  ['system / JSArrayBufferData', 'data'],
]);
