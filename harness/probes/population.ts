import { countUnit } from '../count-unit.ts';
import type { Class } from '../scenario.ts';
import { heapWalk } from './heap-walk.ts';
import type { Probe } from './probe.ts';

/**
 * Every object of the main context that inherits from `Object.prototype`: instances, arrays, functions,
 * promises, the objects behind files and streams; and live instances of each watched class, subclasses
 * included. Clean work leaves the count alone to within a few, a leak moves it by exactly its objects. Blind
 * to proxies, to primitives in containers, to memory outside the heap, and to objects of other `vm` contexts.
 */
export function populationProbe(watched: readonly Class[], walk = heapWalk()): Probe {
  const named = withNames(watched);
  const classes = named.map(({ subject }) => subject);
  return {
    name: 'population',
    counts: 'all objects that inherit from Object.prototype, functions too, and those of each class watched',
    metrics: [
      { name: 'population', unit: 'objects', kind: 'exact' },
      ...named.map(({ name }) => ({
        name: `instances.${name}`,
        unit: countUnit(name),
        kind: 'exact' as const,
      })),
    ],
    cost: 'costly',
    read: into => {
      const [population = 0, ...instances] = walk(classes);
      into.population = population;
      for (const [place, { name }] of named.entries()) into[`instances.${name}`] = instances[place] ?? 0;
    },
  };
}

interface NamedClass {
  readonly name: string;
  readonly subject: Class;
}

/** Two classes of one name are told apart as `Zone` and `Zone#2`. */
function withNames(classes: readonly Class[]): NamedClass[] {
  const seen = new Map<string, number>();
  return [...new Set(classes)].map(subject => {
    const name = nameOf(subject);
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return { name: nth === 1 ? name : `${name}#${nth}`, subject };
  });
}

/** As in its source where the class has a static member `name`, which may be anything. */
function nameOf(subject: Class): string {
  const name: unknown = subject.name;
  if (typeof name === 'string' && name !== '') return name;
  const [, written = 'anonymous'] = CLASS_NAME.exec(Function.prototype.toString.call(subject)) ?? [];
  return written;
}

const CLASS_NAME = /^class\s+(?!extends\b)([\p{ID_Start}$_][\p{ID_Continue}$]*)/u;
