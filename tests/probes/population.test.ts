import { describe, expect, test } from 'vitest';
import { heapWalk, walkPerClass } from '../../harness/probes/heap-walk.ts';
import { populationProbe } from '../../harness/probes/population.ts';
import type { Class } from '../../harness/scenario.ts';

class Zone {}
class SubZone extends Zone {}
/** Inherits from nothing, so it is not among the instances of Object. */
const Bare = function Bare() {} as unknown as Class;
Object.setPrototypeOf(Bare.prototype, null);

describe('populationProbe()', () => {
  test.each([
    ['all classes in one walk', heapWalk()],
    ['a walk per class', walkPerClass],
  ])('counts the live instances of each class, subclasses too: %s', (_, walk) => {
    const bare = Object.create(Bare.prototype as object) as object;
    const held = [new Zone(), new Zone(), new SubZone(), bare];
    const readings = read([Zone, SubZone, Bare], walk);
    // A prototype of a subclass inherits as its instances do.
    expect(readings).toMatchObject({ 'instances.Zone': 4, 'instances.SubZone': 1, 'instances.Bare': 1 });
    expect(held).toHaveLength(4);
  });

  test.each([
    ['all classes in one walk', heapWalk()],
    ['a walk per class', walkPerClass],
  ])('counts as many objects more as there are: %s', (_, walk) => {
    read([Zone], walk);
    const before = read([Zone], walk).population ?? 0;
    const held = Array.from({ length: 1000 }, () => ({}));
    const after = read([Zone], walk).population ?? 0;
    expect(after - before).toBeGreaterThanOrEqual(held.length);
    expect(after - before).toBeLessThan(held.length + 20);
  });

  test('counts the same both ways, but for the few objects of the walk itself', () => {
    const [one, other] = [read([], heapWalk()), read([], walkPerClass)];
    expect(Math.abs((one.population ?? 0) - (other.population ?? 0))).toBeLessThan(200);
  });

  test('tells two classes of one name apart, and takes one class given twice as one', () => {
    const held = [new Zone(), new (namesake())()];
    const probe = populationProbe([Zone, held[1]!.constructor, Zone]);
    expect(probe.metrics.map(({ name }) => name)).toEqual([
      'population',
      'instances.Zone',
      'instances.Zone#2',
    ]);
    expect(probe.metrics[1]).toMatchObject({ unit: 'Zone', kind: 'exact' });
  });

  test('names a class without a name', () => {
    expect(populationProbe([class {}]).metrics[1]?.name).toBe('instances.anonymous');
  });

  test('names a class as its source does where its static member "name" is no text', () => {
    class Session {
      readonly id = 1;
      static name() {}
    }
    class Peer {
      readonly id = 1;
      static name = 42;
    }
    const nameless = class extends Map {
      static override name = 42;
    };
    const { metrics } = populationProbe([Session, Peer, nameless] as unknown as Class[]);
    expect(metrics.slice(1).map(({ name }) => name)).toEqual([
      'instances.Session',
      'instances.Peer',
      'instances.anonymous',
    ]);
    expect(metrics[1]?.unit).toBe('Session');
  });
});

function read(...given: Parameters<typeof populationProbe>): Record<string, number> {
  const readings = {};
  populationProbe(...given).read(readings);
  return readings;
}

function namesake() {
  return { Zone: class Zone {} }.Zone;
}
