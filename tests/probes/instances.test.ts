import { describe, expect, test } from 'vitest';
import { instancesProbe } from '../../harness/probes/instances.ts';

class Zone {}

describe('instancesProbe()', () => {
  test('counts the live instances of each class', () => {
    const held = [new Zone(), new Zone(), new Zone()];
    expect(read([Zone])).toEqual({ 'instances.Zone': held.length });
  });

  test('tells two classes of one name apart, and takes one class given twice as one', () => {
    const held = [new Zone(), new (namesake())()];
    const probe = instancesProbe([Zone, held[1]!.constructor, Zone]);
    expect(probe.metrics.map(({ name }) => name)).toEqual(['instances.Zone', 'instances.Zone#2']);
    expect(probe.metrics[0]).toMatchObject({ unit: 'Zone', kind: 'exact' });
  });

  test('names a class without a name', () => {
    expect(instancesProbe([class {}]).metrics[0]?.name).toBe('instances.anonymous');
  });
});

function read(classes: Parameters<typeof instancesProbe>[0]): Record<string, number> {
  const readings = {};
  instancesProbe(classes).read(readings);
  return readings;
}

function namesake() {
  return { Zone: class Zone {} }.Zone;
}
