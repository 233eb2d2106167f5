import type { Analysis } from './analysis.ts';
import { OLD } from './births.ts';
import type { Group } from './growth.ts';

/** An edge with the node it leads to. */
export interface Hop {
  readonly edge: number;
  readonly node: number;
}

/** An edge with the node it comes from. */
interface Arrival {
  readonly edge: number;
  readonly from: number;
}

/** Of the group's objects, so many hold one: less often it is not what the leak is about. */
const OFTEN = 0.5;
/** What is looked at from one object: a class that is further away says little about it. */
const MOST_NODES = 300;
/** What begins a way on: other nodes are parts of objects. */
const BEGINNINGS: ReadonlySet<string> = new Set(['object', 'closure']);
/** These lead to the code of an object, or to its neighbours in one of Node's lists. */
const LEADS_ASIDE =
  /^(map|prototype|__proto__|constructor|shared|feedback_cell|code|_idleNext|_idlePrev)$| in WeakMap /;
/**
 * From an object of the group, such as a timer, the shortest way on to an instance of a class of the program
 * that leaks with it. Empty where there is none, and where the object is such an instance itself.
 */
export function waysOn(
  group: Group,
  { snapshot, kinds, growth, isProgramClass }: Analysis,
): (node: number) => Hop[] {
  const { types, nodeTypes, firstEdges, edgeTypes, edgeTypeOf, edgeNames, targets, strings } = snapshot;
  const count = group.earlier + group.lately;
  const often = [...group.held].filter(
    ([kind, held]) => held >= OFTEN * count && isProgramClass(kinds.samples[kind] ?? 0),
  );
  const wanted = new Set(often.map(([kind]) => kind));
  const numbered = new Set([edgeTypes.indexOf('element'), edgeTypes.indexOf('hidden')]);
  const passed = new Set([edgeTypes.indexOf('weak'), edgeTypes.indexOf('shortcut')]);
  const asideByName = new Map<number, boolean>();
  const leadsAside = (edge: number): boolean => {
    const type = edgeTypeOf[edge] as number;
    if (passed.has(type) || numbered.has(type)) return passed.has(type);
    const name = edgeNames[edge] as number;
    const known = asideByName.get(name);
    if (known !== undefined) return known;
    asideByName.set(name, LEADS_ASIDE.test(strings.at(name)));
    return asideByName.get(name) as boolean;
  };

  return start => {
    const begins = BEGINNINGS.has(nodeTypes[types[start] as number] ?? '');
    if (wanted.size === 0 || !begins || isProgramClass(start)) return [];
    const kind = kinds.of(start);
    const reachedBy = new Map<number, Arrival | undefined>([[start, undefined]]);
    // A map goes on to what is added while it is gone through.
    for (const node of reachedBy.keys()) {
      for (let edge = firstEdges[node] as number, end = firstEdges[node + 1] as number; edge < end; edge++) {
        const target = targets[edge] as number;
        if (growth.births[target] === OLD || reachedBy.has(target) || leadsAside(edge)) continue;
        const found = kinds.of(target);
        if (found === kind && kind !== undefined) continue;
        reachedBy.set(target, { edge, from: node });
        if (found !== undefined && wanted.has(found)) return backwards(target, reachedBy);
      }
      if (reachedBy.size > MOST_NODES) break;
    }
    return [];
  };
}

function backwards(end: number, reachedBy: ReadonlyMap<number, Arrival | undefined>): Hop[] {
  const way: Hop[] = [];
  let node = end;
  for (let by = reachedBy.get(end); by !== undefined; by = reachedBy.get(node)) {
    way.push({ edge: by.edge, node });
    node = by.from;
  }
  return way.reverse();
}
