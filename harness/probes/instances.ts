import { queryObjects } from 'node:v8';
import type { Class } from '../scenario.ts';
import type { Probe } from './probe.ts';

/** Live instances of each watched class, subclasses included. One walk over the heap per class. */
export function instancesProbe(classes: readonly Class[]): Probe {
  const named = withNames(classes);
  return {
    name: 'instances',
    counts: 'live objects of each class that a scenario watches',
    metrics: named.map(({ name }) => ({ name: `instances.${name}`, unit: name, kind: 'exact' })),
    cost: 'costly',
    read: into => {
      for (const { name, subject } of named)
        into[`instances.${name}`] = queryObjects(subject, { format: 'count' });
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
    const name = subject.name || 'anonymous';
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return { name: nth === 1 ? name : `${name}#${nth}`, subject };
  });
}
