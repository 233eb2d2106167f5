import type { RetainingPath, RetainingStep } from '../../model.ts';
import { isContainer } from '../../snapshot/container-stores.ts';
import { ES_MODULE } from '../../snapshot/es-modules.ts';
import { additions } from './additions.ts';
import type { Analysis } from './analysis.ts';
import { containerOf } from './fold.ts';
import type { Group } from './growth.ts';
import { labels } from './instance-labels.ts';
import { type Hop, waysOn } from './way-on.ts';
import { type Way, waysTo } from './way-to.ts';
import { waysToBulk } from './way-to-bulk.ts';
import { wayWriter } from './way-writer.ts';

const MOST_PATHS = 3;
const MOST_LABELS = 2;
/** Of the most frequent path's objects: paths of fewer are left out. */
const RARE = 0.05;
/** Objects of a group whose paths are looked at; the others' are like them. */
const MOST_OBJECTS = 20_000;

/**
 * The paths by which `nodes` are held, those of one shape merged, the most frequent first. `isOne` tells the
 * group's other objects, and `name` is what all of them are called. From an object that says little, such as a
 * timer, a path goes on to an instance of a class of the program that the group holds, and else to a variable that is
 * most of what it keeps.
 */
export function retainingPaths(
  nodes: readonly number[],
  isOne: (node: number) => boolean,
  analysis: Analysis,
  told?: { readonly group: Group; readonly name: string },
): RetainingPath[] {
  const shapes = new Map<string, Merged>();
  const sampled = sample(nodes);
  const containers = containersAmong(sampled, isOne, analysis);
  const wayTo = waysTo(node => isOne(node) && !containers.has(node), analysis);
  const write = wayWriter(analysis);
  const { isProgramClass } = analysis;
  const labelOf = labels(analysis.snapshot);
  const addedBy = additions(analysis);
  const nameOf = (node: number) => analysis.kinds.names[analysis.kinds.of(node) ?? -1] ?? '';
  // A module says what it is: what it holds of the program's is its own.
  const isModule = (kind: number | undefined) =>
    kind !== undefined && analysis.kinds.names[kind] === ES_MODULE;
  const wayOn = told && !isModule(told.group.kind) ? waysFurther(told.group, analysis) : undefined;
  const called = told && told.group.alike.length > 0 ? told.name : undefined;
  for (const node of sampled) {
    if (containers.has(node)) continue;
    const way = wayTo(node);
    const on = way.link === undefined && wayOn ? wayOn(node) : [];
    const hops = [...way.hops, ...on];
    const kept = way.hops.at(-1)?.node;
    const written = write({ ...way, hops }, kept);
    const steps =
      called === undefined || kept === undefined ? written : renamed(written, nameOf(kept), called);
    const shape = steps.map(({ name }) => name).join(' -> ');
    const known = shapes.get(shape) ?? { count: 0, way, steps, labels: new Set() };
    shapes.set(shape, known);
    known.count++;
    const shown = hops.at(-1)?.node ?? 0;
    const isTold = isProgramClass(shown) || isModule(analysis.kinds.of(shown));
    const label = isTold && known.labels.size <= MOST_LABELS ? labelOf(shown) : '';
    if (label !== '') known.labels.add(label);
  }
  const merged = [...shapes.values()].sort((one, other) => other.count - one.count);
  return merged
    .filter(({ count }) => count >= RARE * (merged[0]?.count ?? 0))
    .slice(0, MOST_PATHS)
    .map(({ count, way, steps, labels }) => {
      const added = addedBy(way);
      return { count, steps: labelled(steps, [...labels]), ...(added.length > 0 && { added }) };
    });
}

/** With the last step that begins with `own` beginning with `name`. */
function renamed(steps: readonly RetainingStep[], own: string, name: string): readonly RetainingStep[] {
  const index = steps.findLastIndex(step => step.name.startsWith(own));
  return steps.map((step, at) =>
    at === index ? { ...step, name: `${name}${step.name.slice(own.length)}` } : step,
  );
}

/** Paths of one shape. */
interface Merged {
  count: number;
  /** Of the first of them, to the object. */
  readonly way: Way;
  readonly steps: readonly RetainingStep[];
  readonly labels: Set<string>;
}

/** Of a group's objects, so many are in one that holds them: it is of their kind by chance. */
const MOST_OF = 0.5;

/** Containers of the others among a group's objects, as the latest copy of an array of arrays is. */
function containersAmong(
  nodes: readonly number[],
  isOne: (node: number) => boolean,
  { snapshot, paths }: Analysis,
): ReadonlySet<number> {
  const counts = new Map<number, number>();
  for (const node of nodes) {
    const container = containerOf(node, { snapshot, paths });
    if (isOne(container)) counts.set(container, (counts.get(container) ?? 0) + 1);
  }
  const nameOf = (node: number) => snapshot.strings.at(snapshot.names[node] as number);
  const many = [...counts].filter(
    ([node, count]) => count >= MOST_OF * nodes.length && isContainer(nameOf(node)),
  );
  return new Set(many.map(([node]) => node));
}

/** From an object of the group to what says more of it. */
function waysFurther(group: Group, analysis: Analysis): (node: number) => Hop[] {
  const [toClass, toBulk] = [waysOn(group, analysis), waysToBulk(analysis)];
  return node => {
    const way = toClass(node);
    return way.length > 0 ? way : toBulk(node);
  };
}

/** `Zone "example.org.", "example.net.", …` at the end. */
function labelled(steps: readonly RetainingStep[], known: readonly string[]): readonly RetainingStep[] {
  const final = steps.at(-1);
  if (!final || known.length === 0) return steps;
  const shown = [...known.slice(0, MOST_LABELS), ...(known.length > MOST_LABELS ? ['…'] : [])];
  return [...steps.slice(0, -1), { ...final, name: `${final.name} ${shown.join(', ')}` }];
}

function sample(nodes: readonly number[]): readonly number[] {
  const every = Math.ceil(nodes.length / MOST_OBJECTS);
  return every <= 1 ? nodes : nodes.filter((_, index) => index % every === 0);
}
